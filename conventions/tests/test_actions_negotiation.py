"""Rounds: who holds the pen, how it changes hands, and what was handed over stays readable."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import JournalEntry
from conventions.actions.articles import insert_article, remove_article, write_article
from conventions.actions.negotiation import (
    give_pen,
    hand_over,
    mark_read,
    open_round,
    take_back,
)
from conventions.actions.threads import open_thread
from conventions.enums import ActStatus
from conventions.models import Reading, Round
from conventions.models.negotiation_read import text_at, turn_of
from conventions.tests.drafting import TODAY
from conventions.tests.factories import make_party
from conventions.tests.negotiating import BODY, make_negotiation

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_negotiation()


def write(cast, by, body, **fields):
    return write_article(cast.article, by=by, on=TODAY, number="2", body=body, **fields)


def bodies(text):
    return {article.number: article.body for article in text}


def test_the_first_round_gives_the_pen_to_the_side_that_drafted(cast):
    assert (cast.turn.number, cast.turn.holder) == (1, cast.first)
    assert open_round(cast.act, by=cast.manager, on=TODAY) == cast.turn
    assert Round.objects.count() == 1


def test_the_holder_writes_and_the_others_are_told_to_propose(cast):
    write(cast, cast.manager, "Nouveau texte.")
    with pytest.raises(ValidationError, match="La main est à EPCI") as refusal:
        write(cast, cast.counterpart, "Autre texte.")
    assert refusal.value.code == "pen"
    with pytest.raises(ValidationError):
        write(cast, cast.platform, "Le portail ne parle pour personne.")


def test_where_no_round_was_opened_every_party_writes():
    cast = make_negotiation(rounds=False)
    write(cast, cast.counterpart, "Texte de l’autre partie.")
    write(cast, cast.manager, "Texte de la première.")


def test_handing_over_passes_the_pen_and_says_so_in_the_journal(cast):
    turn = hand_over(cast.act, by=cast.manager, on=TODAY, message="À vous.")
    assert (turn.number, turn.holder) == (2, cast.second)
    cast.turn.refresh_from_db()
    assert (cast.turn.closed_by, cast.turn.message) == (cast.manager, "À vous.")
    write(cast, cast.counterpart, "Repris.")
    with pytest.raises(ValidationError):
        write(cast, cast.manager, "Trop tard.")
    line = JournalEntry.objects.get(verb="round_handed_over")
    assert line.dossier_id == cast.convention.pk
    assert line.data["to"] == str(cast.second)
    assert "message" not in line.data


def test_a_round_handed_over_twice_ends_once(cast):
    hand_over(cast.act, by=cast.manager, on=TODAY, seen=1)
    with pytest.raises(ValidationError, match="déjà changé"):
        hand_over(cast.act, by=cast.manager, on=TODAY, seen=1)
    assert turn_of(cast.act).number == 2


def test_only_a_manager_of_the_side_that_holds_the_pen_hands_over(cast):
    with pytest.raises(ValidationError, match="seul un de ses responsables"):
        hand_over(cast.act, by=cast.counterpart, on=TODAY)
    with pytest.raises(PermissionDenied):
        hand_over(cast.act, by=cast.contributor, on=TODAY)
    with pytest.raises(PermissionDenied):
        hand_over(cast.act, by=cast.stranger, on=TODAY)


def test_among_three_parties_one_says_to_whom_the_pen_goes(cast):
    third = make_party(cast.convention)
    with pytest.raises(ValidationError, match="Choisissez la partie"):
        hand_over(cast.act, by=cast.manager, on=TODAY)
    assert hand_over(cast.act, by=cast.manager, on=TODAY, to=third).holder == third


def test_without_rounds_the_side_that_first_hands_over_begins_them():
    cast = make_negotiation(rounds=False)
    turn = hand_over(cast.act, by=cast.counterpart, on=TODAY)
    assert (turn.number, turn.holder) == (2, cast.first)


def test_nothing_is_handed_over_of_a_draft_or_of_a_closed_text(cast):
    for status in (ActStatus.PROJET, ActStatus.EN_VALIDATION, ActStatus.SIGNE):
        cast.act.status = status
        if status == ActStatus.SIGNE:
            cast.act.signed_on = cast.act.effective_on = TODAY
        cast.act.save()
        with pytest.raises(ValidationError):
            hand_over(cast.act, by=cast.manager, on=TODAY)


def test_the_text_handed_over_is_read_again_whatever_came_since(cast):
    write(cast, cast.manager, "Le texte rendu.")
    turn = hand_over(cast.act, by=cast.manager, on=TODAY)
    write(cast, cast.counterpart, "Le texte repris.")
    added = insert_article(cast.convention, by=cast.counterpart, on=TODAY, body="Ajouté.")
    first = cast.convention.articles.order_by("pk").first()
    remove_article(first, by=cast.counterpart, on=TODAY)
    then = bodies(text_at(cast.act, at=turn.opened_at))
    assert then["2"] == "Le texte rendu."
    assert then["1"] == "Les parties conviennent de ce qui suit."
    assert "Ajouté." not in then.values()
    now = bodies(text_at(cast.act, at=datetime.now(UTC)))
    assert now == {"2": "Le texte repris.", "3": "Ajouté."}
    assert added.code not in {a.code for a in text_at(cast.act, at=turn.opened_at)}


def test_the_text_from_before_any_state_was_kept_is_what_it_was_then(cast):
    long_ago = datetime.now(UTC) - timedelta(days=1)
    write(cast, cast.manager, "Changé aujourd’hui.")
    assert bodies(text_at(cast.act, at=long_ago))["2"] == BODY


def test_the_pen_is_taken_back_while_nobody_did_anything_with_it(cast):
    hand_over(cast.act, by=cast.manager, on=TODAY)
    with pytest.raises(ValidationError, match="Dites en une phrase"):
        take_back(cast.act, by=cast.manager, on=TODAY, reason=" ")
    turn = take_back(cast.act, by=cast.manager, on=TODAY, reason="Une annexe manquait.")
    assert (turn.number, turn.holder) == (3, cast.first)
    assert JournalEntry.objects.get(verb="round_taken_back").data["reason"]
    with pytest.raises(ValidationError, match="rien à reprendre"):
        take_back(cast.act, by=cast.counterpart, on=TODAY, reason="À mon tour.")


def test_the_pen_is_not_taken_back_once_the_other_side_has_acted(cast):
    hand_over(cast.act, by=cast.manager, on=TODAY)
    open_thread(cast.act, by=cast.theirs, on=TODAY, party=cast.second, body="Une question.")
    with pytest.raises(ValidationError, match="déjà lu, écrit"):
        take_back(cast.act, by=cast.manager, on=TODAY, reason="Oubli.")


def test_another_side_does_not_take_back_what_it_did_not_hand_over(cast):
    hand_over(cast.act, by=cast.manager, on=TODAY)
    with pytest.raises(PermissionDenied):
        take_back(cast.act, by=cast.counterpart, on=TODAY, reason="Pour voir.")


def test_the_platform_alone_unblocks_and_says_why(cast):
    with pytest.raises(PermissionDenied):
        give_pen(cast.act, by=cast.manager, on=TODAY, to=cast.second, reason="Absence.")
    turn = give_pen(cast.act, by=cast.platform, on=TODAY, to=cast.second, reason="Congé long.")
    assert turn.holder == cast.second
    assert JournalEntry.objects.get(verb="pen_given").data["reason"] == "Congé long."
    with pytest.raises(ValidationError, match="rien à reprendre"):
        take_back(cast.act, by=cast.manager, on=TODAY, reason="Non.")


def test_what_was_read_only_goes_forward_and_never_past_now(cast):
    now = datetime.now(UTC)
    mark_read(cast.act, by=cast.theirs, seen_at=now)
    mark_read(cast.act, by=cast.theirs, seen_at=now - timedelta(hours=1))
    assert Reading.objects.get().read_at == now
    mark_read(cast.act, by=cast.theirs, seen_at=now + timedelta(days=1))
    assert Reading.objects.get().read_at < now + timedelta(hours=1)
    assert not JournalEntry.objects.filter(subject_type="conventions.reading").exists()

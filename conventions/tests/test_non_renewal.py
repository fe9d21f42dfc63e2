"""Declining a renewal: the term stays, nothing is blocked, the going on is not an accord."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.tests.factories import make_member
from conventions.actions.letter_facts import composed
from conventions.actions.terminations import prepare_ending, record_letter, withdraw_ending
from conventions.enums import LetterKind, Situation, TerminationKind, TerminationStatus
from conventions.models import Convention, Termination, TerminationClause
from conventions.models.endings_read import announcements_of, ways_of
from conventions.rules.lettre import Style
from conventions.rules.non_renouvellement import announced_end, made_moot, reason_not_to_announce
from conventions.tests.factories import make_signed_convention
from territories.enums import Zone

pytestmark = pytest.mark.django_db

TERM = date(2027, 6, 30)


@pytest.fixture
def cast() -> SimpleNamespace:
    today = timezone.localdate()
    convention = make_signed_convention(signed_on=date(today.year - 1, 1, 15))
    first, second = convention.parties.order_by("position")
    return SimpleNamespace(
        convention=convention,
        today=today,
        first=first,
        manager=make_member(first.organisation, Role.RESPONSABLE),
        counterpart=make_member(second.organisation, Role.RESPONSABLE),
    )


def prepare(cast, **fields) -> Termination:
    given = {
        "by": cast.manager,
        "on": cast.today,
        "party": cast.first,
        "kind": TerminationKind.NON_RENOUVELLEMENT,
        "planned_event_on": cast.today,
    }
    return prepare_ending(cast.convention, **given | fields)


def post(ending: Termination, cast, **dates) -> Termination:
    dates = dates or {"posted_on": cast.today}
    record_letter(ending.letters.get(), by=cast.manager, on=cast.today, **dates)
    ending.refresh_from_db()
    return ending


def fresh(cast) -> Convention:
    return Convention.objects.get(pk=cast.convention.pk)


def test_posted_it_is_notified_and_its_effect_is_the_term_as_it_stands(cast):
    ending = post(prepare(cast), cast)
    assert (ending.status, ending.event_on) == (TerminationStatus.NOTIFIEE, cast.today)
    assert ending.effect_on == cast.convention.ends_on
    said = " ".join(ending.steps)
    for article in ("1212", "1213", "1215"):
        assert article in said


def test_it_never_ends_the_convention_nor_blocks_a_termination(cast):
    post(prepare(cast), cast)
    assert fresh(cast).terminated_on is None
    assert fresh(cast).situation_on(cast.today) == Situation.EN_VIGUEUR
    clause = TerminationClause.objects.get(convention=cast.convention)
    left = prepare(cast, kind=TerminationKind.RESILIATION, clause=clause)
    assert post(left, cast).status == TerminationStatus.NOTIFIEE
    assert fresh(cast).terminated_on == left.effect_on


def test_correcting_its_dates_after_a_termination_leaves_that_one_alone(cast):
    ending = post(prepare(cast), cast)
    clause = TerminationClause.objects.get(convention=cast.convention)
    left = post(prepare(cast, kind=TerminationKind.RESILIATION, clause=clause), cast)
    post(ending, cast, posted_on=cast.today, presented_on=cast.today)
    withdraw_ending(
        ending, by=cast.manager, on=cast.today, withdrawn_on=cast.today, reason="Un accord."
    )
    assert fresh(cast).terminated_on == left.effect_on


def test_it_is_taken_back_alone(cast):
    ending = post(prepare(cast), cast)
    withdraw_ending(
        ending, by=cast.manager, on=cast.today, withdrawn_on=cast.today, reason="Un accord."
    )
    ending.refresh_from_db()
    assert ending.status == TerminationStatus.RETIREE


def test_a_prorogation_signed_since_makes_it_moot(cast, client):
    ending = post(prepare(cast), cast)
    assert list(announcements_of(fresh(cast))) == [ending]
    later = cast.convention.ends_on + timedelta(days=365)
    Convention.objects.filter(pk=cast.convention.pk).update(ends_on=later)
    assert not announcements_of(fresh(cast)).exists()
    client.force_login(cast.counterpart)
    keys = {"pk": cast.convention.pk, "ending_pk": ending.pk}
    assert (
        "a été prorogée" in client.get(reverse("conventions:ending", kwargs=keys)).content.decode()
    )


def test_only_a_term_ahead_may_be_announced(cast):
    with pytest.raises(ValidationError, match="part avant lui"):
        prepare(cast, planned_event_on=cast.convention.ends_on + timedelta(days=1))
    Convention.objects.filter(pk=cast.convention.pk).update(ends_on=cast.today - timedelta(days=1))
    cast.convention.refresh_from_db()
    with pytest.raises(ValidationError, match="Le terme est passé"):
        prepare(cast)
    kinds = {way.kind for way in ways_of(cast.convention, on=cast.today)}
    assert TerminationKind.NON_RENOUVELLEMENT not in kinds


def test_a_plain_letter_does_not_notify_a_way_out(cast):
    with pytest.raises(ValidationError, match="fait preuve"):
        prepare(cast, letter_kind=LetterKind.SIMPLE)


def test_the_letter_quotes_the_duration_and_gives_the_term(cast):
    ending = prepare(cast, reason="Le programme change.")
    letter = composed(ending.letters.get())
    strong = [one.words for one in letter.paragraphs if one.style is Style.STRONG]
    assert strong
    assert str(cast.convention.ends_on.year) in strong[0]
    said = " ".join(one.words for one in letter.paragraphs)
    assert "1212 du code civil" in said
    assert "tacite reconduction" in said
    assert "Le programme change." in said


def test_the_wizard_offers_it_and_says_what_it_changes(cast, client):
    client.force_login(cast.manager)
    address = reverse("conventions:ending_prepare", args=[cast.convention.pk])
    assert "l’on ne renouvellera pas" in client.get(address).content.decode()
    asked = {"voie": "non-renouvellement", "jour": cast.today.isoformat()}
    page = client.get(address, asked).content.decode()
    assert "Terme de la convention, inchangé" in page
    assert "n’avancerait rien" not in page
    late = asked | {"jour": (cast.convention.ends_on + timedelta(days=1)).isoformat()}
    assert "l’annonce part avant lui" in client.get(address, late).content.decode()
    sent = {"reason": "", "to_complete": "", "letter_kind": "lrar"}
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    answer = client.post(f"{address}?{query}", sent)
    assert answer.status_code == 302
    assert Termination.objects.get().is_announcement


def test_prepared_it_is_a_secret_and_the_prorogation_page_tells_it_once_notified(cast, client):
    ending = prepare(cast)
    client.force_login(cast.counterpart)
    prorogate = reverse("conventions:prorogate", args=[cast.convention.pk])
    told = "ne pas vouloir aller au-delà du terme"
    assert told not in client.get(prorogate).content.decode()
    post(ending, cast)
    assert told in client.get(prorogate).content.decode()


# The law, without a database ----------------------------------------------------------------------


def test_nothing_is_announced_without_a_term_or_after_another_end():
    assert "pas de terme" in reason_not_to_announce(None, None, on=TERM)
    assert "prend déjà fin" in reason_not_to_announce(TERM, date(2027, 1, 1), on=date(2026, 1, 1))
    assert reason_not_to_announce(TERM, None, on=TERM) == ""


def test_sent_after_the_term_it_is_said_to_be_late():
    found = announced_end(TERM, event_on=date(2027, 7, 1), zone=Zone.METROPOLE)
    assert found.result == TERM
    assert "ne vaut plus annonce" in " ".join(found.steps)


def test_only_a_later_term_makes_it_moot():
    assert made_moot(TERM, TERM) == ""
    assert made_moot(None, TERM) == ""
    assert "prorogée" in made_moot(TERM, date(2028, 6, 30))

"""The moves of a convention by its people, and the record of its end."""

from datetime import date
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import Verb
from accounts.models import JournalEntry
from conventions.access import visible_to
from conventions.actions.cycle import close_convention, move_convention, take_up
from conventions.actions.facts import standing_approvals
from conventions.enums import ActStatus, ConventionStatus, ConventionVerb, Situation
from conventions.models import (
    Act,
    ArticleVersion,
    Convention,
    DurationClause,
    TerminationClause,
)
from conventions.rules.cycle import CONVENTION_STATUS, TRANSITIONS
from conventions.tests.drafting import TODAY, agree, empower, make_drafting_cast
from conventions.tests.factories import make_signed_convention

pytestmark = pytest.mark.django_db


def _put(cast, status: ActStatus) -> None:
    """Bring the initial act to a status, with all that its next move asks for."""
    empower(cast.convention)
    agree(cast.act, by=cast.manager)
    Act.objects.update(status=status, signed_on=TODAY, effective_on=TODAY)
    if status in CONVENTION_STATUS:
        Convention.objects.update(
            status=CONVENTION_STATUS[status], starts_on=TODAY, starts_on_basis="clause"
        )
    cast.convention.refresh_from_db()


@pytest.mark.parametrize(("verb", "status"), list(product(ConventionVerb, ActStatus)))
def test_each_verb_on_each_status_moves_or_is_refused(verb, status):
    cast = make_drafting_cast()
    _put(cast, status)
    sources, target = TRANSITIONS[verb]
    if status in sources and verb != ConventionVerb.SIGNER:
        move_convention(cast.convention, verb, by=cast.manager, on=TODAY)
        expected = target
        assert Convention.objects.get().status == CONVENTION_STATUS[target]
    else:
        with pytest.raises(ValidationError) as refusal:
            move_convention(cast.convention, verb, by=cast.manager, on=TODAY)
        assert refusal.value.code == "transition"
        expected = status
    assert Act.objects.get().status == expected
    told = JournalEntry.objects.exclude(verb=Verb.DEADLINES_PROJECTED)
    assert told.exists() == (expected != status)


def test_opening_the_negotiation_shows_the_draft_to_the_other_party():
    cast = make_drafting_cast(status=ConventionStatus.BROUILLON)
    assert cast.convention not in visible_to(cast.counterpart, on=TODAY)
    move_convention(cast.convention, ConventionVerb.OUVRIR_NEGOCIATION, by=cast.manager, on=TODAY)
    assert cast.convention in visible_to(cast.counterpart, on=TODAY)
    assert JournalEntry.objects.get().verb == Verb.CONVENTION_SHARED


def test_a_negotiation_needs_two_parties_the_drafter_among_them():
    cast = make_drafting_cast(status=ConventionStatus.BROUILLON)
    cast.first.delete()
    with pytest.raises(ValidationError) as refusal:
        move_convention(
            cast.convention, ConventionVerb.OUVRIR_NEGOCIATION, by=cast.manager, on=TODAY
        )
    assert len(refusal.value.messages) == 2
    assert "Grand Lac, qui rédige" in refusal.value.messages[1]


def test_a_text_is_closed_with_words_a_duration_and_clauses_read_again():
    cast = make_drafting_cast()
    ArticleVersion.objects.all().delete()
    DurationClause.objects.all().delete()
    TerminationClause.objects.update(confirmed_on=None)
    with pytest.raises(ValidationError) as refusal:
        move_convention(cast.convention, ConventionVerb.ARRETER_LE_TEXTE, by=cast.manager, on=TODAY)
    assert len(refusal.value.messages) == 3


def _refused(cast, verb=ConventionVerb.METTRE_EN_SIGNATURE, **how) -> str:
    with pytest.raises(ValidationError) as refusal:
        move_convention(cast.convention, verb, **({"by": cast.manager, "on": TODAY} | how))
    return " ".join(refusal.value.messages)


def test_a_closed_text_waits_for_the_accords_then_for_the_powers():
    cast = make_drafting_cast(status=ConventionStatus.EN_VALIDATION)
    words = _refused(cast)
    assert words.count("n’a pas encore donné son accord") == 2
    assert "Aucune délibération" in words
    assert "La décision d’AL" in words
    agree(cast.act, by=cast.manager)
    assert "accord" not in _refused(cast)
    empower(cast.convention)
    move_convention(cast.convention, ConventionVerb.METTRE_EN_SIGNATURE, by=cast.manager, on=TODAY)


def test_an_administrator_sets_powers_aside_but_never_accords():
    cast = make_drafting_cast(status=ConventionStatus.EN_VALIDATION)
    how = {"by": cast.platform, "override_reason": "Registre détruit."}
    assert "accord" in _refused(cast, **how)
    agree(cast.act, by=cast.manager)
    with pytest.raises(PermissionDenied):
        move_convention(
            cast.convention,
            ConventionVerb.METTRE_EN_SIGNATURE,
            by=cast.manager,
            on=TODAY,
            override_reason="Urgent.",
        )
    move_convention(cast.convention, ConventionVerb.METTRE_EN_SIGNATURE, on=TODAY, **how)
    entry = JournalEntry.objects.get(verb=Verb.CONVENTION_SENT_TO_SIGNATURE)
    assert entry.data["override_reason"] == "Registre détruit."
    assert len(entry.data["waived"]) == 4


def test_reopening_voids_every_accord_and_says_why():
    cast = make_drafting_cast(status=ConventionStatus.EN_VALIDATION)
    agree(cast.act, by=cast.manager)
    move_convention(
        cast.convention,
        ConventionVerb.ROUVRIR,
        by=cast.counterpart,
        on=TODAY,
        reason="L’article 3 est à revoir.",
    )
    assert not standing_approvals(cast.act).exists()
    reasons = set(cast.act.approvals.values_list("withdrawal_reason", flat=True))
    assert reasons == {"L’article 3 est à revoir."}
    entry = JournalEntry.objects.get(verb=Verb.CONVENTION_REOPENED)
    assert len(entry.data["voided"]) == 2


def test_what_was_signed_on_paper_goes_to_signature_without_accords_nor_powers():
    cast = make_drafting_cast()
    assert "n’est pas possible" in _refused(cast)
    take_up(cast.act, by=cast.manager, on=TODAY)
    take_up(cast.act, by=cast.manager, on=TODAY)
    assert JournalEntry.objects.filter(verb=Verb.ACT_TAKEN_UP).count() == 1
    move_convention(cast.convention, ConventionVerb.METTRE_EN_SIGNATURE, by=cast.manager, on=TODAY)
    assert Convention.objects.get().recorded_afterwards
    with pytest.raises(ValidationError):
        take_up(cast.act, by=cast.manager, on=TODAY)


def test_only_a_manager_says_that_an_act_is_already_signed():
    cast = make_drafting_cast()
    for person in (cast.reader, cast.contributor, cast.stranger):
        with pytest.raises(PermissionDenied):
            take_up(cast.act, by=person, on=TODAY)


@pytest.mark.parametrize("name", ["reader", "contributor", "signatory", "stranger"])
def test_only_a_manager_moves_a_convention(name):
    cast = make_drafting_cast()
    with pytest.raises(PermissionDenied):
        move_convention(
            cast.convention,
            ConventionVerb.METTRE_EN_SIGNATURE,
            by=getattr(cast, name),
            on=TODAY,
        )


def test_the_end_is_recorded_once_on_its_term_or_later(cast):
    convention, who = cast.convention, {"by": cast.manager, "on": TODAY}
    assert convention.situation_on(TODAY) == Situation.POURSUITE_DE_FAIT
    for day, field in ((date(2020, 12, 9), "closed_on"), (date(2026, 11, 21), "closed_on")):
        with pytest.raises(ValidationError) as refusal:
            close_convention(convention, **who, closed_on=day, reason="Terme atteint.")
        assert list(refusal.value.message_dict) == [field]
    with pytest.raises(ValidationError) as refusal:
        close_convention(convention, **who, closed_on=date(2020, 12, 10), reason=" ")
    assert list(refusal.value.message_dict) == ["reason"]
    close_convention(convention, **who, closed_on=date(2020, 12, 10), reason="Terme atteint.")
    convention.refresh_from_db()
    assert convention.situation_on(TODAY) == Situation.ECHUE
    with pytest.raises(ValidationError) as refusal:
        close_convention(convention, **who, closed_on=date(2021, 1, 1), reason="Encore.")
    assert refusal.value.code == "replay"


def test_only_a_manager_records_the_end(cast):
    for person in (cast.reader, cast.contributor, cast.stranger):
        with pytest.raises(PermissionDenied):
            close_convention(cast.convention, by=person, on=TODAY, closed_on=TODAY, reason="Terme.")


def test_what_was_never_signed_has_no_end_to_record():
    cast = make_drafting_cast()
    with pytest.raises(ValidationError):
        close_convention(cast.convention, by=cast.manager, on=TODAY, closed_on=TODAY, reason="x")
    assert make_signed_convention(reference="AUTRE-1").closed_on is None

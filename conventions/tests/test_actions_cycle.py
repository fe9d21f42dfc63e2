"""The moves of a convention by its people, and the record of its end."""

from datetime import date
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import Verb
from accounts.models import JournalEntry
from conventions.access import visible_to
from conventions.actions.cycle import close_convention, move_convention
from conventions.enums import ConventionStatus, ConventionVerb, Situation
from conventions.models import ArticleVersion, Convention, DurationClause
from conventions.rules.cycle import TRANSITIONS
from conventions.tests.drafting import TODAY, make_drafting_cast
from conventions.tests.factories import make_signed_convention

pytestmark = pytest.mark.django_db


def _put(convention, status) -> None:
    if status == ConventionStatus.SIGNEE:
        convention.starts_on, convention.starts_on_basis = date(2020, 1, 1), "clause"
    convention.status = status
    convention.save()


@pytest.mark.parametrize(("verb", "status"), list(product(ConventionVerb, ConventionStatus)))
def test_each_verb_on_each_status_moves_or_is_refused(verb, status):
    cast = make_drafting_cast()
    _put(cast.convention, status)
    sources, target = TRANSITIONS[verb]
    if status in sources and verb != ConventionVerb.SIGNER:
        move_convention(cast.convention, verb, by=cast.manager, on=TODAY)
        expected = target
    else:
        with pytest.raises(ValidationError) as refusal:
            move_convention(cast.convention, verb, by=cast.manager, on=TODAY)
        assert refusal.value.code == "transition"
        expected = status
    assert Convention.objects.get().status == expected
    assert JournalEntry.objects.exists() == (expected != status)


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


def test_a_text_goes_to_signature_with_words_and_a_duration():
    cast = make_drafting_cast()
    ArticleVersion.objects.all().delete()
    DurationClause.objects.all().delete()
    with pytest.raises(ValidationError) as refusal:
        move_convention(
            cast.convention, ConventionVerb.METTRE_EN_SIGNATURE, by=cast.manager, on=TODAY
        )
    assert len(refusal.value.messages) == 2


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

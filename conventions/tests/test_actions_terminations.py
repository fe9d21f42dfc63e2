"""Leaving a convention: the dates of the letters decide, the journal keeps every version."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import Role, Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_member
from conventions.access import entries_visible_to
from conventions.actions.terminations import (
    change_ending,
    prepare_ending,
    record_letter,
    record_repaired,
    record_unrepaired,
    withdraw_ending,
)
from conventions.enums import (
    Operation,
    Situation,
    TerminationGround,
    TerminationKind,
    TerminationStatus,
    Trigger,
    Unit,
)
from conventions.models import Convention, Termination, TerminationClause
from conventions.tests.factories import make_convention, make_party, make_signed_convention

pytestmark = pytest.mark.django_db

ON = date(2019, 3, 20)
POSTED = date(2019, 3, 4)
# Three months from dispatch (art. 7 of a real convention): the 4th of June, at midnight.
LAST_DAY = date(2019, 6, 4)


@pytest.fixture
def cast(monkeypatch) -> SimpleNamespace:
    convention = make_signed_convention()
    first, second = convention.parties.order_by("position")
    return SimpleNamespace(
        convention=convention,
        first=first,
        second=second,
        clause=TerminationClause.objects.get(convention=convention),
        manager=make_member(first.organisation, Role.RESPONSABLE),
        contributor=make_member(first.organisation, Role.CONTRIBUTEUR),
        counterpart=make_member(second.organisation, Role.RESPONSABLE),
    )


def prepare(cast, **fields) -> Termination:
    given = {
        "by": cast.manager,
        "on": ON,
        "party": cast.first,
        "kind": TerminationKind.RESILIATION,
        "clause": cast.clause,
        "reason": "Le programme local de l’habitat change.",
    }
    return prepare_ending(cast.convention, **given | fields)


def breach_clause(cast, **fields) -> TerminationClause:
    """A signed act takes no more clause: the row is made before the signature is told."""
    convention = make_convention()
    terms = {
        "operation": Operation.PREAVIS,
        "quantity": 3,
        "unit": Unit.MOIS,
        "trigger": Trigger.DEPOT_RECEPISSE,
        "ground": TerminationGround.MANQUEMENT,
    }
    clause = TerminationClause.objects.create(
        convention=convention, act=convention.acts.get(), **terms | fields
    )
    Convention.objects.filter(pk=convention.pk).update(
        status="signee",
        starts_on=date(2017, 12, 11),
        ends_on=date(2020, 12, 10),
        starts_on_basis="derniere_signature",
    )
    act = convention.acts.get()
    act.status, act.signed_on, act.effective_on = "signe", date(2017, 12, 11), date(2017, 12, 11)
    act.save()
    cast.convention = Convention.objects.get(pk=convention.pk)
    cast.first, cast.second = convention.parties.order_by("position")
    cast.manager = make_member(cast.first.organisation, Role.RESPONSABLE)
    return clause


def post(ending: Termination, cast, **dates) -> None:
    for letter in ending.letters.all():
        record_letter(letter, by=cast.manager, on=ON, **dates)
    ending.refresh_from_db()


def test_the_notice_runs_from_dispatch_and_ends_three_months_later(cast):
    ending = prepare(cast)
    assert (ending.status, ending.effect_on) == (TerminationStatus.PREPAREE, None)
    post(ending, cast, posted_on=POSTED)
    assert (ending.status, ending.event_on, ending.effect_on) == (
        TerminationStatus.NOTIFIEE,
        POSTED,
        LAST_DAY,
    )
    assert "art. 668 CPC" in ending.steps[0]
    convention = Convention.objects.get(pk=cast.convention.pk)
    assert convention.terminated_on == LAST_DAY
    assert convention.situation_on(LAST_DAY) == Situation.EN_PREAVIS
    assert convention.situation_on(date(2019, 6, 5)) == Situation.RESILIEE


def test_presentation_and_delivery_do_not_move_a_notice_counted_from_dispatch(cast):
    ending = prepare(cast)
    post(ending, cast, posted_on=POSTED)
    post(ending, cast, presented_on=date(2019, 3, 6), delivered_on=date(2019, 3, 11))
    assert ending.effect_on == LAST_DAY


def test_a_corrected_date_is_counted_again_and_the_journal_keeps_both(cast):
    ending = prepare(cast)
    post(ending, cast, posted_on=POSTED)
    post(ending, cast, posted_on=date(2019, 3, 5))
    assert ending.effect_on == date(2019, 6, 5)
    counted = JournalEntry.objects.filter(verb=Verb.ENDING_COUNTED).order_by("pk")
    assert [entry.data["effect_on"] for entry in counted] == ["2019-06-04", "2019-06-05"]
    post(ending, cast, posted_on=None)
    assert (ending.status, ending.effect_on) == (TerminationStatus.PREPAREE, None)
    assert Convention.objects.get(pk=cast.convention.pk).terminated_on is None


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"posted_on": date(2019, 3, 21)}, "posted_on"),
        ({"presented_on": date(2019, 3, 6)}, "presented_on"),
        ({"posted_on": POSTED, "delivered_on": date(2019, 3, 1)}, "delivered_on"),
        (
            {
                "posted_on": POSTED,
                "delivered_on": date(2019, 3, 8),
                "returned_on": date(2019, 3, 19),
            },
            "returned_on",
        ),
    ],
)
def test_dates_that_cannot_be_are_refused_at_their_field(cast, dates, field):
    ending = prepare(cast)
    with pytest.raises(ValidationError) as refusal:
        post(ending, cast, **dates)
    assert list(refusal.value.error_dict) == [field]
    assert ending.letters.get().posted_on is None


def test_all_addressees_are_to_be_warned_before_the_notice_runs(cast):
    third = make_party(cast.convention)
    ending = prepare(cast)
    first, last = ending.letters.order_by("pk")
    record_letter(first, by=cast.manager, on=ON, posted_on=POSTED)
    ending.refresh_from_db()
    assert ending.status == TerminationStatus.PREPAREE
    record_letter(last, by=cast.manager, on=ON, posted_on=date(2019, 3, 6))
    ending.refresh_from_db()
    assert (ending.event_on, last.addressee) == (date(2019, 3, 6), third)


def test_what_is_prepared_is_a_secret_of_the_side_that_prepares_it(cast):
    ending = prepare(cast)
    lines = JournalEntry.objects.filter(dossier_id=cast.convention.pk)
    assert not entries_visible_to(cast.counterpart, lines, on=ON).exists()
    assert entries_visible_to(cast.manager, lines, on=ON).count() == 1
    post(ending, cast, posted_on=POSTED)
    told = entries_visible_to(cast.counterpart, lines, on=ON)
    assert Verb.ENDING_COUNTED in {entry.verb for entry in told}


@pytest.mark.parametrize("name", ["contributor", "counterpart"])
def test_nobody_else_leaves_in_the_name_of_a_party(cast, name):
    with pytest.raises(PermissionDenied):
        prepare(cast, by=getattr(cast, name))


def test_a_notified_letter_is_withdrawn_with_everyone_s_accord_only(cast):
    ending = prepare(cast)
    post(ending, cast, posted_on=POSTED)
    how = {"by": cast.manager, "on": ON, "withdrawn_on": ON, "reason": "Un avenant est trouvé."}
    with pytest.raises(ValidationError, match="accord écrit"):
        withdraw_ending(ending, **how)
    withdraw_ending(ending, **how, agreed=True)
    assert Convention.objects.get(pk=cast.convention.pk).terminated_on is None
    with pytest.raises(ValidationError, match="déjà close"):
        withdraw_ending(ending, **how, agreed=True)
    with pytest.raises(ValidationError, match="close"):
        post(ending, cast, posted_on=date(2019, 3, 5))


def test_what_is_only_prepared_is_withdrawn_freely_and_changed(cast):
    ending = prepare(cast)
    change_ending(ending, by=cast.manager, on=ON, reason="Autre motif.")
    withdraw_ending(ending, by=cast.manager, on=ON, withdrawn_on=ON, reason="Plus utile.")
    ending.refresh_from_db()
    assert (ending.reason, ending.status) == ("Autre motif.", TerminationStatus.RETIREE)


def test_a_letter_that_has_left_is_not_rewritten(cast):
    ending = prepare(cast)
    post(ending, cast, posted_on=POSTED)
    with pytest.raises(ValidationError, match="est partie"):
        change_ending(ending, by=cast.manager, on=ON, reason="Autre motif.")


def test_without_a_clause_one_stays_to_the_term(cast):
    with pytest.raises(ValidationError, match="jusqu’à son terme"):
        prepare(cast, clause=None)


def test_a_clause_for_another_way_out_is_refused(cast):
    with pytest.raises(ValidationError, match="ne prévoit pas cette sortie"):
        prepare(cast, kind=TerminationKind.MISE_EN_DEMEURE, breach="Rien n’est produit.")


def test_a_notice_past_the_term_leaves_the_term_alone(cast):
    on = date(2020, 11, 20)
    ending = prepare(cast, on=on)
    record_letter(ending.letters.get(), by=cast.manager, on=on, posted_on=date(2020, 11, 2))
    ending.refresh_from_db()
    assert ending.effect_on == date(2021, 2, 2)
    assert Convention.objects.get(pk=cast.convention.pk).terminated_on is None


def test_a_formal_notice_left_without_effect_ends_the_convention_with_its_delay(cast):
    clause = breach_clause(cast)
    notice = prepare(
        cast, kind=TerminationKind.MISE_EN_DEMEURE, clause=clause, breach="Aucun logement réservé."
    )
    post(notice, cast, posted_on=POSTED)
    assert notice.effect_on == LAST_DAY
    assert Convention.objects.get(pk=cast.convention.pk).terminated_on is None
    with pytest.raises(ValidationError, match="à minuit"):
        record_unrepaired(notice, by=cast.manager, on=LAST_DAY)
    ended = record_unrepaired(notice, by=cast.manager, on=date(2019, 6, 5))
    assert (ended.follows, ended.effect_on) == (notice, LAST_DAY)
    assert Convention.objects.get(pk=cast.convention.pk).terminated_on == LAST_DAY
    with pytest.raises(ValidationError):
        record_unrepaired(notice, by=cast.manager, on=date(2019, 6, 5))


def test_a_breach_repaired_in_time_lets_the_convention_go_on(cast):
    clause = breach_clause(cast)
    notice = prepare(
        cast, kind=TerminationKind.MISE_EN_DEMEURE, clause=clause, breach="Aucun logement réservé."
    )
    post(notice, cast, posted_on=POSTED)
    how = {"by": cast.manager, "on": ON, "reason": "Quarante logements sont réservés."}
    with pytest.raises(ValidationError, match="se place entre"):
        record_repaired(notice, **how, repaired_on=date(2019, 3, 1))
    record_repaired(notice, **how, repaired_on=date(2019, 3, 18))
    notice.refresh_from_db()
    assert notice.status == TerminationStatus.REMEDIEE


def test_a_formal_notice_says_what_is_not_kept(cast):
    clause = breach_clause(cast)
    with pytest.raises(ValidationError, match="quel engagement"):
        prepare(cast, kind=TerminationKind.MISE_EN_DEMEURE, clause=clause)


def test_a_disagreement_carries_the_year_through(cast):
    ending = prepare(cast, kind=TerminationKind.DESACCORD, clause=None, year=2019)
    post(ending, cast, posted_on=POSTED, delivered_on=date(2019, 3, 7))
    assert ending.effect_on == date(2019, 12, 31)
    assert "menés à terme" in ending.steps[1]
    with pytest.raises(ValidationError, match="année"):
        prepare(cast, kind=TerminationKind.DESACCORD, clause=None)


def test_one_leaves_only_what_binds(cast):
    Convention.objects.filter(pk=cast.convention.pk).update(terminated_on=date(2019, 1, 1))
    with pytest.raises(ValidationError, match="est résiliée depuis"):
        prepare(cast)

"""Signing avenants: the same gate as the convention, and the term they move."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.enums import OrganisationKind, Role, Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_member, make_organisation, make_user
from conventions.actions.cycle import move_act
from conventions.actions.obstacles import obstacles_of
from conventions.actions.signature import sign_act
from conventions.enums import ActStatus, ConventionVerb, Trigger, Unit
from conventions.models import Act, Convention, DurationClause, Mandate, Signatory
from conventions.models.terms import last_day_on, terms_of
from conventions.rules.terme import last_day_covered
from conventions.signals import acte_applique, acte_signe
from conventions.tests.checklist import settle_procedure
from conventions.tests.drafting import (
    TODAY,
    agree,
    empower,
    make_avenant,
    prorogue,
)
from conventions.tests.factories import make_signed_convention

pytestmark = pytest.mark.django_db
TERM = date(2020, 12, 10)
SIGNED = date(2020, 11, 2)


class Cast:
    """A convention whose term is 10 December 2020, and a prorogation of one year, in signature."""

    def __init__(self, **fields):
        self.convention = make_signed_convention(**fields)
        self.first, self.second = self.convention.parties.order_by("position")
        self.manager = make_member(self.first.organisation, Role.RESPONSABLE)
        self.platform = make_user(is_superuser=True, is_staff=True)
        self.act = self.avenant()

    def avenant(self, number: int = 2001, **clause) -> Act:
        act = make_avenant(self.convention, number=number)
        prorogue(act, **clause)
        empower(self.convention, act)
        agree(act, by=self.manager)
        settle_procedure(act, by=self.manager, on=SIGNED)
        Act.objects.filter(pk=act.pk).update(status=ActStatus.EN_SIGNATURE)
        act.refresh_from_db()
        act.convention = self.convention
        return act

    def sign(self, act=None, **fields) -> Act:
        fields = {"by": self.manager, "on": TODAY, "signed_on": SIGNED} | fields
        return sign_act(act or self.act, **fields)


@pytest.fixture
def cast():
    return Cast()


def _refusal(cast, **fields) -> ValidationError:
    with pytest.raises(ValidationError) as refusal:
        cast.sign(**fields)
    assert Convention.objects.get().ends_on == TERM
    assert Act.objects.get(pk=cast.act.pk).status == ActStatus.EN_SIGNATURE
    return refusal.value


def test_a_prorogation_adds_to_the_term_takes_its_number_and_closes(cast):
    heard = []

    def listen(sender, act, **_):
        heard.append((act.pk, Act.objects.get(pk=act.pk).status))

    for signal in (acte_applique, acte_signe):
        signal.connect(listen)
    try:
        cast.sign()
    finally:
        for signal in (acte_applique, acte_signe):
            signal.disconnect(listen)
    act = Act.objects.get(pk=cast.act.pk)
    assert heard == [(act.pk, ActStatus.EN_SIGNATURE), (act.pk, ActStatus.SIGNE)]
    assert (act.number, act.signed_on, act.effective_on) == (1, SIGNED, SIGNED)
    assert Convention.objects.get().ends_on == date(2021, 12, 10)
    entry = JournalEntry.objects.get(verb=Verb.CONVENTION_SIGNED)
    assert (entry.subject_id, entry.data["ends_on"]) == (act.pk, "2021-12-10")
    with pytest.raises(DatabaseError), transaction.atomic():
        Act.objects.filter(pk=act.pk).update(title="Autre")
    with pytest.raises(ValidationError) as refusal:
        cast.sign()
    assert refusal.value.code == "transition"


def test_the_past_term_stays_readable(cast):
    cast.sign(cast.act, signed_on=SIGNED, starts_on=date(2020, 12, 1))
    second = cast.avenant(2002, years=2)
    cast.sign(second, signed_on=date(2021, 6, 1))
    assert [(term.act, term.ends_on) for term in terms_of(cast.convention)] == [
        (0, TERM),
        (1, date(2021, 12, 10)),
        (2, date(2023, 12, 10)),
    ]
    for day, term in (
        (date(2017, 12, 10), None),
        (date(2020, 11, 30), TERM),
        (date(2020, 12, 1), date(2021, 12, 10)),
        (date(2021, 5, 31), date(2021, 12, 10)),
        (date(2021, 6, 1), date(2023, 12, 10)),
    ):
        assert last_day_on(cast.convention, on=day) == term


@pytest.mark.parametrize(
    ("trigger", "ends_on"),
    [
        (Trigger.SIGNATURE, date(2022, 12, 10)),
        (Trigger.DATE_EFFET, date(2022, 12, 10)),
        ("", date(2022, 12, 10)),
        (Trigger.TERME, date(2025, 12, 10)),
    ],
)
def test_any_duration_clause_that_moves_the_term_is_counted(trigger, ends_on):
    cast = Cast()
    DurationClause.objects.filter(act=cast.act).update(quantity=5, trigger=trigger)
    cast.act.approvals.all().delete()
    agree(cast.act, by=cast.manager)
    cast.sign()
    assert Convention.objects.get().ends_on == ends_on


def test_a_duration_already_over_is_refused_with_the_reason(cast):
    fields = {"quantity": 1, "unit": Unit.ANS, "trigger": Trigger.SIGNATURE}
    DurationClause.objects.filter(act=cast.act).update(**fields)
    cast.act.approvals.all().delete()
    agree(cast.act, by=cast.manager)
    assert "avant sa signature" in str(_refusal(cast).message_dict["signed_on"])


@pytest.mark.parametrize(("day", "passes"), [(TERM, True), (TERM + timedelta(days=1), False)])
def test_the_last_day_is_whole_and_the_morrow_is_too_late(cast, day, passes):
    if passes:
        cast.sign(signed_on=day)
        return
    words = " ".join(_refusal(cast, signed_on=day).message_dict["signed_on"])
    assert "art. 1213" in words
    assert "une nouvelle convention" in words
    assert "durée indéterminée" in words


def test_even_an_administrator_does_not_prorogue_after_the_term(cast):
    late = {"signed_on": TERM + timedelta(days=1), "override_reason": "Urgent."}
    assert "signed_on" in _refusal(cast, by=cast.platform, **late).message_dict


@pytest.mark.parametrize("field", ["terminated_on", "closed_on"])
def test_a_convention_that_was_ended_is_not_prorogued(cast, field):
    Convention.objects.update(**{field: TERM})
    cast.convention.refresh_from_db()
    assert "ne se proroge plus" in str(_refusal(cast).message_dict["signed_on"])


def test_the_term_passed_is_told_before_any_date_is_given(cast):
    found = [one for one in obstacles_of(cast.act, on=TODAY) if "1213" in one.message]
    assert [one.page for one in found] == ["conventions:create"]


def test_an_avenant_waits_for_accords_and_for_its_own_deliberation(cast):
    cast.act.approvals.all().delete()
    Mandate.objects.filter(act=cast.act).update(act=None)
    words = " ".join(_refusal(cast).message_dict["__all__"])
    assert words.count("n’a pas encore donné son accord") == 2
    assert "un avenant demande la sienne" in words


def test_powers_are_set_aside_in_writing_and_accords_never(cast):
    Mandate.objects.filter(act=cast.act).update(received_on=None)
    with pytest.raises(PermissionDenied):
        cast.sign(override_reason="Urgent.")
    cast.sign(by=cast.platform, override_reason="Tampon perdu.")
    act = Act.objects.get(pk=cast.act.pk)
    assert act.override_reason == "Tampon perdu."
    assert len(act.waived) == 1


@pytest.mark.parametrize("role", [Role.LECTEUR, Role.CONTRIBUTEUR])
def test_a_reader_does_not_sign_an_avenant(cast, role):
    with pytest.raises(PermissionDenied):
        cast.sign(by=make_member(cast.first.organisation, role))
    with pytest.raises(PermissionDenied):
        cast.sign(by=make_member(make_organisation()))


def test_the_day_of_effect_agreed_to_is_not_changed_at_the_signature(cast):
    agreed = date(2021, 1, 1)
    Act.objects.filter(pk=cast.act.pk).update(effective_on=agreed)
    cast.act.refresh_from_db()
    cast.act.approvals.all().delete()
    agree(cast.act, by=cast.manager)
    assert "starts_on" in _refusal(cast, starts_on=date(2021, 2, 1)).message_dict
    assert cast.sign().effective_on == agreed


def test_what_a_floor_above_refuses_is_not_signed_at_all(cast):
    def refuse(sender, **_):
        raise ValidationError("Cet engagement a changé.")

    acte_applique.connect(refuse)
    try:
        assert "engagement" in str(_refusal(cast))
    finally:
        acte_applique.disconnect(refuse)
    assert not Signatory.objects.filter(act=cast.act, signed_on__isnull=False).exists()


def test_an_avenant_waits_for_a_signed_convention(cast):
    Convention.objects.update(status="resiliee")
    act = make_avenant(cast.convention, number=2003, status=ActStatus.PROJET)
    with pytest.raises(ValidationError):
        move_act(act, ConventionVerb.OUVRIR_NEGOCIATION, by=cast.manager, on=TODAY)
    cast.convention.refresh_from_db()
    with pytest.raises(ValidationError):
        cast.sign()


def test_a_private_draft_is_moved_by_its_own_side_alone(cast):
    act = make_avenant(cast.convention, number=2003, status=ActStatus.PROJET)
    other = make_member(cast.second.organisation, Role.RESPONSABLE)
    how = {"on": TODAY}
    with pytest.raises(PermissionDenied):
        move_act(act, ConventionVerb.OUVRIR_NEGOCIATION, by=other, **how)
    move_act(act, ConventionVerb.OUVRIR_NEGOCIATION, by=cast.manager, **how)
    assert Act.objects.get(pk=act.pk).status == ActStatus.EN_NEGOCIATION
    assert Convention.objects.get().status == "signee"


@pytest.mark.django_db
@given(
    steps=st.lists(
        st.tuples(
            st.integers(1, 40),
            st.sampled_from([Unit.ANS, Unit.MOIS, Unit.JOURS]),
            st.sampled_from([Trigger.TERME, Trigger.SIGNATURE, Trigger.DATE_EFFET, ""]),
        ),
        min_size=1,
        max_size=3,
    ),
    zone=st.sampled_from(["metropole", "reunion", "martinique"]),
)
@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_after_each_signature_the_term_is_the_last_day_counted(steps, zone):
    """Property: `ends_on` is what an independent count gives; a refusal leaves it untouched."""
    with transaction.atomic():
        cast = Cast(zone=zone)
        convention, term = cast.convention, TERM
        for rank, (quantity, unit, trigger) in enumerate(steps):
            act = cast.act if rank == 0 else cast.avenant(2100 + rank)
            DurationClause.objects.filter(act=act).update(
                quantity=quantity, unit=unit, trigger=trigger
            )
            act.approvals.all().delete()
            agree(act, by=cast.manager)
            clause = DurationClause.objects.get(act=act)
            days = {"signed_on": date(2017, 12, 11), "starts_on": date(2017, 12, 11)}
            expected = last_day_covered(clause, zone=zone, term=term, **days)
            if expected < SIGNED:
                with pytest.raises(ValidationError):
                    cast.sign(act)
                Act.objects.filter(pk=act.pk).update(status=ActStatus.ABANDONNE)
            else:
                cast.sign(act)
                term = expected
            convention.refresh_from_db()
            assert convention.ends_on == term
            assert last_day_on(convention, on=TODAY) == term
        transaction.set_rollback(True)


def test_the_committee_signs_the_avenant_too(cast):
    capacity = {"capacity__startswith": "Vice"}
    Signatory.objects.filter(act=cast.act, **capacity).delete()
    assert cast.second.organisation.kind == OrganisationKind.ACTION_LOGEMENT
    assert "vice-président" in str(_refusal(cast).message_dict["__all__"])

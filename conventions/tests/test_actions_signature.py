"""Recording the signature: everyone empowered, everything counted, or nothing written."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import Verb
from accounts.models import JournalEntry
from conventions.actions.signature import sign_convention
from conventions.enums import ActStatus, ConventionStatus, EffectBasis, Trigger
from conventions.models import Act, Convention, DurationClause, Mandate, Signatory
from conventions.rules.cycle import CONVENTION_STATUS
from conventions.signals import acte_signe
from conventions.tests.drafting import (
    SIGNED,
    TODAY,
    agree_anew,
    make_drafting_cast,
    put_in_signature,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast = make_drafting_cast()
    put_in_signature(cast.convention)
    cast.who = {"by": cast.manager, "on": TODAY}
    return cast


def _refusal(cast, **fields) -> ValidationError:
    fields = {"signed_on": SIGNED, **cast.who} | fields
    with pytest.raises(ValidationError) as refusal:
        sign_convention(cast.convention, **fields)
    cast.convention.refresh_from_db()
    assert cast.convention.status == ConventionStatus.EN_SIGNATURE
    assert cast.convention.acts.get().status == ActStatus.EN_SIGNATURE
    assert not JournalEntry.objects.filter(verb=Verb.CONVENTION_SIGNED).exists()
    return refusal.value


def test_signing_dates_the_act_and_counts_the_last_day(cast):
    heard = []

    def listen(sender, act, **_):
        heard.append(act.pk)

    acte_signe.connect(listen)
    try:
        act = sign_convention(cast.convention, **cast.who, signed_on=SIGNED, place="Grand Lac")
    finally:
        acte_signe.disconnect(listen)
    cast.convention.refresh_from_db()
    act.refresh_from_db()
    assert heard == [act.pk]
    assert cast.convention.status == ConventionStatus.SIGNEE
    assert (cast.convention.starts_on, cast.convention.ends_on) == (SIGNED, date(2020, 12, 10))
    assert (act.status, act.signed_on, act.effective_on) == (ActStatus.SIGNE, SIGNED, SIGNED)
    assert set(Signatory.objects.values_list("signed_on", flat=True)) == {SIGNED}


@pytest.mark.parametrize("name", ["manager", "counterpart", "signatory", "platform"])
def test_a_manager_or_a_signatory_of_a_party_records_the_signature(cast, name):
    sign_convention(cast.convention, by=getattr(cast, name), on=TODAY, signed_on=SIGNED)


@pytest.mark.parametrize("name", ["reader", "contributor", "stranger"])
def test_a_reader_cannot_sign(cast, name):
    with pytest.raises(PermissionDenied):
        sign_convention(cast.convention, by=getattr(cast, name), on=TODAY, signed_on=SIGNED)


@pytest.mark.parametrize(
    "status", [ActStatus.PROJET, ActStatus.EN_NEGOCIATION, ActStatus.EN_VALIDATION]
)
def test_a_text_still_being_written_is_not_signed(cast, status):
    Act.objects.update(status=status)
    Convention.objects.update(status=CONVENTION_STATUS[status])
    with pytest.raises(ValidationError) as refusal:
        sign_convention(cast.convention, by=cast.platform, on=TODAY, signed_on=SIGNED)
    assert refusal.value.code == "transition"


def test_signing_twice_is_refused_and_changes_nothing(cast):
    sign_convention(cast.convention, **cast.who, signed_on=SIGNED)
    with pytest.raises(ValidationError) as refusal:
        sign_convention(cast.convention, **cast.who, signed_on=date(2018, 1, 1))
    assert refusal.value.code == "transition"
    assert Act.objects.get().signed_on == SIGNED
    assert JournalEntry.objects.filter(verb=Verb.CONVENTION_SIGNED).count() == 1


def test_signing_before_the_prefecture_received_the_deliberation_is_refused_at_the_date(cast):
    problems = _refusal(cast, signed_on=date(2017, 11, 27)).message_dict
    assert list(problems) == ["signed_on"]
    assert "précède la réception en préfecture, le 29" in problems["signed_on"][0]


def test_everything_that_is_missing_is_told_at_once(cast):
    Signatory.objects.filter(party=cast.first).update(mandate=None)
    Signatory.objects.filter(party=cast.second).delete()
    DurationClause.objects.update(confirmed_on=None)
    problems = _refusal(cast, signed_on=date(2027, 1, 1)).message_dict
    assert len(problems["__all__"]) == 4
    assert "direction régionale" not in " ".join(problems["__all__"])
    assert len(problems["signed_on"]) == 1


def test_an_administrator_sets_powers_aside_in_writing_and_the_journal_says_it(cast):
    Mandate.objects.update(received_on=None)
    sign_convention(
        cast.convention,
        by=cast.platform,
        on=TODAY,
        signed_on=SIGNED,
        override_reason="Registre détruit en 2019.",
    )
    entry = JournalEntry.objects.get(verb=Verb.CONVENTION_SIGNED)
    assert entry.data["override_reason"] == "Registre détruit en 2019."
    assert len(entry.data["waived"]) == 1
    act = Act.objects.get()
    assert (act.override_reason, act.waived) == ("Registre détruit en 2019.", entry.data["waived"])


def test_nobody_else_sets_powers_aside(cast):
    Mandate.objects.update(received_on=None)
    with pytest.raises(PermissionDenied):
        sign_convention(cast.convention, **cast.who, signed_on=SIGNED, override_reason="Urgent.")
    assert _refusal(cast, by=cast.platform).message_dict["__all__"]


def test_even_an_administrator_does_not_sign_without_a_duration(cast):
    DurationClause.objects.all().delete()
    agree_anew(cast.act, by=cast.manager)
    problems = _refusal(cast, by=cast.platform, override_reason="Urgent.").message_dict
    assert "clause de durée manque" in problems["__all__"][0]


def test_an_effect_that_is_not_the_signature_says_why(cast):
    problems = _refusal(cast, starts_on=date(2018, 1, 1)).message_dict
    assert list(problems) == ["basis"]


def test_a_duration_silent_on_its_start_is_counted_from_the_effect(cast):
    DurationClause.objects.update(trigger="")
    agree_anew(cast.act, by=cast.manager)
    sign_convention(
        cast.convention,
        **cast.who,
        signed_on=SIGNED,
        starts_on=date(2018, 1, 1),
        basis=EffectBasis.CLAUSE,
    )
    cast.convention.refresh_from_db()
    assert cast.convention.ends_on == date(2020, 12, 31)


def test_a_convention_cannot_end_before_it_takes_effect(cast):
    DurationClause.objects.update(quantity=1, unit="mois", trigger=Trigger.SIGNATURE)
    agree_anew(cast.act, by=cast.manager)
    problems = _refusal(cast, starts_on=date(2018, 6, 1), basis=EffectBasis.CLAUSE).message_dict
    assert list(problems) == ["starts_on"]
    assert "10\u00a0janvier\u00a02018, avant la prise d’effet" in problems["starts_on"][0]


def test_a_signatory_who_signed_earlier_keeps_that_day(cast):
    Signatory.objects.filter(party=cast.first).update(signed_on=date(2017, 12, 1))
    sign_convention(cast.convention, **cast.who, signed_on=SIGNED)
    days = Signatory.objects.order_by("party__position").values_list("signed_on", flat=True)
    assert list(days) == [date(2017, 12, 1), SIGNED, SIGNED]

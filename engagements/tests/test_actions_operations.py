"""What an avenant does to engagements and targets: planned, bound by its signature, kept."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from accounts.tests.factories import make_organisation
from conventions.actions.successions import apply_party_changes, plan_party_change
from conventions.enums import ActKind, ActStatus, PartyChangeKind
from conventions.models import Act, Convention
from conventions.signals import acte_applique, acte_examine, acte_redige
from engagements.actions.engagements import change_engagement
from engagements.actions.figures import set_target
from engagements.actions.operations import (
    change_planned,
    plan_end,
    plan_engagement,
    plan_target,
    unplan,
)
from engagements.actions.snapshot import take_snapshot
from engagements.enums import State
from engagements.models import Engagement, Target
from engagements.tests.factories import make_engagement, make_indicator, make_revoyure
from engagements.views.balance_reading import read_balance

TODAY = date(2019, 1, 10)
EFFECT = date(2019, 3, 1)


@pytest.fixture
def avenant(cast) -> Act:
    return Act.objects.create(
        convention=cast.convention,
        number=1,
        kind=ActKind.AVENANT,
        drafted_by=cast.epci,
        effective_on=EFFECT,
    )


@pytest.fixture
def who(cast) -> dict:
    return {"by": cast.manager, "on": TODAY}


@pytest.fixture
def promise(cast) -> Engagement:
    return make_engagement(
        cast.convention,
        cast.first_party,
        title="Produire 170 logements",
        state=State.EN_COURS,
    )


def sign(act: Act, by) -> None:
    acte_applique.send(sender=Act, act=act, by=by, on=TODAY)
    act.status, act.signed_on = ActStatus.SIGNE, TODAY
    act.save()


def titles(convention, on: date) -> list[str]:
    return [str(row) for row in convention.engagements.standing(on=on).order_by("number")]


def test_a_promise_written_anew_binds_from_its_date_and_keeps_its_state(
    cast, avenant, who, promise
):
    plan_engagement(
        avenant, **who, replaces=promise, debtors=[cast.first_party], title="Produire 200 logements"
    )
    assert titles(cast.convention, date(2030, 1, 1)) == ["E1 Produire 170 logements"]
    sign(avenant, cast.manager)
    assert titles(cast.convention, date(2019, 2, 28)) == ["E1 Produire 170 logements"]
    assert titles(cast.convention, EFFECT) == ["E1 Produire 200 logements"]
    assert cast.convention.engagements.standing(on=EFFECT).get().state == State.EN_COURS


def test_a_promise_ends_on_its_date_and_a_new_one_begins_on_another(cast, avenant, who, promise):
    plan_end(avenant, **who, engagement=promise)
    plan_engagement(
        avenant,
        **who,
        debtors=[cast.second_party],
        title="Financer 40 logements",
        effective_on=date(2019, 6, 1),
    )
    sign(avenant, cast.manager)
    assert titles(cast.convention, date(2019, 2, 28)) == ["E1 Produire 170 logements"]
    assert titles(cast.convention, EFFECT) == []
    assert titles(cast.convention, date(2019, 6, 1)) == ["E2 Financer 40 logements"]


def test_what_a_draft_plans_is_nowhere_to_be_counted(cast, avenant, who, promise):
    plan_engagement(
        avenant, **who, debtors=[cast.second_party], title="Secret", counterparts=[promise]
    )
    assert not Engagement.objects.filter(title="Secret").exists()
    assert list(Engagement.answers(cast.convention)) == []
    assert list(promise.counterparts.all()) == []


def test_the_other_side_may_not_write_in_a_draft_it_may_not_read(cast, avenant):
    with pytest.raises(PermissionDenied):
        plan_engagement(
            avenant, by=cast.counterpart, on=TODAY, debtors=[cast.second_party], title="X"
        )


def test_two_avenants_that_change_one_promise_cannot_both_be_signed_blindly(
    cast, avenant, who, promise
):
    other = Act.objects.create(
        convention=cast.convention,
        number=2,
        kind=ActKind.AVENANT,
        drafted_by=cast.epci,
        effective_on=EFFECT,
    )
    for act, title in ((avenant, "Produire 180 logements"), (other, "Produire 190 logements")):
        plan_engagement(act, **who, replaces=promise, debtors=[cast.first_party], title=title)
    sign(avenant, cast.manager)
    found = [answer for _, answer in acte_examine.send(sender=Act, act=other, on=TODAY)]
    assert any("déjà E1" in obstacle.message for answer in found for obstacle in answer)
    with pytest.raises(ValidationError, match="nouvelle rédaction"), transaction.atomic():
        sign(other, cast.manager)


def test_a_planned_line_is_corrected_and_taken_out(cast, avenant, who, promise):
    row = plan_engagement(
        avenant, **who, replaces=promise, debtors=[cast.first_party], title="Produire 20 logements"
    )
    change_planned(row, **who, debtors=[cast.first_party], title="Produire 200 logements")
    assert Engagement.every.planned_by(avenant).get().title == "Produire 200 logements"
    unplan(row, **who)
    assert not Engagement.every.planned_by(avenant).exists()
    assert titles(cast.convention, EFFECT) == ["E1 Produire 170 logements"]


def test_what_is_signed_is_changed_by_another_act_only(cast, avenant, who, promise):
    plan_engagement(
        avenant, **who, replaces=promise, debtors=[cast.first_party], title="Produire 200 logements"
    )
    sign(avenant, cast.manager)
    signed = cast.convention.engagements.standing(on=EFFECT).get()
    with pytest.raises(ValidationError, match="erratum"):
        change_engagement(signed, **who, debtors=[cast.first_party], title="Produire 2 logements")
    with pytest.raises(DatabaseError), transaction.atomic():
        Engagement.objects.filter(pk=signed.pk).update(title="Produire 2 logements")
    with pytest.raises(DatabaseError), transaction.atomic():
        signed.delete()
    Engagement.objects.filter(pk=signed.pk).update(state=State.TENU)


def test_a_target_moves_and_is_given_up_from_a_date(cast, avenant, who):
    rents, loans = make_indicator(code="I1"), make_indicator(code="I2")
    cell = {"territory": cast.convention.territory, "year": 2019}
    for indicator in (rents, loans):
        set_target(cast.convention, **who, indicator=indicator, quantity=Decimal(170), **cell)
    plan_target(avenant, **who, indicator=rents, quantity=Decimal(20), **cell)
    plan_target(avenant, **who, indicator=rents, quantity=Decimal(200), **cell)
    plan_target(avenant, **who, indicator=loans, quantity=None, **cell)

    def aims(on: date) -> list[tuple[str, int]]:
        rows = cast.convention.targets.binding(on=on).order_by("indicator__code")
        return [(row.indicator.code, int(row.quantity)) for row in rows]

    assert aims(date(2030, 1, 1)) == [("I1", 170), ("I2", 170)]
    sign(avenant, cast.manager)
    assert aims(date(2019, 2, 28)) == [("I1", 170), ("I2", 170)]
    assert aims(EFFECT) == [("I1", 200)]
    with pytest.raises(ValidationError, match="nouvel avenant"):
        set_target(cast.convention, **who, indicator=rents, quantity=Decimal(1), **cell)
    with pytest.raises(DatabaseError), transaction.atomic():
        Target.objects.filter(act=avenant).update(quantity=1)


def _next(cast, number: int, day: date) -> Act:
    return Act.objects.create(
        convention=cast.convention,
        number=number,
        kind=ActKind.AVENANT,
        drafted_by=cast.epci,
        effective_on=day,
    )


def test_two_targets_never_bind_together_whatever_the_order_of_signature(cast, avenant, who):
    rents = make_indicator(code="I1")
    cell = {"indicator": rents, "territory": cast.convention.territory, "year": 2019}
    set_target(cast.convention, **who, quantity=Decimal(170), **cell)
    sooner, between = _next(cast, 2, date(2019, 2, 1)), _next(cast, 3, date(2019, 2, 15))
    for act, quantity in ((avenant, 200), (sooner, 50), (between, None)):
        value = None if quantity is None else Decimal(quantity)
        plan_target(act, **who, quantity=value, **cell)
        sign(act, cast.manager)

    def aims(on: date) -> list[int]:
        return [int(row.quantity) for row in cast.convention.targets.binding(on=on)]

    assert aims(date(2019, 1, 31)) == [170]
    assert aims(date(2019, 2, 1)) == aims(date(2019, 2, 14)) == [50]
    assert aims(date(2019, 2, 15)) == aims(date(2019, 2, 28)) == []
    assert aims(EFFECT) == aims(date(2030, 1, 1)) == [200]


def test_a_new_wording_is_not_written_anew_before_it_binds(cast, avenant, who, promise):
    debtors = [cast.first_party]
    plan_engagement(avenant, **who, replaces=promise, debtors=debtors, title="Produire 180")
    sign(avenant, cast.manager)
    reworded = Engagement.objects.get(act=avenant)
    early = _next(cast, 2, date(2019, 2, 1))
    row = plan_engagement(early, **who, replaces=reworded, debtors=debtors, title="Produire 190")
    found = [answer for _, answer in acte_examine.send(sender=Act, act=early, on=TODAY)]
    messages = [obstacle.message for answer in found for obstacle in answer]
    assert any("ne peut pas prendre effet avant, le 1" in message for message in messages)
    with pytest.raises(ValidationError, match="jour suivant"), transaction.atomic():
        sign(early, cast.manager)
    change_planned(row, **who, debtors=debtors, title="Produire 190", effective_on=date(2019, 4, 1))
    sign(early, cast.manager)
    for day, title in ((EFFECT, "E1 Produire 180"), (date(2019, 4, 1), "E1 Produire 190")):
        assert titles(cast.convention, day) == [title]


def test_nothing_is_given_up_that_was_not_aimed_at(cast, avenant, who):
    with pytest.raises(ValidationError, match="rien à abandonner"):
        plan_target(
            avenant,
            **who,
            indicator=make_indicator(),
            territory=cast.convention.territory,
            year=2019,
            quantity=None,
        )


def test_a_review_freezes_what_stands_that_day(cast, avenant, who, promise):
    plan_engagement(
        avenant, **who, replaces=promise, debtors=[cast.first_party], title="Produire 200 logements"
    )
    sign(avenant, cast.manager)
    review = make_revoyure(cast.convention, year=2019)
    for on, expected in ((TODAY, "Produire 170 logements"), (EFFECT, "Produire 200 logements")):
        frozen = take_snapshot(review, on=on)
        assert [row["title"] for row in frozen["engagements"]] == [expected]


def test_the_avenant_says_in_words_what_it_does(cast, avenant, who, promise):
    rents = make_indicator(code="I1", name="Logements agréés")
    cell = {"territory": cast.convention.territory, "year": 2019}
    set_target(cast.convention, **who, indicator=rents, quantity=Decimal(170), **cell)
    plan_engagement(
        avenant, **who, replaces=promise, debtors=[cast.first_party], title="Produire 200 logements"
    )
    plan_engagement(
        avenant,
        **who,
        debtors=[cast.first_party, cast.second_party],
        title="Se réunir deux fois l’an",
        wording="Les parties se réunissent deux fois l’an.",
        effective_on=date(2019, 6, 1),
    )
    plan_target(avenant, **who, indicator=rents, quantity=Decimal(200), **cell)
    found = [answer for _, answer in acte_redige.send(sender=Act, act=avenant)]
    sentences = [one.sentence.replace("\u00a0", " ").replace("\u202f", " ") for one in found[0]]
    alias, other = cast.first_party.alias, cast.second_party.alias
    assert sentences == [
        "L’engagement E1 (« Produire 170 logements ») est remplacé par l’engagement suivant, dû "
        f"par {alias} : « Produire 200 logements ».",
        f"Il est ajouté à compter du 1er juin 2019 l’engagement suivant, dû par {alias} et "
        f"{other} : « Se réunir deux fois l’an ».",
        f"L’objectif 2019 de l’indicateur « Logements agréés » ({cell['territory'].name}), fixé à "
        "170, est porté à 200.",
    ]
    assert found[0][1].body == "Les parties se réunissent deux fois l’an."
    sign(avenant, cast.manager)
    again = acte_redige.send(sender=Act, act=avenant)[0][1]
    assert [one.sentence for one in again] == [one.sentence for one in found[0]]


def test_what_is_owed_passes_to_the_successor_on_its_day(cast, avenant, promise):
    heir = make_organisation(name="Grand Lac Métropole")
    plan_party_change(
        avenant,
        by=cast.manager,
        on=TODAY,
        kind=PartyChangeKind.SUCCESSION,
        party=cast.first_party,
        organisation=heir,
        alias="Grand Lac Métropole",
    )
    apply_party_changes(avenant, signed_on=TODAY)
    sign(avenant, cast.manager)

    def told(on: date) -> tuple[list[str], tuple[str, ...]]:
        balance = read_balance(Convention.objects.get(pk=cast.convention.pk), on=on)
        return [party.alias for party in balance.parties], balance.entries[promise.pk].debtors

    before, other = cast.first_party.alias, cast.second_party.alias
    assert told(date(2019, 2, 28)) == ([before, other], (before,))
    assert told(EFFECT) == (["Grand Lac Métropole", other], ("Grand Lac Métropole",))

"""A party succeeds another by avenant: names, rights, debts and ranks follow the dates."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from accounts.enums import OrganisationKind, Role
from accounts.tests.factories import make_member, make_organisation
from conventions.access import visible_to
from conventions.actions.signature import sign_act
from conventions.actions.successions import (
    party_obstacles,
    plan_party_change,
    unplan_party_change,
)
from conventions.enums import ActStatus, PartyChangeKind
from conventions.models import Act, Party, PartyChange
from conventions.tests.checklist import settle_procedure
from conventions.tests.drafting import SIGNED, TODAY, agree, empower, make_avenant
from conventions.tests.factories import make_signed_convention

pytestmark = pytest.mark.django_db

EFFECT = date(2019, 7, 1)
EVE = date(2019, 6, 30)
COMER = {
    "kind": PartyChangeKind.SUCCESSION,
    "alias": "Grand Lac Métropole",
    "signatory_name": "Anne Besson",
    "signatory_capacity": "Présidente",
    "mandate_number": "2019/12",
    "adopted_on": date(2017, 11, 16),
    "received_on": date(2017, 11, 29),
}


@pytest.fixture
def cast() -> SimpleNamespace:
    convention = make_signed_convention()
    first, second = convention.parties.order_by("position")
    comer = make_organisation(name="Grand Lac Métropole", kind=OrganisationKind.EPCI)
    return SimpleNamespace(
        convention=convention,
        first=first,
        second=second,
        comer=comer,
        act=make_avenant(convention, effective_on=EFFECT),
        manager=make_member(first.organisation, Role.RESPONSABLE),
        new_manager=make_member(comer, Role.RESPONSABLE),
        counterpart=make_member(second.organisation, Role.RESPONSABLE),
    )


def _succeed(cast, **fields) -> PartyChange:
    given = {"party": cast.first, "organisation": cast.comer, **COMER} | fields
    return plan_party_change(cast.act, by=cast.manager, on=TODAY, **given)


def _sign(cast) -> Act:
    act = cast.act
    empower(cast.convention, act)
    agree(act, by=cast.manager)
    settle_procedure(act, by=cast.manager, on=SIGNED)
    Act.objects.filter(pk=act.pk).update(status=ActStatus.EN_SIGNATURE)
    act.refresh_from_db()
    return sign_act(act, by=cast.manager, on=TODAY, signed_on=SIGNED, starts_on=EFFECT)


def test_the_newcomer_takes_the_place_from_the_date_and_the_old_name_stays(cast):
    _succeed(cast)
    _sign(cast)
    old, new = Party.objects.filter(convention=cast.convention, position=1).order_by("pk")
    assert (old.organisation, old.ends_on, old.alias) == (
        cast.first.organisation,
        EVE,
        cast.first.alias,
    )
    assert (new.organisation, new.starts_on, new.replaces) == (cast.comer, EFFECT, old)
    assert [p.alias for p in cast.convention.parties.in_force(on=EFFECT).order_by("position")] == [
        "Grand Lac Métropole",
        cast.second.alias,
    ]
    signatory = cast.act.signatories.get(party=new)
    assert (signatory.name, signatory.mandate.number) == ("Anne Besson", "2019/12")


def test_rights_follow_the_dates(cast):
    _succeed(cast)
    _sign(cast)

    def sees(user, on: date) -> bool:
        return visible_to(user, on=on).filter(pk=cast.convention.pk).exists()

    assert (sees(cast.manager, EVE), sees(cast.new_manager, EVE)) == (True, False)
    assert (sees(cast.manager, EFFECT), sees(cast.new_manager, EFFECT)) == (False, True)
    assert (sees(cast.counterpart, EVE), sees(cast.counterpart, EFFECT)) == (True, True)


def test_a_new_name_keeps_the_organisation_and_the_old_text_its_name(cast):
    plan_party_change(
        cast.act,
        by=cast.manager,
        on=TODAY,
        kind=PartyChangeKind.NOM,
        party=cast.first,
        name="Grand Lac Métropole",
        alias="La Métropole",
        legal_nature="métropole",
    )
    _sign(cast)
    old, new = Party.objects.filter(convention=cast.convention, position=1).order_by("pk")
    assert old.organisation == new.organisation
    assert (old.name_as_signed, new.name_as_signed) == (
        cast.first.name_as_signed,
        "Grand Lac Métropole",
    )


def test_a_party_joins_and_another_leaves(cast):
    plan_party_change(
        cast.act,
        by=cast.manager,
        on=TODAY,
        **COMER | {"kind": PartyChangeKind.ADHESION, "organisation": cast.comer},
    )
    plan_party_change(
        cast.act, by=cast.manager, on=TODAY, kind=PartyChangeKind.RETRAIT, party=cast.second
    )
    _sign(cast)
    rows = cast.convention.parties.in_force(on=EFFECT).order_by("position")
    assert [(row.position, row.organisation) for row in rows] == [
        (1, cast.first.organisation),
        (3, cast.comer),
    ]


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        ("signatory_name", "Personne ne signe pour Grand Lac Métropole"),
        ("adopted_on", "la date de l’habilitation"),
        ("received_on", "la réception en préfecture"),
    ],
)
def test_the_newcomer_s_own_signature_is_asked_for(cast, left_out, told):
    _succeed(cast, **{left_out: None if left_out.endswith("_on") else ""})
    assert [told in obstacle.message for obstacle in party_obstacles(cast.act)] == [True]
    with pytest.raises(ValidationError, match="Grand Lac Métropole"):
        _sign(cast)
    assert Party.objects.filter(convention=cast.convention).count() == 2


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"party": None}, "Dites quelle partie change"),
        ({"organisation": None}, "Dites quel organisme"),
        ({"kind": PartyChangeKind.ADHESION}, "n’en remplace aucune"),
    ],
)
def test_a_change_that_says_too_little_or_too_much_is_refused(cast, fields, told):
    with pytest.raises(ValidationError, match=told):
        _succeed(cast, **fields)


def test_who_is_already_a_party_does_not_become_one(cast):
    with pytest.raises(ValidationError, match="déjà partie"):
        _succeed(cast, organisation=cast.second.organisation)


def test_a_party_of_another_convention_is_refused(cast):
    elsewhere = make_signed_convention().parties.get(position=1)
    with pytest.raises(ValidationError, match="cette convention"):
        _succeed(cast, party=elsewhere)


def test_a_stranger_changes_no_party(cast):
    with pytest.raises(PermissionDenied):
        plan_party_change(
            cast.act, by=cast.new_manager, on=TODAY, kind=PartyChangeKind.NOM, party=cast.first
        )


def test_a_change_is_taken_out_of_the_draft_and_never_of_a_signed_act(cast):
    change = _succeed(cast)
    unplan_party_change(change, by=cast.manager, on=TODAY)
    assert not cast.act.party_changes.exists()
    change = _succeed(cast)
    _sign(cast)
    with pytest.raises(ValidationError):
        unplan_party_change(change, by=cast.counterpart, on=TODAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        PartyChange.objects.filter(pk=change.pk).update(alias="Autre")

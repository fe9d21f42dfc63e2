"""A party changes by avenant, on a page; names, columns and rights follow the dates."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

from accounts.enums import OrganisationKind, Role
from accounts.tests.factories import make_member, make_organisation
from conventions.actions.signature import sign_act
from conventions.enums import ActStatus, PartyChangeKind
from conventions.models import Act, Party, PartyChange, Termination, TerminationClause
from conventions.tests.checklist import settle_procedure
from conventions.tests.drafting import SIGNED, TODAY, agree, empower, make_avenant
from conventions.tests.factories import make_party, make_signed_convention

pytestmark = pytest.mark.django_db

EFFECT = date(2019, 7, 1)


@pytest.fixture
def cast() -> SimpleNamespace:
    convention = make_signed_convention()
    first, second = convention.parties.order_by("position")
    return SimpleNamespace(
        convention=convention,
        first=first,
        second=second,
        comer=make_organisation(name="Grand Lac Métropole", kind=OrganisationKind.EPCI),
        act=make_avenant(convention, effective_on=EFFECT),
        manager=make_member(first.organisation, Role.RESPONSABLE),
        reader=make_member(first.organisation, Role.LECTEUR),
        counterpart=make_member(second.organisation, Role.RESPONSABLE),
    )


def at(cast, name: str, **keys) -> str:
    place = {"pk": cast.convention.pk, "number": cast.act.number}
    return reverse(f"conventions:{name}", kwargs=place | keys)


def succession(cast, **fields) -> dict:
    return {
        "kind": "succession",
        "party": cast.first.pk,
        "organisation": "Grand Lac Métropole",
        "alias": "Grand Lac Métropole",
        "mandate_kind": "deliberation",
        "signatory_name": "Anne Besson",
        "signatory_capacity": "Présidente",
        "mandate_number": "2019/12",
        "adopted_on": "2017-11-16",
        "received_on": "2017-11-29",
        **fields,
    }


def test_a_succession_is_planned_corrected_and_taken_out(client, cast):
    client.force_login(cast.manager)
    response = client.post(at(cast, "party_change_add"), succession(cast))
    change = PartyChange.objects.get()
    assert response.url == at(cast, "act")
    assert (change.organisation, change.name) == (cast.comer, "Grand Lac Métropole")
    page = client.get(response.url).content.decode()
    assert "Succession (fusion, transfert)" in page
    edit = at(cast, "party_change_edit", change_pk=change.pk)
    assert "Anne Besson" in client.get(edit).content.decode()
    client.post(edit, succession(cast, signatory_name="Luc Roy"))
    change.refresh_from_db()
    assert change.signatory_name == "Luc Roy"
    client.post(at(cast, "party_change_remove", change_pk=change.pk))
    assert not PartyChange.objects.exists()


def test_what_the_action_refuses_stands_at_its_field_and_nothing_is_lost(client, cast):
    client.force_login(cast.manager)
    sent = succession(cast, kind="adhesion", reason="Fusion au 1er juillet.")
    page = client.post(at(cast, "party_change_add"), sent).content.decode()
    assert "laissez ce champ vide" in page
    assert "Fusion au 1er juillet." in page
    page = client.post(at(cast, "party_change_add"), succession(cast, organisation="Nulle part"))
    assert "Aucun organisme" in page.content.decode()
    assert not PartyChange.objects.exists()


def test_the_other_side_knows_nothing_of_a_draft_and_a_reader_does_not_write(client, cast):
    secret = {"status": ActStatus.PROJET, "drafted_by": cast.first.organisation}
    Act.objects.filter(pk=cast.act.pk).update(**secret)
    client.force_login(cast.counterpart)
    assert client.get(at(cast, "party_change_add")).status_code == 404
    client.force_login(cast.reader)
    assert client.get(at(cast, "party_change_add")).status_code == 403


def test_once_signed_the_pages_show_who_is_bound_that_day(client, cast):
    client.force_login(cast.manager)
    client.post(at(cast, "party_change_add"), succession(cast))
    change = PartyChange.objects.get()
    assert change.kind == PartyChangeKind.SUCCESSION
    act = cast.act
    empower(cast.convention, act)
    agree(act, by=cast.manager)
    settle_procedure(act, by=cast.manager, on=SIGNED)
    Act.objects.filter(pk=act.pk).update(status=ActStatus.EN_SIGNATURE)
    act.refresh_from_db()
    sign_act(act, by=cast.manager, on=TODAY, signed_on=SIGNED, starts_on=EFFECT)
    client.force_login(cast.counterpart)
    page = client.get(reverse("conventions:detail", args=[cast.convention.pk])).content.decode()
    head = page.partition("head__lead")[2].partition("</p>")[0]
    assert "Grand Lac Métropole" in head
    assert cast.first.alias not in head
    assert "Partie jusqu’au" in page
    assert "Anne Besson" in page


def test_a_successor_takes_up_the_way_out_that_its_predecessor_prepared(client, cast):
    ending = Termination.objects.create(
        convention=cast.convention,
        party=cast.first,
        kind="resiliation",
        clause=TerminationClause.objects.get(convention=cast.convention),
        created_by=cast.manager,
    )
    Party.objects.filter(pk=cast.first.pk).update(ends_on=date(2019, 6, 30))
    make_party(cast.convention, cast.comer, position=1, starts_on=EFFECT, replaces=cast.first)
    keys = {"pk": cast.convention.pk, "ending_pk": ending.pk}
    client.force_login(make_member(cast.comer, Role.RESPONSABLE))
    assert client.get(reverse("conventions:ending_edit", kwargs=keys)).status_code == 200
    client.force_login(cast.manager)
    assert client.get(reverse("conventions:ending_edit", kwargs=keys)).status_code == 404
    client.force_login(cast.counterpart)
    assert client.get(reverse("conventions:ending", kwargs=keys)).status_code == 404

"""The pages that carry an act to its signature: what blocks, where to mend it, each move."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conventions.actions.facts import standing_approvals, text_digest
from conventions.enums import ActStatus, ConventionStatus
from conventions.models import Act, Convention, Mandate
from conventions.tests.drafting import (
    SIGNED,
    TODAY,
    agree,
    agree_anew,
    empower,
    make_avenant,
    make_drafting_cast,
    prorogue,
    put_in_signature,
)
from conventions.tests.factories import make_signed_convention

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(client):
    cast = make_drafting_cast(status=ConventionStatus.EN_VALIDATION)
    client.force_login(cast.manager)
    return cast


def _at(name: str, *keys) -> str:
    return reverse(f"conventions:{name}", args=keys)


def _page(client, name: str, *keys) -> str:
    return client.get(_at(name, *keys)).content.decode()


def test_the_rail_lists_what_blocks_with_a_link_to_each_page(client, cast):
    pk = cast.convention.pk
    page = _page(client, "parcours", pk, 0)
    for words in ("n’a pas encore donné son accord", "Aucune délibération", "Personne ne signe"):
        assert words in page
    for place in (
        _at("approve", pk, 0),
        _at("mandate_create", pk, 0, cast.first.pk),
        _at("signatory_create", pk, 0, cast.second.pk),
        _at("checklist", pk, 0),
    ):
        assert f'href="{place}"' in page
    assert page.count('aria-current="step"') == 1
    assert "Personne ne signe" in _page(client, "draft", pk)


def test_a_reader_sees_what_blocks_without_links_that_refuse_them(client, cast):
    client.force_login(cast.reader)
    page = _page(client, "parcours", cast.convention.pk, 0)
    assert "n’a pas encore donné son accord" in page
    assert _at("mandate_create", cast.convention.pk, 0, cast.first.pk) not in page
    assert _at("approve", cast.convention.pk, 0) not in page


def test_a_stranger_and_the_other_side_of_a_private_draft_learn_nothing(client, cast):
    client.force_login(cast.stranger)
    assert client.get(_at("parcours", cast.convention.pk, 0)).status_code == 404
    signed = make_signed_convention(epci=cast.epci, action_logement=cast.groupe)
    act = make_avenant(signed, number=2001, status=ActStatus.PROJET, drafted_by=cast.epci)
    client.force_login(cast.counterpart)
    for name in ("parcours", "approve", "sign", "open_negotiation", "mandates"):
        assert client.get(_at(name, signed.pk, act.number)).status_code == 404


def test_a_text_is_closed_agreed_to_and_sent_to_signature_by_its_pages(client, cast):
    pk = cast.convention.pk
    Act.objects.update(status=ActStatus.EN_NEGOCIATION)
    Convention.objects.update(status=ConventionStatus.EN_NEGOCIATION)
    assert client.post(_at("close_text", pk, 0)).url == _at("parcours", pk, 0)
    for person in (cast.manager, cast.counterpart):
        client.force_login(person)
        page = client.get(_at("approve", pk, 0))
        answers = {
            "party": page.context["form"].fields["party"].queryset.get().pk,
            "digest": page.context["form"]["digest"].value(),
            "comment": "",
        }
        assert client.post(_at("approve", pk, 0), answers).url == _at("parcours", pk, 0)
    assert standing_approvals(cast.act).count() == 2
    refused = client.post(_at("send_to_signature", pk, 0))
    assert "Aucune délibération" in refused.content.decode()
    empower(cast.convention)
    assert client.post(_at("send_to_signature", pk, 0)).status_code == 302
    assert Act.objects.get().status == ActStatus.EN_SIGNATURE


def test_an_accord_to_a_text_that_changed_is_refused_and_keeps_what_was_typed(client, cast):
    answers = {"party": cast.first.pk, "digest": text_digest(cast.act), "comment": "Bon texte."}
    cast.act.article_versions.update(body="Autre chose.")
    page = client.post(_at("approve", cast.convention.pk, 0), answers).content.decode()
    assert "Le texte a changé" in page
    assert "Bon texte." in page


def test_nobody_gives_the_accord_of_another_party(client, cast):
    answers = {"party": cast.second.pk, "digest": text_digest(cast.act)}
    answer = client.post(_at("approve", cast.convention.pk, 0), answers)
    assert "party" in answer.context["form"].errors
    client.force_login(cast.platform)
    assert "ne parle pour personne" in _page(client, "approve", cast.convention.pk, 0)


def test_an_accord_is_withdrawn_with_its_reason_shown_to_all(client, cast):
    pk = cast.convention.pk
    agree(cast.act, by=cast.manager)
    assert _at("approval_withdraw", pk, 0) in _page(client, "parcours", pk, 0)
    answers = {"party": cast.first.pk, "reason": ""}
    assert "reason" in client.post(_at("approval_withdraw", pk, 0), answers).context["form"].errors
    answers["reason"] = "Le bureau veut relire."
    assert client.post(_at("approval_withdraw", pk, 0), answers).status_code == 302
    client.force_login(cast.counterpart)
    assert "Le bureau veut relire." in _page(client, "parcours", pk, 0)


def test_reopening_asks_why_and_says_that_accords_fall(client, cast):
    agree(cast.act, by=cast.manager)
    page = _page(client, "reopen", cast.convention.pk, 0)
    assert "les accords déjà donnés tomberont" in page
    client.post(_at("reopen", cast.convention.pk, 0), {"reason": "L’article 3."})
    assert not standing_approvals(cast.act).exists()


def test_the_platform_passes_over_powers_with_a_reason_that_every_reader_sees(client, cast):
    put_in_signature(cast.convention)
    Mandate.objects.update(received_on=None, published_on=None)
    client.force_login(cast.platform)
    answers = {"signed_on": SIGNED.isoformat(), "basis": "derniere_signature"}
    address = _at("sign", cast.convention.pk)
    assert "réception en préfecture" in client.post(address, answers).content.decode()
    answers["override_reason"] = "Registre détruit en 2019."
    assert client.post(address, answers).status_code == 302
    client.force_login(cast.reader)
    page = _page(client, "parcours", cast.convention.pk, 0)
    assert "Registre détruit en 2019." in page
    assert "sa réception en préfecture" in page


def test_an_act_already_signed_on_paper_is_taken_up(client, cast):
    Act.objects.update(status=ActStatus.EN_NEGOCIATION)
    assert "Le reprendre comme déjà signé" in _page(client, "parcours", cast.convention.pk, 0)
    client.post(_at("act_take_up", cast.convention.pk, 0))
    page = _page(client, "parcours", cast.convention.pk, 0)
    assert "Donné sur papier" in page
    assert "Le reprendre comme déjà signé" not in page


def test_the_creation_form_asks_whether_it_is_already_signed(client, cast):
    answers = {
        "drafted_by": cast.epci.pk,
        "reference": "REPRISE-2015",
        "title": "Convention reprise",
        "kind": "autre",
        "territory": str(cast.convention.territory),
        "recorded_afterwards": "on",
    }
    assert client.post(_at("create"), answers).status_code == 302
    convention = Convention.objects.get(reference="REPRISE-2015")
    assert convention.recorded_afterwards
    assert convention.acts.get().recorded_afterwards


def test_a_prorogation_shows_the_term_it_gives_and_is_signed_by_its_page(client, cast):
    convention = make_signed_convention(epci=cast.epci, action_logement=cast.groupe)
    act = make_avenant(convention, number=2001)
    prorogue(act)
    empower(convention, act)
    agree_anew(act, by=cast.manager)
    Act.objects.filter(pk=act.pk).update(status=ActStatus.EN_SIGNATURE)
    page = _page(client, "sign", convention.pk, 2001)
    assert "10\u00a0décembre\u00a02021" in page
    assert "art.\u00a01213" in page
    late = client.post(_at("sign", convention.pk, 2001), {"signed_on": TODAY.isoformat()})
    assert "vient trop tard" in late.content.decode()
    answers = {"signed_on": "2020-12-10"}
    assert client.post(_at("sign", convention.pk, 2001), answers).status_code == 302
    convention.refresh_from_db()
    assert convention.ends_on.isoformat() == "2021-12-10"


def test_a_mandate_is_recorded_for_the_act_it_was_voted_for(client, cast):
    convention = make_signed_convention(epci=cast.epci, action_logement=cast.groupe)
    act = make_avenant(convention, number=2001)
    party = convention.parties.get(position=1)
    address = _at("mandate_create", convention.pk, act.number, party.pk)
    page = client.get(address).content.decode()
    assert "data-vote-said" in page
    answers = {
        "kind": "deliberation",
        "number": "2020/12",
        "adopted_on": "2020-10-01",
        "act": act.pk,
        "votes_for": "40",
        "votes_against": "2",
        "abstentions": "3",
        "voters": "46",
    }
    assert "votes_for" in client.post(address, answers).context["form"].errors
    answers["voters"] = "45"
    assert client.post(address, answers).status_code == 302
    assert Mandate.objects.get(number="2020/12").act == act


def test_the_rail_costs_the_same_however_many_sign(client, cast):
    empower(cast.convention)
    with CaptureQueriesContext(connection) as few:
        _page(client, "parcours", cast.convention.pk, 0)
    for position in range(3, 12):
        mandate = Mandate.objects.create(party=cast.second, kind="pouvoir", adopted_on=SIGNED)
        fields = {"party": cast.second, "mandate": mandate, "capacity": "Président"}
        cast.act.signatories.create(position=position, name=f"N{position}", **fields)
    with CaptureQueriesContext(connection) as many:
        _page(client, "parcours", cast.convention.pk, 0)
    assert len(many) == len(few)

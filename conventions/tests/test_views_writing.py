"""Every page that writes opens for whoever may, and only for them."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import OrganisationKind, Role
from accounts.tests.factories import make_member, make_organisation
from conventions.enums import ConventionStatus
from conventions.models import TerminationClause
from conventions.tests.factories import give_clauses, make_article, make_convention

pytestmark = pytest.mark.django_db

PLAIN = (
    "draft",
    "edit",
    "parties",
    "party_create",
    "articles",
    "article_create",
    "visas",
    "clauses",
    "duration_edit",
    "revoyure_clause_edit",
    "termination_create",
    "follow_up_create",
    "mandates",
    "open_negotiation",
    "send_to_signature",
    "reopen",
    "sign",
    "close",
    "document_add",
)


@pytest.fixture
def scene():
    epci = make_organisation(name="Grand Lac", siren="242500361")
    groupe = make_organisation(name="Action Logement", kind=OrganisationKind.ACTION_LOGEMENT)
    convention = make_convention(
        epci=epci, action_logement=groupe, status=ConventionStatus.EN_NEGOCIATION
    )
    make_article(convention)
    give_clauses(convention)
    convention.manager = make_member(epci)
    convention.reader = make_member(epci, Role.LECTEUR)
    convention.stranger = make_member(make_organisation())
    return convention


def _pages(convention):
    yield from ((name, reverse(f"conventions:{name}", args=[convention.pk])) for name in PLAIN)
    party = convention.parties.first()
    for name in ("party_edit", "mandate_create", "signatory_create"):
        yield name, reverse(f"conventions:{name}", args=[convention.pk, party.pk])
    article = convention.articles.first()
    yield "article_edit", reverse("conventions:article_edit", args=[convention.pk, article.pk])
    clause = TerminationClause.objects.get()
    yield (
        "termination_edit",
        reverse("conventions:termination_edit", args=[convention.pk, clause.pk]),
    )


@pytest.mark.parametrize("status", ConventionStatus.values)
def test_each_page_opens_for_a_manager_whatever_the_status(client, scene, status):
    if status in (ConventionStatus.SIGNEE, ConventionStatus.RESILIEE):
        scene.starts_on, scene.starts_on_basis = date(2020, 1, 1), "clause"
    if status == ConventionStatus.BROUILLON:
        scene.drafted_by = scene.parties.first().organisation
    scene.status = status
    scene.save()
    client.force_login(scene.manager)
    for name, address in _pages(scene):
        response = client.get(address)
        assert response.status_code == 200, name
        assert response.content.decode().count("<h1") == 1, name


def test_a_reader_is_refused_and_a_stranger_finds_nothing(client, scene):
    for person, expected in ((scene.reader, 403), (scene.stranger, 404)):
        client.force_login(person)
        for name, address in _pages(scene):
            assert client.get(address).status_code == expected, name
            assert client.post(address, {}).status_code in {expected, 405}, name

"""The list of conventions: who sees what, filters in the address, passages found, few queries."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import OrganisationKind, Role
from accounts.tests.factories import make_member, make_organisation, make_user
from conventions.enums import ConventionKind, ConventionStatus
from conventions.models import Convention
from conventions.tests.factories import make_article, make_convention, make_territory
from engagements.tests.factories import make_engagement
from reporting.tests.pages import make_busy_convention, make_deadline, queries_of
from territories.enums import TerritoryKind
from territories.models import Containment

LIST = "/conventions/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, cast):
    """Read the list as the EPCI's manager."""
    client.force_login(cast.manager)

    def read(query: str = "") -> str:
        answer = client.get(LIST + query)
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def test_a_party_finds_its_convention_and_a_stranger_nothing(page, client, cast):
    assert cast.convention.reference in page()
    client.force_login(cast.stranger)
    html = client.get(LIST).content.decode()
    assert cast.convention.reference not in html
    assert "n’a encore aucune convention" in html


def test_nobody_reads_the_list_without_logging_in(client, cast):
    answer = client.get(LIST)
    assert answer.status_code == 302
    assert answer.url.startswith("/connexion/")


def test_a_draft_is_kept_from_the_other_party(page, client, cast):
    draft = make_convention(epci=cast.epci, action_logement=cast.action_logement)
    assert draft.reference in page()
    client.force_login(cast.counterpart)
    assert draft.reference not in client.get(LIST).content.decode()


def test_a_line_says_situation_span_next_date_and_lateness(page, cast):
    convention = cast.convention
    Convention.objects.filter(pk=convention.pk).update(ends_on=date(2098, 12, 10))
    make_engagement(convention, cast.first_party, due_on=date(2018, 6, 30))
    make_deadline(convention, due_on=date(2099, 3, 1), title="Plus tard")
    make_deadline(convention, due_on=date(2098, 3, 1), title="Ouvrir la revoyure")
    html = page()
    assert "En vigueur" in html
    assert "11\u00a0décembre\u00a02017" in html
    assert "Ouvrir la revoyure" in html
    assert "Plus tard" not in html
    assert "1\u00a0engagement en retard" in html


def test_a_term_that_nobody_recorded_is_not_called_in_force(page, cast):
    assert "Échue, à régulariser" in page()


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("?situation=poursuite_de_fait", True),
        ("?situation=en_vigueur", False),
        ("?situation=inconnue", True),
        ("?type=epci_action_logement", True),
        ("?type=ville_bailleur", False),
        ("?q=grand+lac", True),
        ("?q=introuvable", False),
        ("?q=%00", True),
        ("?territoire=Pertuis", False),
        ("?tri=-terme&page=999", True),
        ("?tri=mot-de-passe&page=deux", True),
    ],
)
def test_the_address_filters(page, cast, query, is_found):
    assert (f"/conventions/{cast.convention.pk}/" in page(query)) is is_found


def test_a_territory_is_found_by_its_name_its_code_or_a_commune_it_holds(page, cast):
    place = cast.convention.territory
    pertuis = make_territory(kind=TerritoryKind.COMMUNE, code="84089", name="Pertuis")
    Containment.objects.create(parent=place, child=pertuis)
    for sought in (place.name, place.code, "pertuis"):
        assert cast.convention.reference in page(f"?territoire={sought}")


def test_a_region_is_offered_to_whoever_follows_several(client, cast):
    regions = [
        make_territory(kind=TerritoryKind.REGION, code=code, name=f"Région {code}")
        for code in ("27", "93")
    ]
    Convention.objects.filter(pk=cast.convention.pk).update(region=regions[0])
    delegation = make_organisation(
        kind=OrganisationKind.DELEGATION, acts_for=cast.action_logement, regions=regions
    )
    client.force_login(make_member(delegation, Role.LECTEUR))
    assert cast.convention.reference in client.get(f"{LIST}?region=27").content.decode()
    html = client.get(f"{LIST}?region=93").content.decode()
    assert cast.convention.reference not in html
    assert "Région 93" in html


def test_words_are_found_in_an_article_with_the_passage_marked(page, cast):
    draft = make_convention(epci=cast.epci, action_logement=cast.action_logement)
    article = make_article(draft, "2.4", body="Le rythme de la <b>rénovation</b> thermique.")
    html = page("?q=rénovation")
    assert "<mark>rénovation</mark>" in html
    assert "&lt;b&gt;" in html
    assert f"/conventions/{draft.pk}/texte/#art-{article.pk}" in html
    assert cast.convention.reference not in html


def test_words_are_found_in_an_engagement(page, cast):
    engagement = make_engagement(cast.convention, title="Réserver 25 % des attributions")
    html = page("?q=attributions")
    assert "<mark>attributions</mark>" in html
    assert reverse("engagements:detail", args=[engagement.pk]) in html


def test_a_stranger_finds_nothing_by_its_words(client, cast):
    make_engagement(cast.convention, title="Réserver 25 % des attributions")
    client.force_login(cast.stranger)
    html = client.get(f"{LIST}?q=attributions").content.decode()
    assert "Aucune convention ne répond" in html


def test_the_order_is_the_one_asked_for(client, cast):
    for year in (2030, 2029, 2031):
        convention = make_convention(epci=cast.epci, reference=f"TERME-{year}")
        Convention.objects.filter(pk=convention.pk).update(
            status=ConventionStatus.SIGNEE,
            starts_on=date(2020, 1, 1),
            starts_on_basis="clause",
            ends_on=date(year, 1, 1),
        )
    client.force_login(cast.manager)
    answer = client.get(f"{LIST}?q=TERME-&tri=-terme")
    assert [row.reference for row in answer.context["rows"]] == [
        "TERME-2031",
        "TERME-2030",
        "TERME-2029",
    ]
    assert b'aria-sort="descending"' in answer.content


def test_a_page_holds_twenty_five_lines_and_keeps_its_filter(client, cast):
    for rank in range(26):
        make_convention(
            epci=cast.epci, reference=f"LOT-{rank:02d}", kind=ConventionKind.VILLE_BAILLEUR
        )
    client.force_login(cast.manager)
    first = client.get(f"{LIST}?type=ville_bailleur")
    assert len(first.context["rows"]) == 25
    assert "?page=2&amp;type=ville_bailleur" in first.content.decode()
    assert len(client.get(f"{LIST}?type=ville_bailleur&page=2").context["rows"]) == 1


@pytest.mark.parametrize("query", ["", "?q=promesse", "?situation=poursuite_de_fait&tri=terme"])
def test_queries_do_not_grow_with_the_list(client, cast, query):
    make_busy_convention(cast.epci, cast.action_logement)
    client.force_login(cast.manager)
    with_few = queries_of(client, LIST + query)
    for _ in range(10):
        make_busy_convention(cast.epci, cast.action_logement)
    assert queries_of(client, LIST + query) == with_few
    assert with_few <= 8


def test_the_platform_stays_within_eight_queries_too(client, cast):
    client.force_login(make_user(is_superuser=True))
    assert queries_of(client, LIST) <= 8
    assert queries_of(client, f"{LIST}?q=lac") <= 8


def test_the_list_only_reads(client, cast):
    client.force_login(cast.manager)
    assert client.post(LIST).status_code == 405

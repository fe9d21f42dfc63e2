"""Dates by place, what awaits one's side, and the list taken away as a file."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.enums import OrganisationKind, Role, Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_member, make_organisation, make_user
from conventions.models import Convention
from conventions.tests.factories import make_signed_convention, make_territory
from engagements.tests.factories import make_engagement
from reminders.actions.settling import answer
from reminders.enums import DeadlineKind
from reminders.tests.factories import make_deadline
from territories.enums import ContainmentSource, TerritoryKind
from territories.models import Containment

pytestmark = pytest.mark.django_db


def _in(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def regions(cast):
    """Two regions of Action Logement's: one with something late, the other with something near."""
    north = make_territory(kind=TerritoryKind.REGION, code="32", name="Hauts-de-France")
    south = make_territory(kind=TerritoryKind.REGION, code="93", name="Provence")
    here = cast.convention
    there = make_signed_convention(
        epci=make_organisation(name="Étang Bleu"), action_logement=cast.action_logement
    )
    for convention, region in ((here, north), (there, south)):
        Convention.objects.filter(pk=convention.pk).update(region=region, ends_on=_in(900))
        convention.refresh_from_db()
    make_deadline(here, title="En retard", due_on=_in(-4))
    make_deadline(here, title="Plus tard", due_on=_in(200))
    make_deadline(there, title="Bientôt", due_on=_in(20))
    return here, there


def _get(client, user, query=""):
    client.force_login(user)
    return client.get(reverse("reminders:by_place") + query)


def _titles(client, user, query):
    client.force_login(user)
    rows = client.get(reverse("reminders:list") + query).context["rows"]
    return [row.title for row in rows]


def test_each_region_is_counted_and_leads_to_its_list(client, cast, regions):
    response = _get(client, cast.counterpart)
    lines = [(p.name, p.conventions, p.late, p.soon) for p in response.context["places"]]
    assert lines == [("Hauts-de-France", 1, 1, 0), ("Provence", 1, 0, 1)]
    assert "etat=en-retard&amp;region=32" in response.content.decode()
    assert _titles(client, cast.counterpart, "?etat=en-retard&region=32") == ["En retard"]
    assert _titles(client, cast.counterpart, "?etat=a-venir&periode=90&region=93") == ["Bientôt"]


def test_a_region_is_counted_by_territory(client, cast, regions):
    (place,) = _get(client, cast.counterpart, "?region=32").context["places"]
    assert (place.code, place.late) == (regions[0].territory.code, 1)
    assert _titles(client, cast.counterpart, f"?{place.query}") == ["En retard", "Plus tard"]


def test_a_delegation_counts_its_regions_alone_and_a_stranger_nothing(client, cast, regions):
    delegation = make_organisation(
        kind=OrganisationKind.DELEGATION, acts_for=cast.action_logement,
        regions=[regions[1].region],
    )  # fmt: skip
    agent = make_member(delegation, Role.LECTEUR)
    assert [p.name for p in _get(client, agent).context["places"]] == ["Provence"]
    assert _get(client, cast.stranger).context["places"] == []
    assert len(_get(client, make_user(is_superuser=True)).context["places"]) == 2


def test_what_is_kept_apart_is_not_counted_for_the_others(client, cast, regions):
    make_deadline(regions[0], due_on=_in(5), reserved_to=cast.epci)
    make_deadline(regions[0], due_on=_in(5), owner=cast.manager)
    assert _get(client, cast.counterpart).context["places"][0].soon == 0
    assert _get(client, cast.manager).context["places"][0].soon == 2


@pytest.mark.parametrize("count", [1, 6])
def test_it_costs_the_same_queries_whatever_the_number_of_regions(
    client, cast, count, django_assert_max_num_queries
):
    for rank in range(count):
        region = make_territory(kind=TerritoryKind.REGION, code=f"{rank}")
        make_deadline(make_signed_convention(epci=cast.epci, region=region, ends_on=_in(90)))
    client.force_login(cast.manager)
    with django_assert_max_num_queries(10):
        client.get(reverse("reminders:by_place"))


def test_a_place_is_found_by_what_holds_it_and_what_it_holds(client, cast, regions):
    department = make_territory(kind=TerritoryKind.DEPARTEMENT, code="59", name="Nord")
    town = make_territory(kind=TerritoryKind.COMMUNE, code="59350", name="Lille")
    for parent in (department, regions[0].territory):
        Containment.objects.create(parent=parent, child=town, source=ContainmentSource.SAISIE)
    for sought in ("Lille", "Nord", "59"):
        assert "En retard" in _titles(client, cast.counterpart, f"?territoire={sought}")
    assert _titles(client, cast.counterpart, "?territoire=Marseille") == []


@pytest.mark.parametrize("words", ["etang bleu", "ÉTANG", "Étang Bleu"])
def test_words_are_found_with_or_without_their_accents(client, cast, regions, words):
    Convention.objects.filter(pk=regions[1].pk).update(title="Convention de l’Étang Bleu")
    assert _titles(client, cast.counterpart, f"?convention={words}") == ["Bientôt"]


# What awaits one's side ---------------------------------------------------------------------------


def test_what_awaits_me_is_what_my_side_has_not_answered(client, cast, regions):
    here = regions[0]
    for rank, title in enumerate(("Prise", "Libre")):
        make_deadline(here, title=title, due_on=_in(30 + rank))
    engagement = make_engagement(here, cast.second_party)
    make_deadline(
        here, title="Aux autres", due_on=_in(40), kind=DeadlineKind.ENGAGEMENT,
        engagement=engagement,
    )  # fmt: skip
    taken = here.deadlines.get(title="Prise")
    answer(
        taken, kind="prise_en_charge", by=cast.manager, on=timezone.localdate(), now=timezone.now()
    )
    mine = _titles(client, cast.manager, "?attend=on")
    assert mine == ["En retard", "Libre", "Plus tard"]
    theirs = _titles(client, cast.counterpart, "?attend=on&region=32")
    assert theirs == ["En retard", "Prise", "Libre", "Aux autres", "Plus tard"]


def test_a_way_out_closed_apart_leaves_my_list_and_not_theirs(client, cast, regions):
    way_out = make_deadline(
        regions[0], title="Sortir", due_on=_in(9), kind=DeadlineKind.RESILIATION
    )
    how = {"by": cast.manager, "on": timezone.localdate(), "now": timezone.now()}
    answer(way_out, kind="sans_objet", reason="nous restons", **how)
    assert "Sortir" not in _titles(client, cast.manager, "")
    assert _titles(client, cast.manager, "?etat=sans-objet") == ["Sortir"]
    assert "Sortir" in _titles(client, cast.counterpart, "")
    assert _titles(client, cast.counterpart, "?etat=sans-objet") == []


# Taken away ---------------------------------------------------------------------------------------


def _take(client, user, fmt, query=""):
    client.force_login(user)
    return client.post(reverse("reporting:export_deadlines", args=[fmt]) + query)


def test_the_file_holds_exactly_what_the_filter_shows(client, cast, regions):
    answered = _take(client, cast.counterpart, "csv", "?etat=en-retard")
    rows = list(csv.reader(io.StringIO(answered.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[6] for row in rows[1:]] == ["En retard"]
    assert rows[1][7] == _in(-4).isoformat()
    assert JournalEntry.objects.get(verb=Verb.EXPORTED).subject_label == "1\u00a0échéance en CSV"


def test_the_workbook_is_typed_and_runs_nothing(client, cast, regions):
    make_deadline(regions[0], title="=1+1", due_on=_in(2))
    answered = _take(client, cast.manager, "xlsx")
    sheet = load_workbook(io.BytesIO(answered.content)).active
    titles = [cell.value for cell in sheet["G"]]
    assert "'=1+1" in titles
    assert sheet["H2"].is_date
    assert "echeances-" in answered.headers["Content-Disposition"]


def test_the_file_holds_nothing_kept_apart_from_its_reader(client, cast, regions):
    make_deadline(regions[0], title="Interne", due_on=_in(2), reserved_to=cast.epci)
    make_deadline(regions[0], title="À moi", due_on=_in(2), owner=cast.manager)
    assert "Interne" not in _take(client, cast.counterpart, "csv").content.decode("utf-8-sig")
    own = _take(client, cast.manager, "csv").content.decode("utf-8-sig")
    assert "Interne" in own
    assert "vous seul" in own


def test_another_format_does_not_exist(client, cast):
    assert _take(client, cast.manager, "pdf").status_code == 404
    client.force_login(cast.manager)
    address = reverse("reporting:export_deadlines", args=["csv"])
    assert client.get(address).status_code == 405

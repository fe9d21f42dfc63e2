"""The balance on the page: who sees it, what it shows, filters in the address, taken away."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.tests.factories import make_organisation
from conventions.models import Convention
from conventions.tests.factories import make_convention, make_party
from engagements.enums import Recurrence, State, Strength
from engagements.models import StateChange, Theme
from engagements.tests.factories import (
    make_engagement,
    make_indicator,
    make_measurement,
    make_target,
)

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


def _page(client, user, convention: Convention, **filters):
    client.force_login(user)
    return client.get(reverse("engagements:balance", args=[convention.pk]), filters)


def _pair(cast, **fields):
    mine = make_engagement(cast.convention, cast.first_party, **fields)
    theirs = make_engagement(cast.convention, cast.second_party, **fields)
    mine.counterparts.add(theirs)
    return mine, theirs


def _codes(response) -> list[str]:
    return sorted(
        card.entry.code
        for section in response.context["sections"]
        for line in [*(cell for row in section.lines for cell in row.cells), section.joint]
        for card in line
    )


def test_everyone_of_both_parties_reads_the_balance_and_a_stranger_learns_nothing(client, cast):
    for user in (cast.manager, cast.contributor, cast.reader, cast.counterpart):
        assert _page(client, user, cast.convention).status_code == 200
    assert _page(client, cast.stranger, cast.convention).status_code == 404


def test_an_empty_balance_says_what_to_do_to_who_may_do_it(client, cast):
    create = reverse("engagements:create", args=[cast.convention.pk])
    assert create in _page(client, cast.manager, cast.convention).content.decode()
    assert create not in _page(client, cast.reader, cast.convention).content.decode()


def test_counterparts_face_each_other_and_joint_ones_stand_between(client, cast):
    _pair(cast)
    make_engagement(cast.convention)
    html = _page(client, cast.reader, cast.convention).content.decode()
    assert html.index("pair__side--a") < html.index('id="e1"') < html.index("pair__side--b")
    assert html.index("pair__side--b") < html.index('id="e2"') < html.index('class="joint"')
    assert "pair--alone" not in html


def test_every_debtor_is_named_for_those_who_do_not_see_the_sides(client, cast):
    _pair(cast)
    make_engagement(cast.convention)
    html = _page(client, cast.reader, cast.convention).content.decode()
    for name in (cast.first_party.alias, cast.second_party.alias, "Ensemble"):
        assert f'<span class="engagement__debtor">{name}</span>' in html


def test_a_promise_without_counterpart_says_so(client, cast):
    make_engagement(cast.convention, cast.second_party)
    html = _page(client, cast.reader, cast.convention).content.decode()
    alias = cast.first_party.alias
    assert f"Le texte ne prévoit pas de contrepartie d’{alias}." in html
    assert f"sans contrepartie d’{alias}" in html


def test_what_is_typed_never_becomes_markup(client, cast):
    make_engagement(
        cast.convention,
        cast.first_party,
        title="<script>alert(1)</script>",
        condition="<b>",
        state=State.SUSPENDU,
    )
    html = _page(client, cast.reader, cast.convention).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html
    assert "&lt;b&gt;" in html


def test_filters_live_in_the_address_and_narrow_the_detail(client, cast):
    theme = Theme.objects.create(convention=cast.convention, name="Produire")
    _pair(cast, theme=theme, state=State.TENU)
    make_engagement(
        cast.convention, strength=Strength.INTENTION, due_on=date(2018, 1, 1), state=State.EN_COURS
    )
    expected = {
        "theme": (theme.pk, ["E1", "E2"]),
        "etat": ("en_retard", ["E3"]),
        "partie": (cast.first_party.pk, ["E1"]),
        "force": (Strength.INTENTION, ["E3"]),
        "echeance": ("2018", ["E3"]),
    }
    for name, (value, codes) in expected.items():
        response = _page(client, cast.reader, cast.convention, **{name: value})
        assert _codes(response) == codes, name
        assert f'<option value="{value}" selected>' in response.content.decode()
    together = _page(client, cast.reader, cast.convention, partie="ensemble")
    assert _codes(together) == ["E3"]


def test_a_filter_that_means_nothing_keeps_everything(client, cast):
    _pair(cast)
    response = _page(client, cast.reader, cast.convention, theme="9999", etat="<x>", partie="zz")
    assert _codes(response) == ["E1", "E2"]


def test_a_counterpart_left_out_by_the_filter_is_still_linked(client, cast):
    mine, theirs = _pair(cast)
    html = _page(
        client, cast.reader, cast.convention, partie=str(mine.debts.get().party_id)
    ).content.decode()
    assert "ne prévoit pas" not in html
    assert f'<a href="/engagements/{theirs.pk}/">E2' in html


def test_the_balance_is_also_read_by_theme(client, cast):
    theme = Theme.objects.create(convention=cast.convention, name="Produire")
    _pair(cast, theme=theme)
    response = _page(client, cast.reader, cast.convention, par="theme")
    assert [section.heading for section in response.context["sections"]] == ["Produire"]


def test_figures_below_their_target_show_over_a_quiet_state(client, cast):
    owed = make_engagement(cast.convention, cast.first_party, state=State.EN_COURS)
    indicator = make_indicator()
    make_target(cast.convention, indicator, engagement=owed)
    make_measurement(cast.convention, indicator)
    html = _page(client, cast.reader, cast.convention).content.decode()
    assert "state--sous-objectif" in html
    assert "131 sur 170 en 2018" in html


def test_three_parties_have_a_column_each_and_several_debtors_are_named(client, cast):
    ville = make_party(cast.convention, make_organisation(name="Ville"), alias="la Ville")
    make_engagement(cast.convention, ville)
    make_engagement(cast.convention, cast.first_party, ville)
    make_engagement(cast.convention)
    html = _page(client, cast.reader, cast.convention).content.decode()
    assert "balance--many" in html
    assert html.count('<th scope="col">') == 4
    assert f"{cast.first_party.alias} et la Ville" in html
    assert "parties__joint" in html


def test_a_party_that_has_left_keeps_its_column_while_it_owes(client, cast):
    make_engagement(cast.convention, cast.second_party)
    successor = make_party(cast.convention, make_organisation(name="Suite"), alias="la Suite")
    cast.second_party.ends_on = date(2019, 12, 31)
    cast.second_party.save()
    response = _page(client, cast.reader, cast.convention)
    shown = [due.party for due in response.context["dues"]]
    assert shown == [cast.first_party, cast.second_party, successor]


def test_a_draft_reads_its_articles_as_they_are_being_written(client, cast):
    draft = make_convention(epci=cast.epci, status="en_negociation")
    make_engagement(draft)
    assert _page(client, cast.manager, draft).status_code == 200


@pytest.mark.parametrize("extra", [{}, {"par": "theme"}])
def test_the_page_asks_as_many_questions_for_one_as_for_ten(client, cast, extra):
    indicator = make_indicator()

    def questions() -> int:
        _page(client, cast.manager, cast.convention, **extra)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("engagements:balance", args=[cast.convention.pk]), extra)
        return len(asked)

    def grow(year: int) -> None:
        mine, _theirs = _pair(cast, recurrence=Recurrence.ANNUELLE)
        make_target(cast.convention, indicator, engagement=mine, year=year)
        StateChange.objects.create(
            engagement=mine,
            old_state=State.A_VENIR,
            state=State.TENU,
            party=cast.first_party,
            declared_by=cast.manager,
            declared_on=date(2019, 1, 1),
        )

    grow(2001)
    first = questions()
    for year in range(2002, 2012):
        grow(year)
    assert questions() == first <= MOST_QUERIES


# Taken away --------------------------------------------------------------------------------------


def _export(client, user, convention, **filters) -> list[list[str]]:
    client.force_login(user)
    response = client.get(reverse("engagements:balance_export", args=[convention.pk]), filters)
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_what_is_shown_is_what_is_taken_away(client, cast):
    _pair(cast, title="Produire ; « vite »")
    header, *rows = _export(client, cast.reader, cast.convention, partie=cast.first_party.pk)
    assert header[0] == "Numéro"
    assert [row[:2] for row in rows] == [["E1", "Produire ; « vite »"]]


def test_a_formula_is_taken_away_as_text(client, cast):
    make_engagement(cast.convention, title='=HYPERLINK("http://ailleurs")')
    _header, row = _export(client, cast.reader, cast.convention)
    assert row[1].startswith("'=")


def test_a_stranger_takes_nothing_away(client, cast):
    client.force_login(cast.stranger)
    address = reverse("engagements:balance_export", args=[cast.convention.pk])
    assert client.get(address).status_code == 404


def test_reading_writes_nothing(client, cast):
    _pair(cast)
    client.force_login(cast.reader)
    for name in ("engagements:balance", "engagements:balance_export"):
        address = reverse(name, args=[cast.convention.pk])
        assert client.post(address).status_code == 405
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert all(query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE")) for query in asked)

"""The list taken away: what the filter shows, harmless in a spreadsheet, told in the journal."""

import csv
import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from accounts.enums import Verb
from accounts.models import JournalEntry
from conventions.models import Convention
from conventions.tests.factories import make_convention
from engagements.tests.factories import make_engagement
from reporting.tests.pages import make_busy_convention, make_deadline
from reporting.views.exports import HEADINGS

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(client, cast):
    def _export(fmt: str = "csv", query: str = "", user=None):
        client.force_login(user or cast.manager)
        return client.post(f"/exports/conventions.{fmt}{query}")

    return _export


def rows_of(answer) -> list[list[str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_each_line_holds_what_the_list_shows(export, cast):
    make_engagement(cast.convention, cast.first_party, due_on=date(2018, 6, 30))
    make_deadline(cast.convention, due_on=date(2099, 3, 1), title="Ouvrir la revoyure")
    headings, row = rows_of(export())
    assert tuple(headings) == HEADINGS
    told = dict(zip(headings, row, strict=True))
    assert told["Référence"] == cast.convention.reference
    assert told["Prend effet le"] == "2017-12-11"
    assert told["État"] == "Échue, poursuite de fait à régulariser"
    assert told["Prochaine échéance"] == "Ouvrir la revoyure"
    assert told["Le"] == "2099-03-01"
    assert told["Engagements en retard"] == "1"


def test_the_filter_of_the_page_is_the_filter_of_the_file(export, cast):
    make_convention(epci=cast.epci, reference="PROJET-1", title="Seul retenu")
    assert [row[0] for row in rows_of(export(query="?q=seul+retenu"))[1:]] == ["PROJET-1"]


def test_a_stranger_takes_nothing_away(export, cast):
    assert len(rows_of(export(user=cast.stranger))) == 1


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+33", "@SUM(A1)", "-2+3", "＝1"])
def test_no_title_becomes_a_formula(export, cast, title):
    Convention.objects.filter(pk=cast.convention.pk).update(title=title)
    assert rows_of(export())[1][1] == f"'{title}"
    sheet = load_workbook(io.BytesIO(export("xlsx").content)).active
    cell = sheet.cell(2, 2)
    assert cell.data_type == "s"
    assert cell.value == f"'{title}"


def test_numbers_and_dates_are_typed_in_the_workbook(export, cast):
    sheet = load_workbook(io.BytesIO(export("xlsx").content)).active
    row = {heading.value: cell.value for heading, cell in zip(sheet[1], sheet[2], strict=True)}
    assert row["Prend effet le"] == datetime(2017, 12, 11)  # noqa: DTZ001
    assert row["Jours restants"] < 0
    assert row["Engagements en retard"] == 0


def test_the_journal_keeps_who_took_what_away(export, cast):
    export("xlsx", "?situation=poursuite_de_fait")
    entry = JournalEntry.objects.get(verb=Verb.EXPORTED)
    assert entry.actor == cast.manager
    assert entry.subject_label == "1\u00a0convention en XLSX"
    assert entry.data == {
        "format": "xlsx",
        "rows": 1,
        "filters": {"situation": "poursuite_de_fait"},
    }


def test_a_link_cannot_take_anything_away(client, cast):
    client.force_login(cast.manager)
    assert client.get("/exports/conventions.csv").status_code == 405
    assert not JournalEntry.objects.filter(verb=Verb.EXPORTED).exists()


def test_an_unknown_format_does_not_exist(export):
    assert export("pdf").status_code == 404


def test_the_file_is_not_kept_by_caches_and_has_a_name(export):
    answer = export()
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"].startswith('attachment; filename="conventions-')


def test_queries_do_not_grow_with_the_file(export, cast, django_assert_max_num_queries):
    for _ in range(10):
        make_busy_convention(cast.epci, cast.action_logement)
    export()
    with django_assert_max_num_queries(30):
        assert len(rows_of(export())) == 12

"""The content of the demonstration, read as data: complete, consistent, and in our own words."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings

from accounts.rules.siren import validate_rna, validate_siren
from engagements.enums import Appreciation
from reporting.demo.amp import AMP
from reporting.demo.besancon import BESANCON
from reporting.demo.demo_calendar import DemoCalendar
from reporting.demo.demo_epci import demo_epci
from reporting.demo.demo_projects import demo_negotiation, demo_project
from reporting.demo.dijon import DIJON
from reporting.demo.ophlm import OPHLM
from reporting.demo.people import ACCOUNTS, ORGANISATIONS, SPEAKERS
from reporting.demo.texts import passages, plain, unwrap

ON = date(2026, 11, 20)
HISTORICAL = (BESANCON, DIJON, AMP, OPHLM)
EVERY = (*HISTORICAL, demo_epci(ON), demo_negotiation(ON), demo_project(ON))
REFERENCE = settings.BASE_DIR.parent / "shared" / "reference"
SHINGLE = 8

every_convention = pytest.mark.parametrize("data", EVERY, ids=lambda data: data.reference)


def test_wrapped_lines_become_paragraphs_and_lists():
    source = """
        Une phrase sur
        deux lignes :

        - un premier point
        qui continue ;
        - un second.
        """
    assert unwrap(source) == (
        "Une phrase sur deux lignes :\n\n- un premier point qui continue ;\n- un second."
    )


def test_a_marked_passage_is_read_and_its_marks_leave_the_wording():
    article = DIJON.articles[8]
    assert "[[" not in plain(article.body)
    words = passages([article])["2"].words
    assert words in plain(article.body)


@every_convention
def test_every_engagement_rests_on_a_passage_of_the_text(data):
    marked = set(passages(data.articles))
    numbers = {str(number) for number in range(1, len(data.engagements) + 1)}
    assert {key for key in marked if key.isdigit()} == numbers


@every_convention
def test_every_clause_quotes_the_text(data):
    marked = set(passages(data.articles))
    expected = {termination.passage for termination in data.terminations}
    expected |= {"duree"} if data.duration else set()
    expected |= {"revoyure"} if data.revoyure is not None else set()
    assert expected <= marked


@every_convention
def test_a_counterpart_is_an_earlier_engagement_of_the_other_side(data):
    for number, engagement in enumerate(data.engagements, start=1):
        for other in engagement.answers:
            assert other < number
            assert data.engagements[other - 1].by != engagement.by


@every_convention
def test_every_theme_is_used_and_every_engagement_has_one(data):
    assert {engagement.theme for engagement in data.engagements} == set(data.themes)


@every_convention
def test_what_is_handed_over_reads_everything_that_is_owed_and_says_why_it_was_not_kept(data):
    for revoyure in data.revoyures:
        for contribution in revoyure.contributions:
            for appreciation, comment in contribution.readings.values():
                assert comment or appreciation != Appreciation.NON_TENU
            if contribution.handed_over_on:
                assert not contribution.unread


def test_the_conventions_are_as_substantial_as_the_acts_they_stand_for():
    counts = {data.reference: len(data.engagements) for data in EVERY}
    assert counts["BESANCON-2017"] >= 30
    assert counts["DIJON-2017"] >= 25
    assert counts["AMP-2018"] >= 12
    assert counts["OPHLM-1998"] == 13
    assert counts["DEMO"] >= 24
    assert len(BESANCON.articles) == 33
    assert len(DIJON.articles) == 27
    assert max(article.level for article in BESANCON.articles) == 3


def test_every_assumed_date_says_so():
    for data in HISTORICAL:
        assert "pour la démonstration" in data.signature.note
        assert len(data.signature.note) <= 300


def test_the_blanks_of_the_text_stay_blanks():
    assert sum(plain(article.body).count("X M€") for article in AMP.articles) == 4


def test_the_identifiers_of_the_organisations_are_valid():
    for organisation in ORGANISATIONS.values():
        if siren := organisation.facts.get("siren"):
            validate_siren(siren)
        if rna := organisation.facts.get("rna"):
            validate_rna(rna)


def test_accounts_are_addresses_that_lead_nowhere():
    emails = [account.email for account in ACCOUNTS]
    assert len(set(emails)) == len(emails)
    assert all(email.endswith(".demo") for email in emails)
    assert set(SPEAKERS.values()) <= set(emails)


@pytest.mark.parametrize("days", range(0, 366, 7))
def test_whatever_the_day_of_loading_the_fictitious_convention_is_in_force(days):
    calendar = DemoCalendar(ON + timedelta(days=days))
    data = demo_epci(calendar.on)
    assert data.parties[0].mandate["received_on"] < data.begun_on < calendar.signed_on
    assert calendar.signed_on < calendar.on < calendar.signed_on + timedelta(days=3 * 365)
    assert all(state.on <= calendar.on for state in data.states)
    assert all(calendar.signed_on <= state.on for state in data.states)
    first, second = data.revoyures
    assert calendar.signed_on <= first.opened_on < first.frozen_on < second.opened_on < calendar.on
    assert first.year <= first.opened_on.year
    assert second.year <= second.opened_on.year
    assert {value.year for value in data.values} == {calendar.year - 1, calendar.year}
    assert all(value.entered_on <= calendar.on for value in data.values)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def _everything_said(data) -> list[str]:
    words = [data.title, *data.visas, *data.considerants, *data.note]
    words += [text for article in data.articles for text in (article.heading, plain(article.body))]
    words += [engagement.title for engagement in data.engagements]
    words += [engagement.condition for engagement in data.engagements]
    words += [indicator.definition for indicator in data.indicators]
    words += [state.comment for state in data.states]
    words += [revoyure.conclusion for revoyure in data.revoyures]
    words += [said.statement for revoyure in data.revoyures for said in revoyure.contributions]
    return words


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the public acts are not at hand")
@every_convention
def test_no_eight_words_in_a_row_come_from_the_public_acts(data):
    public = set()
    for path in REFERENCE.glob("*.txt"):
        public |= _shingles(path.read_text(encoding="utf-8"))
    said = set().union(*map(_shingles, _everything_said(data)))
    assert [" ".join(words) for words in sorted(said & public)] == []

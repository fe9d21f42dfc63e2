"""Calendar entries read back by an independent parser of our own making: unfold, then split."""

from datetime import UTC, date, datetime

import pytest

from reminders.rules.agenda import Entry, calendar

AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


def _entry(**fields):
    fields.setdefault("uid", "1-terme@revoyure")
    fields.setdefault("day", date(2026, 12, 31))
    fields.setdefault("summary", "Terme")
    fields.setdefault("description", "Fondement")
    fields.setdefault("url", "https://exemple.fr/echeances/1/")
    fields.setdefault("stamped_at", AT)
    return Entry(**fields)


def _properties(**fields):
    lines = calendar([_entry(**fields)]).decode().replace("\r\n ", "").split("\r\n")
    return dict(line.split(":", 1) for line in lines if line)


def test_a_legal_day_is_a_whole_day_through_the_turn_of_the_year():
    properties = _properties()
    assert properties["DTSTART;VALUE=DATE"] == "20261231"
    assert properties["DTEND;VALUE=DATE"] == "20270101"
    assert properties["DTSTAMP"] == "20261120T083000Z"


@pytest.mark.parametrize("title", ["é" * 200, "a" * 500, "«\u202f€\u202f»" * 40])
def test_lines_are_folded_at_75_octets_and_read_back_whole(title):
    data = calendar([_entry(summary=title)])
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert _properties(summary=title)["SUMMARY"] == title


def test_texts_are_escaped():
    properties = _properties(summary="a;b,c\\d", description="un\ndeux\r\ntrois")
    assert properties["SUMMARY"] == "a\\;b\\,c\\\\d"
    assert properties["DESCRIPTION"] == "un\\ndeux\\ntrois"


@pytest.mark.parametrize("field", ["summary", "description", "uid", "url"])
@pytest.mark.parametrize("trap", ["x\r\nATTENDEE:mailto:a@b.fr", "x\nATTENDEE:a", "x\rATTENDEE:a"])
def test_no_title_opens_another_property(field, trap):
    names = [
        line.split(":")[0].split(";")[0]
        for line in calendar([_entry(**{field: trap})]).decode().split("\r\n")
    ]
    assert "ATTENDEE" not in names
    assert not any("\n" in name or "\r" in name for name in names)


def test_the_file_is_one_calendar():
    data = calendar([_entry(), _entry(uid="2")]).decode()
    assert data.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert data.endswith("END:VCALENDAR\r\n")
    assert data.count("BEGIN:VEVENT") == data.count("END:VEVENT") == 2

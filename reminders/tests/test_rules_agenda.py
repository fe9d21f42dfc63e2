"""Calendar entries read back by a parser that is not the writer's, and octet by octet."""

import time
from datetime import UTC, date, datetime

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from reminders.rules.agenda import Entry, calendar, clean

AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
TRAPS = ("x\r\nATTENDEE:mailto:a@b.fr", "x\nATTENDEE:a", "x\rATTENDEE:a", "x\u2028ATTENDEE:a")


def _entry(**fields):
    fields.setdefault("uid", "1-terme@revoyure")
    fields.setdefault("day", date(2026, 12, 31))
    fields.setdefault("summary", "Terme")
    fields.setdefault("description", "Fondement")
    fields.setdefault("url", "https://exemple.fr/echeances/1/")
    fields.setdefault("stamped_at", AT)
    return Entry(**fields)


def strict(data: bytes) -> list[str]:
    """Hold a file to § 3.1, then unfold it: CRLF alone, 75 octets, whole characters, no control."""
    assert data.endswith(b"\r\n")
    lines = data[:-2].split(b"\r\n")
    for line in lines:
        assert 0 < len(line) <= 75
        assert not any(octet < 32 and octet != 9 or octet == 127 for octet in line), line
        line.decode()
    unfolded = data.decode().replace("\r\n ", "").split("\r\n")[:-1]
    assert all(line.split(":")[0].split(";")[0].replace("-", "").isalpha() for line in unfolded)
    return unfolded


def _read(data: bytes):
    strict(data)
    return vobject.readOne(data.decode())


def test_a_legal_day_is_a_whole_day_through_the_turn_of_the_year():
    event = _read(calendar([_entry()])).vevent
    assert (event.dtstart.value, event.dtend.value) == (date(2026, 12, 31), date(2027, 1, 1))
    assert event.dtstamp.value == event.last_modified.value == AT
    lines = strict(calendar([_entry()]))
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTSTAMP:20261120T083000Z" in lines
    assert "TRANSP:TRANSPARENT" in lines


@pytest.mark.parametrize("lead", range(6))
@pytest.mark.parametrize("text", ["é" * 200, "a" * 500, "«\u202f€\u202f»" * 40, "😀🏘️👩‍👧" * 30])
def test_no_fold_cuts_a_character_wherever_it_falls(text, lead):
    title = "x" * lead + text
    assert _read(calendar([_entry(summary=title)])).vevent.summary.value == title


def test_texts_come_back_as_they_were():
    event = _read(calendar([_entry(summary="a;b,c\\d\\n", description="un\ndeux\r\ntrois")])).vevent
    assert event.summary.value == "a;b,c\\d\\n"
    assert event.description.value == "un\ndeux\ntrois"


@pytest.mark.parametrize("field", ["summary", "description", "uid", "url"])
@pytest.mark.parametrize("trap", TRAPS)
def test_no_title_opens_another_property(field, trap):
    event = _read(calendar([_entry(**{field: trap})])).vevent
    assert not hasattr(event, "attendee")
    assert len(list(event.getChildren())) == 11


def test_control_characters_are_left_out():
    event = _read(calendar([_entry(summary="\x00Ter\x07me\x7f\x9f\ufeff")])).vevent
    assert event.summary.value == "Terme\ufeff"


def test_the_file_is_one_calendar():
    found = _read(calendar([_entry(), _entry(uid="2")]))
    assert (found.version.value, found.method.value) == ("2.0", "PUBLISH")
    assert [event.uid.value for event in found.vevent_list] == ["1-terme@revoyure", "2"]
    assert not hasattr(found, "x_wr_calname")


def test_a_calendar_to_subscribe_to_says_its_name_and_its_pace():
    lines = strict(calendar([], name="Échéances, ici", description="Une aide ; rien d’autre"))
    assert "NAME:Échéances\\, ici" in lines
    assert "X-WR-CALNAME:Échéances\\, ici" in lines
    assert "X-WR-CALDESC:Une aide \\; rien d’autre" in lines
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" in lines
    assert "X-PUBLISHED-TTL:PT4H" in lines


def test_an_entry_that_was_withdrawn_says_so():
    events = _read(calendar([_entry(), _entry(uid="2", cancelled=True, sequence=5)])).vevent_list
    assert [event.status.value for event in events] == ["CONFIRMED", "CANCELLED"]
    assert [event.sequence.value for event in events] == ["0", "5"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_read_back_whole(title, text):
    event = _read(calendar([_entry(summary=title, description=text)])).vevent
    assert event.summary.value == " ".join(clean(title).split("\n"))
    assert event.description.value == clean(text)


def test_the_same_entries_give_the_same_bytes():
    assert calendar([_entry()]) == calendar([_entry()])


def test_five_thousand_entries_are_written_in_a_few_seconds():
    entries = [
        _entry(uid=str(rank), description="Fondement : article 5, délai de trois mois.\n" * 8)
        for rank in range(5000)
    ]
    start = time.perf_counter()
    assert calendar(entries).count(b"BEGIN:VEVENT") == 5000
    assert time.perf_counter() - start < 10

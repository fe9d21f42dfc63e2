"""Dates as calendar entries (RFC 5545), for Outlook, Thunderbird, Google and the others.

A legal day is a day, not an instant: `VALUE=DATE`. The UID outlives the date; the sequence grows
with each change of what is shown, so that importing again moves the entry instead of doubling it.
Escaping and folding are the trade of `icalendar`; what no calendar may hold is taken out here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vDuration, vText

CONTENT_TYPE = "text/calendar; charset=utf-8"
# How often a subscribed calendar comes back; most programs choose their own pace.
REFRESH = timedelta(hours=4)
# Lines ends that only some parsers know of; then what is no character to be read.
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Entry:
    """One day to write in a diary. `sequence` never goes down for a given `uid`."""

    uid: str
    day: date
    summary: str
    description: str
    url: str
    stamped_at: datetime
    sequence: int = 0
    cancelled: bool = False


def calendar(entries: Iterable[Entry], *, name: str = "", description: str = "") -> bytes:
    """Return a calendar file; with a `name`, one to subscribe to and come back for."""
    found = Calendar()
    found.add("prodid", "-//Revoyure//Echeances//FR")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    if name:
        # The second of each is for the programs that came before RFC 7986.
        for label in ("name", "x-wr-calname"):
            found.add(label, vText(_line(name)))
        for label in ("description", "x-wr-caldesc"):
            found.add(label, vText(_line(description)))
        found.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        found.add("x-published-ttl", vDuration(REFRESH).to_ical().decode())
    for entry in entries:
        found.add_component(_event(entry))
    return found.to_ical()


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", _line(entry.uid))
    event.add("dtstamp", entry.stamped_at.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", entry.stamped_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", _line(entry.summary))
    event.add("description", clean(entry.description))
    event.add("url", _line(entry.url).replace(" ", ""))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def clean(text: str) -> str:
    """Keep the ends of lines, drop what no calendar may hold (§ 3.1)."""
    return _CONTROL.sub("", _BREAKS.sub("\n", text))


def _line(text: str) -> str:
    """Make one line of it: no title can end its property and open another."""
    return " ".join(clean(text).split("\n"))

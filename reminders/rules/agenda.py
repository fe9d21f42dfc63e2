"""One date as a calendar entry (RFC 5545), for Outlook, Thunderbird and the others.

A legal day is a day, not an instant: `VALUE=DATE`. The UID outlives the date, the sequence grows
when it moves, so that importing again moves the entry instead of doubling it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

CONTENT_TYPE = "text/calendar; charset=utf-8"
LONGEST_LINE = 75
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Entry:
    uid: str
    day: date
    summary: str
    description: str
    url: str
    stamped_at: datetime
    sequence: int = 0


def calendar(entries: list[Entry]) -> bytes:
    """Return a calendar file: CRLF, lines folded at 75 octets, texts escaped."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Revoyure//Echeances//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *(line for entry in entries for line in _event(entry)),
        "END:VCALENDAR",
    ]
    return b"".join(_fold(line) for line in lines)


def _event(entry: Entry) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(entry.uid)}",
        f"DTSTAMP:{entry.stamped_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(entry.summary)}",
        f"DESCRIPTION:{_text(entry.description)}",
        f"URL:{_one_line(entry.url)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(value: str) -> str:
    """Escape a TEXT value (§ 3.3.11): no title can end its line and open another property."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return _CONTROL.sub("", value.replace("\n", "\\n"))


def _one_line(value: str) -> str:
    return _CONTROL.sub("", value.replace("\n", ""))


def _fold(line: str) -> bytes:
    """Cut after 75 octets at most, never inside a character (§ 3.1)."""
    pieces, current = [], b""
    for character in line:
        octets = character.encode()
        # A continuation line starts with one space, which counts.
        room = LONGEST_LINE - (1 if pieces else 0)
        if len(current) + len(octets) > room:
            pieces.append(current)
            current = b""
        current += octets
    return b"\r\n ".join([*pieces, current]) + b"\r\n"

"""The meeting of a committee as a calendar entry (RFC 5545): an instant, a place, an agenda.

The hour is that of the place, told in UTC so that no program needs to know its zone. The end is not
known: two hours are kept. A meeting called off keeps its entry, which says so.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from territories.enums import Zone
from territories.rules.zones import time_zone

CONTENT_TYPE = "text/calendar; charset=utf-8"
LASTS = timedelta(hours=2)


@dataclass(frozen=True)
class Meeting:
    uid: str
    held_on: date
    begins_at: time | None
    zone: Zone
    summary: str
    place: str
    agenda: str
    url: str
    stamped_at: datetime
    cancelled: bool = False


def meeting_calendar(meeting: Meeting) -> bytes:
    """Return the file to open in a diary; without an hour, the meeting takes the day."""
    found = Calendar()
    for name, value in (
        ("prodid", "-//Revoyure//Comite//FR"),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
    ):
        found.add(name, value)
    found.add_component(_event(meeting))
    return found.to_ical()


def _event(meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("dtstamp", meeting.stamped_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", 1 if meeting.cancelled else 0)
    starts, ends = _span(meeting)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", " ".join(meeting.summary.split()))
    if meeting.place.strip():
        event.add("location", " ".join(meeting.place.split()))
    event.add("description", "\n".join(meeting.agenda.splitlines()))
    event.add("url", meeting.url)
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    return event


def _span(meeting: Meeting) -> tuple[date | datetime, date | datetime]:
    if meeting.begins_at is None:
        return meeting.held_on, meeting.held_on + timedelta(days=1)
    local = datetime.combine(meeting.held_on, meeting.begins_at, time_zone(meeting.zone))
    return local.astimezone(UTC), (local + LASTS).astimezone(UTC)

"""The signs of life of the portal: each periodic task says when it last came to its end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from reminders.models import Heartbeat

SENDING = "send_due_reminders"
PROJECTING = "project_all_deadlines"
CHECKING = "check_portal"


@dataclass(frozen=True)
class Watch:
    """A task that must pass: `word` is what monitoring reads, `silence` what it may last."""

    name: str
    word: str
    task: str
    silence: timedelta


# Promise R8 asks for twice the period and thirty minutes at most for what sends; promise R2 wants
# a reminder within fifteen minutes, so that the sender, which passes every minute, gets ten.
WATCHED = (
    Watch(SENDING, "planificateur", "l’envoi des rappels", timedelta(minutes=10)),
    Watch(PROJECTING, "projection", "le recalcul des échéances", timedelta(hours=2, minutes=10)),
    Watch(CHECKING, "autocontrole", "l’autocontrôle de la nuit", timedelta(hours=49)),
)
SILENCE = WATCHED[0].silence
# The footer is on every page: it asks the database twice a minute, not once a page.
FOOTER_SECONDS = 30
FOOTER = "reminders:last-beat"


def beat(name: str, *, now: datetime) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"last_run_at": now})
    cache.delete(FOOTER)


def last_beat(name: str = SENDING) -> datetime | None:
    return Heartbeat.objects.filter(name=name).values_list("last_run_at", flat=True).first()


def recent_beat() -> datetime | None:
    """The last pass of the sender, as known half a minute ago at worst."""
    return cache.get_or_set(FOOTER, last_beat, FOOTER_SECONDS)


def silent_watches(*, now: datetime) -> list[tuple[Watch, datetime | None]]:
    """The tasks that no longer pass, each with its last pass; one that never ran is silent."""
    last = dict(Heartbeat.objects.values_list("name", "last_run_at"))
    return [
        (watch, last.get(watch.name))
        for watch in WATCHED
        if watch.name not in last or now - last[watch.name] > watch.silence
    ]

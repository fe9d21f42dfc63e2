"""The sign of life of the scheduler: each periodic task says when it last came to its end."""

from datetime import datetime, timedelta

from reminders.models import Heartbeat

SENDING = "send_due_reminders"
PROJECTING = "project_all_deadlines"
# The sender passes every minute: ten minutes of silence mean that nobody sends any more.
SILENCE = timedelta(minutes=10)


def beat(name: str, *, now: datetime) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"last_run_at": now})


def last_beat(name: str = SENDING) -> datetime | None:
    return Heartbeat.objects.filter(name=name).values_list("last_run_at", flat=True).first()


def is_alive(*, now: datetime) -> bool:
    """Whether reminders are being sent; false on a portal whose scheduler never ran."""
    last = last_beat()
    return last is not None and now - last <= SILENCE

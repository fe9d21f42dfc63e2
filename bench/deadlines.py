"""Projecting all the dates of 5,000 conventions, against inserting the same rows.

The numerator reads the conventions from PostgreSQL, counts every date with its reasoning, and
writes deadlines, reminders and journal. The denominator inserts copies of those deadlines and
reminders into the emptied tables, by one statement each, with the same indexes and checks. A second
measure projects everything again when nothing has changed, as beat does every hour.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

os.environ["DJANGO_SETTINGS_MODULE"] = "bench._settings"
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402

django.setup()

from django.db import connection, transaction  # noqa: E402

from bench._fill_deadlines import fill  # noqa: E402
from reminders.actions.projection import project_all  # noqa: E402
from reminders.models import Deadline, Reminder  # noqa: E402

CONVENTIONS = int(os.environ.get("BENCH_CONVENTIONS", "5000"))
ROUNDS = 3
GOAL = 15
NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
COPIES = (
    "CREATE TABLE copied_deadlines AS SELECT * FROM reminders_deadline",
    "CREATE TABLE copied_reminders AS SELECT * FROM reminders_reminder",
)
INSERTS = (
    "INSERT INTO reminders_deadline SELECT * FROM copied_deadlines ORDER BY id",
    "INSERT INTO reminders_reminder SELECT * FROM copied_reminders ORDER BY id",
)
EMPTY = "TRUNCATE reminders_deadline, reminders_reminder CASCADE"


def say(name: str, value: float, goal: float) -> bool:
    fine = value <= goal
    sys.stdout.write(f"{name} {value:.2f} {goal:g} {'ok' if fine else 'short'}\n")
    sys.stdout.flush()
    return fine


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ask(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def project() -> None:
    assert project_all(now=NOW, on=TODAY) == 0, "every convention is projected"


def insert_copies() -> None:
    """Insert the same rows by one statement a table; the checks wait for the end, as anywhere."""
    with transaction.atomic():
        for sql in INSERTS:
            ask(sql)


def bare() -> float:
    for sql in COPIES:
        ask(sql)
    spent = []
    for _ in range(ROUNDS):
        ask(EMPTY)
        spent.append(timed(insert_copies))
    return median(spent)


def main() -> int:
    fill(CONVENTIONS)
    ask("ANALYZE")
    whole = timed(project)
    rows = Deadline.every.count(), Reminder.objects.count()
    ask("ANALYZE")
    again = timed(project)
    assert rows == (Deadline.every.count(), Reminder.objects.count()), "nothing has changed"
    inserted = bare()
    assert rows == (Deadline.every.count(), Reminder.objects.count()), "the same rows"
    fine = [
        say("deadlines.first", whole / inserted, GOAL),
        say("deadlines.again", again / inserted, GOAL),
    ]
    sys.stderr.write(
        f"{rows[0]} deadlines, {rows[1]} reminders of {CONVENTIONS} conventions: {whole:.1f} s; "
        f"again {again:.1f} s; the same rows inserted {inserted:.1f} s\n"
    )
    return 0 if all(fine) else 1


if __name__ == "__main__":
    raise SystemExit(main())

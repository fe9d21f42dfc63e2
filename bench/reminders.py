"""Finding and sending the reminders that are due, against the bare work, on PostgreSQL.

`scan`: what a worker does to learn what is due among a million rows of which a thousand are,
against the single indexed query that names the same rows. `send`: one worker sending a thousand
reminders to a mail server of the same machine, against a bare loop that sends the same bytes there
over one connection; and the statements that a mail costs, BEGIN and COMMIT included. `workers`:
what four processes send in a second, against one. The two sides of a ratio run in turn.
"""

import os
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

os.environ["DJANGO_SETTINGS_MODULE"] = "bench._settings"
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.enums import OrganisationKind, Role  # noqa: E402
from accounts.models import Membership, Organisation, User  # noqa: E402
from bench import _fill  # noqa: E402
from conventions.models import Party  # noqa: E402
from reminders.actions.delivery import Outcome  # noqa: E402
from reminders.actions.leasing import due_rows  # noqa: E402
from reminders.actions.sending import send_due_reminders  # noqa: E402
from reminders.enums import DeadlineKind  # noqa: E402
from reminders.models import Deadline, Reminder  # noqa: E402
from territories.enums import TerritoryKind  # noqa: E402
from territories.models import Territory  # noqa: E402

CONVENTIONS, EACH = 500, 8
ROWS, DUE = 1_000_000, 1000
ROUNDS, WARM_UP, WORKERS = 5, 1, 4
GOALS = {"scan": 2, "send": 6, "statements": 6, "workers": 1.6}
FUTURE = datetime(2040, 1, 1, tzinfo=UTC)


def say(name: str, value: float, fine: bool) -> bool:
    goal = GOALS[name]
    sys.stdout.write(f"reminders.{name} {value:.2f} {goal:g} {'ok' if fine else 'short'}\n")
    sys.stdout.flush()
    return fine


# Rows ---------------------------------------------------------------------------------------------


def fill() -> None:
    """Make a portal whose conventions are followed, with a million reminders, none of them due."""
    region = Territory.objects.create(kind=TerritoryKind.REGION, code="27", name="Région de mesure")
    group = Organisation.objects.create(
        kind=OrganisationKind.ACTION_LOGEMENT, name="Action Logement Groupe"
    )
    author = User.objects.create_user("mesure@exemple.fr", "une phrase pour mesurer")
    _fill._conventions(CONVENTIONS, region, group, author)
    people = _people()
    today = timezone.localdate()
    parties = Party.objects.filter(position=1).order_by("convention_id")
    deadlines = _fill.in_batches(
        (
            Deadline(
                convention_id=party.convention_id,
                kind=DeadlineKind.REVOYURE_OUVERTURE,
                key=f"mesure:{rank}",
                title=f"Ouvrir la revoyure de l’année {rank + 1}",
                due_on=today + timedelta(days=30 + rank),
                safe_on=today + timedelta(days=28 + rank),
                source=f"article 6, alinéa {rank + 1}",
                wording="Les parties se réunissent chaque année. " * 5,
                steps=["Chaque année, au premier jour du mois."] * 4,
                projected_at=timezone.now(),
            )
            for party in parties
            for rank in range(EACH)
        ),
        Deadline,
    )
    told = dict(parties.values_list("convention", "organisation"))
    _fill.in_batches(
        (
            Reminder(
                deadline=row,
                target_on=row.due_on,
                rule=0,
                recipient_id=people[told[row.convention_id]],
                due_at=FUTURE,
                next_try_at=FUTURE,
            )
            for row in deadlines
        ),
        Reminder,
    )
    _past_and_future()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _people() -> dict[int, int]:
    """Give each EPCI somebody in charge."""
    bodies = list(Organisation.objects.filter(kind=OrganisationKind.EPCI).order_by("pk"))
    people = _fill.in_batches(
        (
            User(email=f"p{rank}@exemple.fr", first_name="Claire", last_name=f"Vuillemin {rank}")
            for rank, _ in enumerate(bodies)
        ),
        User,
    )
    _fill.in_batches(
        (
            Membership(
                user=user, organisation=body, role=Role.RESPONSABLE, starts_on=date(2020, 1, 1)
            )
            for user, body in zip(people, bodies, strict=True)
        ),
        Membership,
    )
    return {body.pk: user.pk for user, body in zip(people, bodies, strict=True)}


def _past_and_future() -> None:
    """Add what surrounds them: reminders sent, cancelled, and still far ahead."""
    copies = ROWS // Reminder.objects.count()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO reminders_reminder
              (deadline_id, target_on, nature, rule, recipient_id, fallback_email, due_at,
               next_try_at, status, attempts, failure, sent_at, sent_to, subject, body, journalled)
            SELECT deadline_id, target_on, nature, rank, recipient_id, '', %s, %s,
              CASE WHEN rank %% 10 < 5 THEN 'envoye' WHEN rank %% 10 < 6 THEN 'annule'
                   ELSE 'a_envoyer' END,
              1, '', NULL, '', 'Un rappel', '', true
            FROM reminders_reminder, generate_series(1, %s) AS rank
            """,
            [FUTURE, FUTURE, copies],
        )


def make_due(count: int) -> None:
    """Make `count` reminders due at this very minute, as if never tried."""
    now = timezone.now()
    rows = Reminder.objects.filter(rule=0).order_by("pk").values("pk")[:count]
    Reminder.objects.filter(pk__in=rows).update(
        status="a_envoyer", due_at=now, next_try_at=now, attempts=0, leader=None, journalled=False
    )


# The mail server ----------------------------------------------------------------------------------


@contextmanager
def sink(*arguments: str) -> Iterator[None]:
    """Point the portal at a mail server of this machine, in a process of its own."""
    command = [sys.executable, ROOT / "bench/_smtp_sink.py", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(server.stdout.readline())
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        try:
            yield
        finally:
            server.terminate()


def messages_of(path: Path) -> list[bytes]:
    """Read what a sink kept."""
    messages = []
    with path.open("rb") as file:
        while line := file.readline():
            messages.append(file.read(int(line)).replace(b"\r\n..", b"\r\n."))
    return messages


def send_bare(messages: list[bytes], addresses: list[str]) -> None:
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, local_hostname="bench") as server:
        for message, address in zip(messages, addresses, strict=True):
            server.sendmail("ne-pas-repondre@localhost", [address], message)


# Measures -----------------------------------------------------------------------------------------


def timed(work, *arguments) -> float:
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start


def in_turn(**works) -> dict[str, float]:
    """Run works in turn and return the median time of each."""
    spent: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(WARM_UP + ROUNDS):
        for name, work in works.items():
            seconds = work()
            if turn >= WARM_UP:
                spent[name].append(seconds)
    return {name: median(values) for name, values in spent.items()}


def measure_scan() -> bool:
    make_due(DUE)
    now = timezone.now()

    @transaction.atomic
    def scan() -> None:
        assert len(due_rows(Reminder, now=now, limit=DUE)) == DUE
        transaction.set_rollback(True)

    @transaction.atomic
    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, due_at, leader_id, recipient_id, fallback_email, external_id"
                " FROM reminders_reminder WHERE status = 'a_envoyer' AND next_try_at <= %s"
                " ORDER BY next_try_at, id LIMIT %s",
                [now, DUE],
            )
            assert len(cursor.fetchall()) == DUE

    spent = in_turn(scan=lambda: timed(scan), bare=lambda: timed(bare))
    sys.stderr.write(f"scan {spent['scan'] * 1e3:.1f} ms, query {spent['bare'] * 1e3:.1f} ms\n")
    ratio = spent["scan"] / spent["bare"]
    return say("scan", ratio, ratio <= GOALS["scan"])


def send_all() -> float:
    """Return how long one worker takes to send all that is due."""
    make_due(DUE)
    return timed(_send, DUE)


def _send(count: int) -> None:
    tally = +send_due_reminders(clock=timezone.now)
    assert tally == {Outcome.SENT: count}, tally


def measure_sending() -> list[bool]:
    with tempfile.TemporaryDirectory() as folder, sink(str(kept := Path(folder) / "mails")):
        send_all()
        messages = messages_of(kept)
    addresses = [_address(message) for message in messages]
    assert len(messages) == DUE
    with sink():
        spent = in_turn(send=send_all, bare=lambda: timed(send_bare, messages, addresses))
        make_due(DUE)
        with CaptureQueriesContext(connection) as captured:
            _send(DUE)
    rates = {name: seconds * 1e3 / DUE for name, seconds in spent.items()}
    size = sum(map(len, messages)) / DUE
    sys.stderr.write(
        f"send {rates['send']:.2f} ms a mail of {size:.0f} bytes, bare {rates['bare']:.2f} ms\n"
    )
    ratio, statements = spent["send"] / spent["bare"], len(captured) / DUE
    return [
        say("send", ratio, ratio <= GOALS["send"]),
        say("statements", statements, statements <= GOALS["statements"]),
    ]


def _address(message: bytes) -> str:
    line = next(line for line in message.split(b"\r\n") if line.startswith(b"To: "))
    return line[4:].decode()


def measure_workers() -> bool:
    with sink():
        spent = in_turn(one=lambda: send_by(1), several=lambda: send_by(WORKERS))
    total = CONVENTIONS * EACH
    sys.stderr.write(
        f"{total / spent['one']:.0f} a second by one worker,"
        f" {total / spent['several']:.0f} by {WORKERS}\n"
    )
    gain = spent["one"] / spent["several"]
    return say("workers", gain, gain >= GOALS["workers"])


def send_by(count: int) -> float:
    """Return how long so many processes take to empty the queue, from the moment all are ready."""
    make_due(CONVENTIONS * EACH)
    address = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    command = [sys.executable, __file__, "worker", address]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    workers = [subprocess.Popen(command, **pipes) for _ in range(count)]
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    start = time.perf_counter()
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    sent = [int(worker.stdout.readline()) for worker in workers]
    seconds = time.perf_counter() - start
    for worker in workers:
        worker.communicate()
    assert sum(sent) == CONVENTIONS * EACH, sent
    return seconds


def work(address: str) -> int:
    """Be one of the workers: ready, go, say how many mails left."""
    settings.EMAIL_HOST, _, port = address.partition(":")
    settings.EMAIL_PORT = int(port)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    connection.ensure_connection()
    # A worker lives for hours: it has read its addresses long before.
    reverse("reminders:list")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    tally = send_due_reminders(clock=timezone.now)
    sys.stdout.write(f"{tally[Outcome.SENT]}\n")
    return 0


def main() -> int:
    if sys.argv[1:2] == ["worker"]:
        return work(sys.argv[2])
    fill()
    fine = [measure_scan(), *measure_sending(), measure_workers()]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    raise SystemExit(main())

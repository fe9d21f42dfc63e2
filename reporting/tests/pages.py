"""What the tests of pages share: one more convention, dates, and a count of queries."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions.journal import record
from accounts.enums import Verb
from conventions.models import Convention
from conventions.tests.factories import make_signed_convention
from engagements.enums import State
from engagements.tests.factories import make_engagement
from reminders.enums import DeadlineKind
from reminders.models import Deadline


def make_deadline(convention: Convention, **fields) -> Deadline:
    fields.setdefault("kind", DeadlineKind.TERME)
    fields.setdefault("key", f"essai:{convention.deadlines.count()}")
    fields.setdefault("title", "Terme de la convention")
    fields.setdefault("due_on", date(2099, 12, 10))
    fields.setdefault("projected_at", datetime(2026, 1, 1, tzinfo=UTC))
    return Deadline.objects.create(convention=convention, **fields)


def make_busy_convention(epci, action_logement, *, engagements: int = 1) -> Convention:
    """A convention with something late, something to come and something told."""
    convention = make_signed_convention(epci=epci, action_logement=action_logement)
    article = convention.articles.first()
    for number in range(engagements):
        make_engagement(
            convention,
            convention.parties.first(),
            article=article,
            title=f"Programmer la promesse {number}",
            due_on=date(2018, 6, 30),
            state=State.EN_COURS,
        )
        make_deadline(convention, article=article)
        record(None, Verb.CONVENTION_CHANGED, convention, dossier=convention.pk)
    return convention


@contextmanager
def counted():
    """Count the queries of a block, its savepoints apart."""
    queries: list[dict] = []
    with CaptureQueriesContext(connection) as captured:
        yield queries
    queries += [q for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]


def queries_of(client, path: str) -> int:
    client.get(path)
    with counted() as queries:
        answer = client.get(path)
    assert answer.status_code == 200, path
    return len(queries)

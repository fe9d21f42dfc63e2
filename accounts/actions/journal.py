"""Writing one line of the journal, in the transaction of the act it tells."""

import contextvars
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import models, transaction

from accounts.enums import Verb
from accounts.models import JournalEntry, JournalHead
from accounts.rules.journal import entry_hash

# The address of the request being served; set by a middleware, empty in tasks and commands.
client_address: contextvars.ContextVar[str | None] = contextvars.ContextVar(
    "client_address", default=None
)

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def _one_line(text: str) -> str:
    """Neutralise control characters: a label cannot forge a second line."""
    return _CONTROL.sub(" ", text)[:300]


@dataclass(frozen=True)
class Line:
    """One line to write: see `record`."""

    by: models.Model | None
    verb: Verb
    subject: models.Model | None = None
    dossier: int | None = None
    label: str = ""
    data: dict = field(default_factory=dict)


def record(
    by,
    verb: Verb,
    subject: models.Model | None = None,
    *,
    dossier: int | None = None,
    label: str = "",
    **data,
) -> JournalEntry:
    """Append an entry chained to the last one; `data` holds JSON values (before, after…).

    `by` is a user or None for the portal itself; `dossier` the convention's primary key.
    """
    return record_many([Line(by, verb, subject, dossier, label, data)])[0]


@transaction.atomic
def record_many(lines: Iterable[Line]) -> list[JournalEntry]:
    """Append several entries, each chained to the one before, in as many statements as one."""
    head = hold_journal()
    entries = []
    for line in lines:
        entries.append(_entry(line, head.last_hash))
        head.last_hash = entries[-1].hash
    JournalEntry.objects.bulk_create(entries)
    head.save(update_fields=["last_hash"])
    return entries


def hold_journal() -> JournalHead:
    """Take the end of the journal until the transaction ends: whoever writes next waits."""
    return JournalHead.objects.select_for_update(of=("self",)).get_or_create(pk=1)[0]


def _entry(line: Line, previous_hash: str) -> JournalEntry:
    subject = line.subject
    entry = JournalEntry(
        at=datetime.now(UTC),
        actor=line.by,
        actor_label=_one_line(str(line.by) if line.by else "Revoyure"),
        address=client_address.get(),
        verb=line.verb,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        subject_label=_one_line(line.label or (str(subject) if subject is not None else "")),
        dossier_id=line.dossier,
        data=line.data,
        previous_hash=previous_hash,
    )
    entry.hash = entry_hash(entry.previous_hash, entry.content())
    return entry


def broken_links() -> list[tuple[int, str]]:
    """Return (entry number, French reason) for each entry that no longer fits the chain."""
    problems = []
    previous = None
    for entry in JournalEntry.objects.order_by("pk").iterator():
        if previous is not None and entry.previous_hash != previous:
            problems.append((entry.pk, "la ligne précédente a été retirée, ajoutée ou déplacée"))
        if entry.hash != entry.expected_hash():
            problems.append((entry.pk, "le contenu ne correspond plus à son empreinte"))
        previous = entry.hash
    head = JournalHead.objects.filter(pk=1).first()
    if previous is not None and (head is None or head.last_hash != previous):
        problems.append((0, "la fin du journal a été retirée"))
    return problems

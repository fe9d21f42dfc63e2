"""Writing one line of the journal, in the transaction of the act it tells."""

import contextvars
import re
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


@transaction.atomic
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
    head = JournalHead.objects.select_for_update(of=("self",)).get_or_create(pk=1)[0]
    entry = JournalEntry(
        at=datetime.now(UTC),
        actor=by,
        actor_label=_one_line(str(by) if by else "Revoyure"),
        address=client_address.get(),
        verb=verb,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        subject_label=_one_line(label or (str(subject) if subject is not None else "")),
        dossier_id=dossier,
        data=data,
        previous_hash=head.last_hash,
    )
    entry.hash = entry_hash(entry.previous_hash, entry.content())
    entry.save()
    head.last_hash = entry.hash
    head.save(update_fields=["last_hash"])
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

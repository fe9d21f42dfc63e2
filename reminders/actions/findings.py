"""What the portal finds wrong: written where it is seen, lifted as soon as it is no longer true.

One row stands for each (kind, key): seen again, it keeps its day and takes the words of now, so
that nobody is told twice. Whoever raises one does it in the transaction that saw it; the messages
to administrators leave later (`reminders.actions.telling`).
"""

from datetime import datetime

from accounts.models import Organisation
from conventions.models import Convention
from reminders.enums import FindingKind
from reminders.models import Deadline, Finding

LONGEST_WORDS = 300
LONGEST_KEY = 120


def raise_finding(
    kind: FindingKind,
    key: str,
    *,
    words: str,
    now: datetime,
    convention: Convention | None = None,
    deadline: Deadline | None = None,
    organisation: Organisation | None = None,
) -> Finding:
    """Write down what is wrong, or refresh the row that already says it.

    `organisation` names whose administrators are concerned when the convention alone does not say
    it. Two workers that see the same thing at once leave one row.
    """
    found = {
        "words": words[:LONGEST_WORDS],
        "convention": convention,
        "deadline": deadline,
        "organisation": organisation,
    }
    finding, created = Finding.objects.standing().get_or_create(
        kind=kind, key=key[:LONGEST_KEY], defaults={**found, "found_at": now}
    )
    if not created and any(getattr(finding, name) != value for name, value in found.items()):
        for name, value in found.items():
            setattr(finding, name, value)
        finding.save(update_fields=list(found))
    return finding


def clear_finding(kind: FindingKind, key: str, *, now: datetime) -> None:
    """Lift what is no longer true; nothing happens when nothing stands."""
    standing = Finding.objects.standing().filter(kind=kind, key=key[:LONGEST_KEY])
    standing.update(cleared_at=now)

"""A whole convention, handed over as one file."""

from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from conventions.models import Convention
from reporting.exchange.writing import compose, to_bytes


@transaction.atomic
def export_convention(convention: Convention, *, by=None, with_files: bool = True) -> bytes:
    """Return the whole convention with its history as JSON (docs/format-export.md), and tell it.

    One transaction: a change made meanwhile is in the file whole, or not at all.
    """
    data = to_bytes(compose(convention, with_files=with_files))
    record(by, Verb.EXPORTED, convention, dossier=convention.pk, format="json", size=len(data))
    return data

"""A whole convention, handed over as one file."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from conventions.models import Convention
from reporting.exchange.akn_facts import akn_text
from reporting.exchange.writing import compose, to_bytes
from reporting.rules.akn import akoma_ntoso
from reporting.rules.akn_schema import problems


@transaction.atomic
def export_convention(convention: Convention, *, by=None, with_files: bool = True) -> bytes:
    """Return the whole convention with its history as JSON (docs/format-export.md), and tell it.

    One transaction: a change made meanwhile is in the file whole, or not at all.
    """
    data = to_bytes(compose(convention, with_files=with_files))
    record(by, Verb.EXPORTED, convention, dossier=convention.pk, format="json", size=len(data))
    return data


@transaction.atomic
def export_akoma_ntoso(convention: Convention, *, on: date, by=None) -> bytes:
    """Return the text of a day and its signed acts as Akoma Ntoso 3.0, checked before it leaves."""
    data = akoma_ntoso(akn_text(convention, on=on))
    if found := problems(data):
        msg = f"Le fichier Akoma Ntoso ne suit pas son schéma\u202f: {found[0]}."
        raise ValidationError(msg, code="schema")
    record(by, Verb.EXPORTED, convention, dossier=convention.pk, format="akn", size=len(data))
    return data

"""What a deadline comes from, said with the file's own references instead of a house's numbers."""

from collections.abc import Callable

from django.db import models

from conventions.models import (
    FollowUpClause,
    Mandate,
    Party,
    RegisteredLetter,
    Termination,
    TerminationClause,
)
from engagements.models import ConvocationLetter, Engagement
from reminders.models import AddedDeadline

SUBJECTS: dict[str, type[models.Model]] = {
    "ajoutee": AddedDeadline,
    "controle_legalite": Mandate,
    "convocation": ConvocationLetter,
    "engagement": Engagement,
    "habilitation": Mandate,
    "lettre": RegisteredLetter,
    "rapport_activite": Party,
    "resiliation": TerminationClause,
    "reunion": FollowUpClause,
    "sortie": Termination,
}


def translated(key: str, name_of: Callable[[type[models.Model], str], object]) -> str:
    """Replace the row that a key names; what has disappeared since is named by nothing."""
    prefix, *rest = key.split(":")
    if prefix not in SUBJECTS or not rest:
        return key
    found = name_of(SUBJECTS[prefix], rest[0])
    return ":".join([prefix, "" if found is None else str(found), *rest[1:]])

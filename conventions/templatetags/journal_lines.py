"""Lines of the journal as sentences: who did what, to what, and what changed."""

from typing import NamedTuple

from django import template
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from accounts.models import JournalEntry
from conventions.enums import ConventionStatus

register = template.Library()

# «a rédigé l’article 2.2.1», «a gelé la revoyure 2018»: the word that a label lacks to be said.
_BEFORE = (
    ("article", "l’"),
    ("avenant", "l’"),
    ("préambule", "le "),
    ("revoyure", "la "),
    ("contribution", "la "),
    ("convention", "la "),
    ("échéance", "l’"),
    ("durée", "la "),
    ("résiliation", "la "),
    ("délibération", "la "),
    ("délégation", "la "),
    ("arrêté", "l’"),
    ("pouvoir", "le "),
)
# Verbs that already name the nature of what they act on: its own name follows.
_NAMING = (
    "la clause", "l’engagement", "l’échéance", "l’objectif", "l’habilitation", "le signataire",
    "la partie", "le projet de convention", "le rappel",
)  # fmt: skip
_QUOTED = {"conventions.document"}
LONGEST = 120


class Change(NamedTuple):
    name: str
    before: str
    after: str


@register.filter
def subject_in_words(entry: JournalEntry) -> str:
    label = entry.subject_label
    if entry.subject_type in _QUOTED and label:
        return f"«\u00a0{label}\u00a0»"
    if entry.get_verb_display().endswith(_NAMING):
        return label
    start = label[:12].lower()
    return next((f"{word}{label}" for noun, word in _BEFORE if start.startswith(noun)), label)


@register.filter
def changes(entry: JournalEntry) -> list[Change]:
    """What the act changed, in the words of the forms; internal values stay inside."""
    told = []
    changed = entry.data.get("changes")
    if isinstance(changed, dict):
        for name, values in changed.items():
            if isinstance(values, list) and len(values) == 2:
                told.append(Change(_word_for(entry, name), _cut(values[0]), _cut(values[1])))
    statuses = entry.data.get("old_status"), entry.data.get("new_status")
    if all(status in ConventionStatus.values for status in statuses):
        before, after = (ConventionStatus(status).label for status in statuses)
        told.append(Change("état", before, after))
    return told


@register.filter
def reason(entry: JournalEntry) -> str:
    """The reason a person gave for the act, when the act asks for one."""
    return str(entry.data.get("override_reason") or entry.data.get("reason") or "")


def _word_for(entry: JournalEntry, name: str) -> str:
    try:
        return str(apps.get_model(entry.subject_type)._meta.get_field(name).verbose_name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return name.replace("_", " ")


def _cut(value) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0]} …"

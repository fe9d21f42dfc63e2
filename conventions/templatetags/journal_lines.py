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
    ("lettre", "la "),
    ("convocation", "la "),
    ("annonce", "l’"),
    ("mise en demeure", "la "),
    ("fin sur désaccord", "la "),
    ("projet", "le "),
    ("erratum", "l’"),
    ("proposition", "la "),
    ("discussion", "la "),
    ("tour", "le "),
    ("accord", "l’"),
)
# Verbs that already name the nature of what they act on: its own name follows.
_NAMING = (
    "la clause", "l’engagement", "l’échéance", "l’objectif", "l’habilitation", "le signataire",
    "la partie", "le projet de convention", "le rappel",
)  # fmt: skip
_QUOTED = {"conventions.document"}
# Kept as a number, which means nothing to a reader; the label already says which article.
_INTERNAL = {"article"}
LONGEST = 120


class Change(NamedTuple):
    name: str
    before: str
    after: str


@register.filter
def deed_in_words(entry: JournalEntry) -> str:
    """«a arrêté le texte du projet d’avenant», «a signé l’avenant n° 1»: verb, then object."""
    verb, subject = entry.get_verb_display(), _subject_in_words(entry)
    if verb.endswith(" de") and subject.startswith("le "):
        return f"{verb.removesuffix(' de')} du {subject.removeprefix('le ')}"
    return f"{verb} {subject}".strip()


def _subject_in_words(entry: JournalEntry) -> str:
    label = entry.subject_label
    if entry.subject_type in _QUOTED and label:
        return f"«\u00a0{label}\u00a0»"
    if entry.get_verb_display().endswith(_NAMING):
        return label
    start = label.lower()
    return next((f"{word}{label}" for noun, word in _BEFORE if start.startswith(noun)), label)


@register.filter
def changes(entry: JournalEntry) -> list[Change]:
    """What the act changed, in the words of the forms; internal values stay inside."""
    told = []
    changed = entry.data.get("changes")
    if isinstance(changed, dict):
        for name, values in changed.items():
            if name not in _INTERNAL and isinstance(values, list) and len(values) == 2:
                told.append(_change(entry, name, *values))
    statuses = entry.data.get("old_status"), entry.data.get("new_status")
    if all(status in ConventionStatus.values for status in statuses):
        before, after = (ConventionStatus(status).label for status in statuses)
        told.append(Change("état", before, after))
    return told


def _change(entry: JournalEntry, name: str, before, after) -> Change:
    """Say a field and its values as its form does: labels, not what the table stores."""
    try:
        field = apps.get_model(entry.subject_type)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return Change(name.replace("_", " "), _cut(before), _cut(after))
    labels = {str(value): str(label) for value, label in getattr(field, "flatchoices", ())}
    return Change(
        str(getattr(field, "verbose_name", name)),
        _cut(labels.get(str(before), before)),
        _cut(labels.get(str(after), after)),
    )


@register.filter
def reason(entry: JournalEntry) -> str:
    """The reason a person gave for the act, when the act asks for one."""
    return str(entry.data.get("override_reason") or entry.data.get("reason") or "")


def _cut(value) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0]} …"

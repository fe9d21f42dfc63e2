"""What a clause being typed means: its sentence, its doubts, and its dates. Nothing is written."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from conventions.forms.clauses import ClauseForm, TrialForm
from conventions.models import Convention, DurationClause, TerminationClause
from conventions.models.clause import TimedClause
from conventions.rules.clauses import operation_for
from conventions.rules.delais import DelaiError
from conventions.rules.exemples import Example, duration_examples, notice_examples

PREVIEW = "conventions/_clause_preview.html"
ASKED = "apercu"
_COUNTED = ("quantity", "unit", "trigger", "carry", "franc")


@dataclass(frozen=True)
class Preview:
    """What is shown beside the form; `problem` says why no date can be given yet."""

    trial: TrialForm
    is_timed: bool
    sentence: str = ""
    warnings: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    problem: str = ""


def is_asked(request: HttpRequest) -> bool:
    """Whether the answers were sent to be understood, not to be kept."""
    return request.method == "POST" and ASKED in request.POST


def preview_of(
    request: HttpRequest, form: ClauseForm, convention: Convention, today: date
) -> Preview:
    """Read what is typed so far; what cannot be read yet is asked for, never guessed."""
    trial = TrialForm(request.POST if request.method == "POST" else None)
    clause = form.instance
    is_timed = isinstance(clause, TimedClause)
    if form.is_bound and not form.is_valid() and set(form.errors) & _needed(form):
        return Preview(trial, is_timed, problem="Répondez d’abord aux questions signalées.")
    if is_timed and not clause.quantity:
        return Preview(trial, is_timed, problem="Dites d’abord combien de temps.")
    if isinstance(clause, TerminationClause):
        clause.operation = operation_for(clause.trigger)
    if not is_timed:
        is_written = form.is_bound or clause.pk is not None
        return Preview(trial, is_timed, sentence=clause.sentence if is_written else "")
    return _counted(trial, clause, convention, today)


def _needed(form: ClauseForm) -> set[str]:
    """The answers without which there is nothing to read."""
    return set(_COUNTED) if isinstance(form.instance, TimedClause) else set(form.fields)


def _counted(trial: TrialForm, clause: TimedClause, convention: Convention, today: date) -> Preview:
    tried = trial.cleaned_data.get("essai") if trial.is_valid() else None
    asked = {"today": today, "zone": convention.zone, "tried": tried}
    examples = duration_examples if isinstance(clause, DurationClause) else notice_examples
    words = {"sentence": clause.sentence, "warnings": tuple(clause.warnings)}
    try:
        return Preview(trial, is_timed=True, examples=tuple(examples(clause, **asked)), **words)
    except DelaiError as error:
        return Preview(trial, is_timed=True, problem=str(error), **words)

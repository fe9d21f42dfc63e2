"""One date: the day to act, why that day, who will be told; declaring it done."""

from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.rules.roles import Capability
from conventions.access import can
from conventions.models.consolidated import ConsolidatedArticle, consolidated_text
from reminders.access import can_settle, get_deadline_or_404
from reminders.actions.agenda import entry_of
from reminders.actions.recipients import audience_of, concerned_parties
from reminders.actions.settling import mark_done, reopen
from reminders.enums import DeadlineKind, ReminderStatus
from reminders.forms.deadlines import DoneForm, TrialForm
from reminders.models import Deadline, Reminder
from reminders.rules.agenda import CONTENT_TYPE, calendar
from reminders.rules.verdict import reasons, verdict_of
from reminders.views.answers import counter_proof, drawing, rolling_answer, trials


class Wave(NamedTuple):
    """Reminders of one day with one fate: the same line of the page."""

    day: date
    reminders: list[Reminder]

    @property
    def first(self) -> Reminder:
        return self.reminders[0]


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    on = timezone.localdate()
    deadline = get_deadline_or_404(request.user, pk, on=on)
    return _page(request, deadline, DoneForm(), on=on)


@require_POST
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare the deadline done; what was mistyped comes back on its own page."""
    on = timezone.localdate()
    deadline = get_deadline_or_404(request.user, pk, on=on)
    form = DoneForm(request.POST)
    if not form.is_valid():
        return _page(request, deadline, form, on=on)
    try:
        mark_done(deadline, by=request.user, on=on, **form.cleaned_data)
    except ValidationError as error:
        # The date changed under the reader's eyes: its page tells how.
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "L’échéance est faite : plus aucun rappel ne partira.")
    return redirect("reminders:detail", pk=pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a declaration: the reminders still ahead will leave."""
    now, on = timezone.now(), timezone.localdate()
    deadline = get_deadline_or_404(request.user, pk, on=on)
    try:
        reopen(deadline, by=request.user, on=on, now=now)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "L’échéance est de nouveau à faire.")
    return redirect("reminders:detail", pk=pk)


@require_safe
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """The date as a calendar entry."""
    on = timezone.localdate()
    deadline = get_deadline_or_404(request.user, pk, on=on)
    entry = entry_of(request.user, deadline, on=on)
    response = HttpResponse(calendar([entry]), content_type=CONTENT_TYPE)
    name = f"echeance-{deadline.convention.reference.lower()}-{deadline.pk}.ics"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(request: HttpRequest, deadline: Deadline, form: DoneForm, *, on: date) -> HttpResponse:
    convention = deadline.convention
    trial = TrialForm(request.GET if "envoi" in request.GET else None)
    asked = trial.cleaned_data["envoi"] if trial.is_valid() else None
    audience = audience_of(convention, on=on)
    unheard = audience.unheard(concerned_parties(deadline))
    successor = None
    if not deadline.is_live:
        successor = Deadline.objects.live().filter(convention=convention, key=deadline.key).first()
    context = _reasoning(deadline, on=on) | {
        "deadline": deadline,
        "convention": convention,
        "on": on,
        "form": form,
        "trial_form": trial,
        "asked": asked,
        "trials": trials(deadline, on=on, asked=asked),
        "waves": _waves(deadline),
        "unheard": [party for party in convention.parties.all() if party.pk in unheard],
        "successor": successor,
        "leads_to": _leads_to(request.user, deadline, on=on),
        "may_settle": deadline.is_live and can_settle(request.user, deadline, on=on),
    }
    return render(request, "reminders/detail.html", context)


def _leads_to(user, deadline: Deadline, *, on: date) -> tuple[str, str] | None:
    """What a manager does about this date one floor below: address and words of the button."""
    convention = deadline.convention
    if not deadline.is_live or not can(user, convention, Capability.MANAGE, on=on):
        return None
    if deadline.kind == DeadlineKind.PROROGATION:
        return reverse("conventions:prorogate", args=[convention.pk]), "Proroger"
    if deadline.kind != DeadlineKind.RESILIATION or deadline.clause_id is None:
        return None
    day = f"jour={on}" if deadline.rolling else f"libre={deadline.effect_on}"
    address = reverse("conventions:ending_prepare", args=[convention.pk])
    return f"{address}?voie=clause-{deadline.clause_id}&{day}", "Préparer la lettre"


def _reasoning(deadline: Deadline, *, on: date) -> dict:
    """What is said of the date; a rolling one is counted again from the day it is read."""
    answer = rolling_answer(deadline, on=on) if deadline.rolling else None
    due_on = answer.result if answer else deadline.due_on
    verdict = verdict_of(
        deadline.kind,
        due_on=due_on,
        safe_on=deadline.safe_on,
        effect_on=None if deadline.rolling else deadline.effect_on,
        rolling=deadline.rolling,
        done_on=deadline.done_on,
        on=on,
    )
    return {
        "verdict": verdict,
        "reasons": reasons(list(answer.steps) if answer else deadline.steps),
        "article": _article(deadline, on=on),
        "drawing": drawing(deadline),
        "proof": counter_proof(deadline),
    }


def _article(deadline: Deadline, *, on: date) -> ConsolidatedArticle | None:
    if deadline.article_id is None:
        return None
    text = consolidated_text(deadline.convention, on=max(on, deadline.convention.starts_on))
    found = (article for article in text if article.article_id == deadline.article_id)
    return next(found, None)


def _waves(deadline: Deadline) -> list[Wave]:
    """Group reminders by day and fate; a cancelled one is history and stays out."""
    rows = deadline.reminders.exclude(status=ReminderStatus.ANNULE).select_related("recipient")
    rows = rows.order_by("due_at", "status", "pk")

    def fate(row: Reminder) -> tuple:
        return timezone.localdate(row.sent_at or row.due_at), row.status, row.failure, row.rule

    return [Wave(key[0], list(group)) for key, group in groupby(rows, key=fate)]

"""What one says of a date: answers, their withdrawal, notes."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from reminders.access import get_deadline_or_404, notes_visible_to
from reminders.actions import notes as notes_actions
from reminders.actions import settling
from reminders.enums import AnswerKind
from reminders.forms.deadlines import AnswerForm, NoteForm
from reminders.views.deadline_page import answer_form, note_form, show

_SAID = {
    AnswerKind.PRISE_EN_CHARGE: (
        "C’est noté : vous vous en occupez. Les rappels continuent, sans alerter vos responsables."
    ),
    AnswerKind.FAITE: "L’échéance est faite : plus aucun rappel ne partira.",
    AnswerKind.SANS_OBJET: "L’échéance est sans objet : plus aucun rappel ne partira.",
}


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a date; what was mistyped comes back on its own page."""
    now, on = timezone.now(), timezone.localdate()
    deadline = get_deadline_or_404(request.user, pk, on=on)
    settling.check_may_answer(request.user, deadline, on=on)
    form = answer_form(request.user, deadline, request.POST, on=on)

    def act() -> None:
        settling.answer(deadline, by=request.user, on=on, now=now, **form.cleaned_data)

    if not _carried_out(form, act):
        return show(request, deadline, on=on, typed={"answer_form": form})
    messages.success(request, _SAID[AnswerKind(form.cleaned_data["kind"])])
    return redirect("reminders:detail", pk=pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the answer of one's side, the one the page names."""
    now, on = timezone.now(), timezone.localdate()
    deadline = get_deadline_or_404(request.user, pk, on=on)
    parties = settling.answering_parties(request.user, deadline, on=on)
    named = request.POST.get("party", "")
    party = next((one for one in parties if str(one.pk) == named), None)
    try:
        settling.withdraw_answer(deadline, by=request.user, on=on, now=now, party=party)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Votre réponse est retirée : les rappels à venir repartiront.")
    return redirect("reminders:detail", pk=pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Reopen a closed date: the reminders still ahead will leave."""
    now, on = timezone.now(), timezone.localdate()
    deadline = get_deadline_or_404(request.user, pk, on=on)
    try:
        settling.reopen(deadline, by=request.user, on=on, now=now)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "L’échéance est de nouveau à faire.")
    return redirect("reminders:detail", pk=pk)


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    now, on = timezone.now(), timezone.localdate()
    deadline = get_deadline_or_404(request.user, pk, on=on)
    notes_actions.check_may_note(request.user, deadline, on=on)
    form = note_form(request.user, deadline, request.POST, on=on)

    def act() -> None:
        notes_actions.write_note(deadline, by=request.user, on=on, now=now, **form.cleaned_data)

    if not _carried_out(form, act):
        return show(request, deadline, on=on, typed={"note_form": form})
    messages.success(request, "La note est enregistrée.")
    return redirect("reminders:detail", pk=pk)


@require_POST
def note_remove(request: HttpRequest, pk: int, note_pk: int) -> HttpResponse:
    now, on = timezone.now(), timezone.localdate()
    deadline = get_deadline_or_404(request.user, pk, on=on)
    found = get_object_or_404(notes_visible_to(request.user, on=on).of(deadline), pk=note_pk)
    notes_actions.remove_note(found, deadline=deadline, by=request.user, on=on, now=now)
    messages.success(request, "La note est retirée.")
    return redirect("reminders:detail", pk=pk)


def _carried_out(form: AnswerForm | NoteForm, act: Callable[[], None]) -> bool:
    """Run an action on answers that hold; put its refusal where it belongs."""
    if not form.is_valid():
        return False
    try:
        act()
    except ValidationError as error:
        form.refuse(error)
        return False
    return True

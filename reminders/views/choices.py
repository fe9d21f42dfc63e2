"""When to be told: a person's own choices, and those an organisation makes for its people."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import check_can_administer, get_organisation_or_404
from reminders.actions.choosing import (
    Board,
    Chooser,
    board_of,
    choose_reminders,
    forget_choices,
)
from reminders.actions.examples import Standing, examples_for, standing_of
from reminders.forms.choices import ChoicesForm


def choices(request: HttpRequest) -> HttpResponse:
    """How early one is told oneself, what one's organisation chose, what stays anyway."""
    person, on = request.user, timezone.localdate()
    board, standing = board_of(person, on=on), standing_of(person, on=on)
    form = _form(request, board, standing)
    if _carried_out(request, form, person):
        return redirect("reminders:choices")
    context = {"absences": person.absences.filter(ends_on__gte=on).count()}
    return _page(request, "reminders/choices.html", form, board, standing, **context)


def organisation_choices(request: HttpRequest, pk: int) -> HttpResponse:
    """How early the people of an organisation are told, when they did not choose themselves."""
    on = timezone.localdate()
    organisation = get_organisation_or_404(request.user, pk, on=on)
    check_can_administer(request.user, organisation, on=on)
    board, standing = board_of(organisation, on=on), standing_of(organisation, on=on)
    form = _form(request, board, standing)
    if _carried_out(request, form, organisation):
        return redirect("reminders:organisation_choices", pk=pk)
    context = {"organisation": organisation}
    return _page(request, "reminders/organisation_choices.html", form, board, standing, **context)


def _form(request: HttpRequest, board: Board, standing: Standing) -> ChoicesForm:
    answers = request.POST if _is_sent(request) else None
    in_charge = standing.in_charge > 0
    return ChoicesForm(answers, board=board, kinds=standing.kinds(board), in_charge=in_charge)


def _is_sent(request: HttpRequest) -> bool:
    """Whether choices were sent; going back to the usual sends none."""
    return request.method == "POST" and "habituel" not in request.POST


def _carried_out(request: HttpRequest, form: ChoicesForm, chooser: Chooser) -> bool:
    moment = {"by": request.user, "now": timezone.now(), "on": timezone.localdate()}
    if request.method != "POST" or (form.is_bound and not form.is_valid()):
        return False
    if not form.is_bound:
        forget_choices(chooser, **moment)
        messages.success(request, "Les réglages habituels s’appliquent de nouveau.")
        return True
    try:
        choose_reminders(chooser, **moment, **form.chosen)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(
        request,
        "C’est enregistré : les rappels à venir suivent ce réglage, au plus tard dans l’heure.",
    )
    return True


def _page(
    request: HttpRequest,
    template: str,
    form: ChoicesForm,
    board: Board,
    standing: Standing,
    **context,
) -> HttpResponse:
    on = timezone.localdate()
    examples = examples_for(standing, board, now=timezone.now())
    context |= {
        "form": form,
        "board": board,
        "standing": standing,
        "sections": [(row, examples.get(row.kind)) for row in form.rows],
        "on": on,
    }
    return render(request, template, context)

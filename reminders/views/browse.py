"""Dates across one's conventions, and those of one convention."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from conventions.access import get_convention_or_404
from reminders.access import visible_to
from reminders.actions.gathering import facts_of
from reminders.actions.watching import troubles_for
from reminders.forms.deadlines import DeadlineFilterForm
from reminders.models import Deadline
from reminders.rules.projection import silences
from reminders.views.answers import live_answers

ROWS = 50
DRAWN = 14


@require_safe
def deadlines(request: HttpRequest) -> HttpResponse:
    """Every date of the conventions one may read; the filters live in the address."""
    on = timezone.localdate()
    form = DeadlineFilterForm(request.GET)
    rows = form.apply(visible_to(request.user, on=on), on=on).with_context()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": page.object_list,
        "coming": [row for row in page.object_list if row.due_on >= on and not row.done_on][:DRAWN],
        "troubles": troubles_for(request.user, on=on),
        "on": on,
    }
    return render(request, "reminders/list.html", context)


@require_safe
def convention_deadlines(request: HttpRequest, pk: int) -> HttpResponse:
    """The dates of one convention: late, to come, rolling, behind."""
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    rows = Deadline.objects.filter(convention=convention).select_related("convention")
    upcoming = list(rows.upcoming(on=on))
    context = {
        "convention": convention,
        "on": on,
        "tab": "echeances",
        "late": list(rows.overdue(on=on)),
        "upcoming": upcoming,
        "coming": upcoming[:DRAWN],
        "answers": live_answers(rows.rolling().select_related("clause", "convention"), on=on),
        "behind": [*rows.elapsed(on=on), *rows.done()],
        "silences": silences(facts_of(convention, on=on)),
    }
    context["behind"].sort(key=lambda row: (row.due_on, row.pk), reverse=True)
    return render(request, "reminders/convention_deadlines.html", context)

"""What an avenant does to the parties themselves, change by change."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from conventions.actions.successions import plan_party_change, unplan_party_change
from conventions.forms.successions import PartyChangeForm
from conventions.models import Act, PartyChange
from conventions.views.avenants import at_once, back_to, in_avenant, page, sent
from conventions.views.writing import carried_out


def _change_or_404(act: Act, change_pk: int) -> PartyChange:
    change = get_object_or_404(act.party_changes.select_related("party"), pk=change_pk)
    change.act = act
    return change


def _write(request: HttpRequest, act: Act, today: date, change: PartyChange | None) -> HttpResponse:
    row = PartyChange.objects.get(pk=change.pk) if change else PartyChange(act=act)
    form = PartyChangeForm(sent(request), act=act, on=today, instance=row)

    def plan() -> None:
        plan_party_change(act, by=request.user, on=today, change=change, **form.cleaned_data)

    done = "Le changement de partie est dans le projet."
    if carried_out(request, form, plan, act.convention, done=done):
        return back_to(act)
    context = {"form": form, "change": change}
    return page(request, "conventions/succession_edit.html", act, today, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_avenant()
def party_change_add(request: HttpRequest, act: Act, today: date) -> HttpResponse:
    return _write(request, act, today, None)


@require_http_methods(["GET", "HEAD", "POST"])
@in_avenant()
def party_change_edit(request: HttpRequest, act: Act, today: date, change_pk: int) -> HttpResponse:
    return _write(request, act, today, _change_or_404(act, change_pk))


@require_POST
@in_avenant()
def party_change_remove(
    request: HttpRequest, act: Act, today: date, change_pk: int
) -> HttpResponse:
    change = _change_or_404(act, change_pk)
    return at_once(
        request,
        act,
        lambda: unplan_party_change(change, by=request.user, on=today),
        done="Le changement de partie n’est plus dans le projet.",
    )

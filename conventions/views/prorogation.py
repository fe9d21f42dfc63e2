"""Going on after the term: until when it can be signed, and the avenant that begins it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from conventions.actions.avenants import drafters
from conventions.actions.prorogation import standing_duration, start_prorogation
from conventions.forms.prorogation import ProrogationForm
from conventions.models import Act, Convention
from conventions.models.endings_read import announcements_of
from conventions.rules.prorogation import (
    prorogation_steps,
    reason_not_to_prorogue,
    what_remains,
)
from conventions.views.writing import carried_out, show, writing
from territories.rules.jours_feries import working_day_on_or_before


@require_http_methods(["GET", "HEAD", "POST"])
@writing("actes")
def prorogate(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    parties = drafters(request.user, convention, on=today)
    if not parties.exists():
        raise PermissionDenied("Un avenant se rédige au nom d’une partie à la convention.")
    situation = convention.situation_on(today)
    reason = reason_not_to_prorogue(situation, convention.ends_on)
    if reason:
        context = {"tab": "actes", "reason": reason, "ways": what_remains(situation)}
        return show(request, "conventions/prorogation_closed.html", convention, today, **context)
    form = ProrogationForm(request.POST if request.method == "POST" else None, drafters=parties)
    begun: list[Act] = []
    if carried_out(
        request,
        form,
        lambda: begun.append(
            start_prorogation(convention, by=request.user, on=today, **form.cleaned_data)
        ),
        convention,
        done="L’avenant est commencé, avec sa clause de durée. Votre côté seul le voit.",
    ):
        return redirect("conventions:act", pk=convention.pk, number=begun[0].number)
    return show(
        request, "conventions/prorogation.html", convention, today, tab="actes", form=form,
        announced=announcements_of(convention), **_reasoning(convention),
    )  # fmt: skip


def _reasoning(convention: Convention) -> dict:
    clause, zone = standing_duration(convention), convention.zone
    foreseen = clause is not None and clause.prorogation_possible
    return {
        "clause": clause,
        "safe_on": working_day_on_or_before(convention.ends_on, zone),
        "steps": prorogation_steps(convention.ends_on, foreseen=foreseen, zone=zone),
    }

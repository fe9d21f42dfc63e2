"""What a draft avenant does to engagements and targets: added, written anew, ended, moved."""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.rules.roles import Capability
from conventions.access import check_can, get_act_or_404, get_convention_or_404
from conventions.models import Act
from engagements.actions.operations import (
    change_planned,
    check_replaceable,
    plan_end,
    plan_engagement,
    plan_target,
    unplan,
)
from engagements.forms.base import SectionedForm
from engagements.forms.planned import EndForm, PlannedEngagementForm, PlannedTargetForm
from engagements.models import Engagement, Target

View = Callable[..., HttpResponse]


def in_draft(view: View) -> View:
    """Open the door to a page that writes in a draft act: 404 to who may not know of it."""

    @wraps(view)
    def opened(request: HttpRequest, pk: int, number: int, **keys) -> HttpResponse:
        on = timezone.localdate()
        convention = get_convention_or_404(request.user, pk, on=on)
        act = get_act_or_404(request.user, convention, number, on=on)
        check_can(request.user, convention, Capability.MANAGE, on=on)
        return view(request, act, on, **keys)

    return opened


def _answered(
    request: HttpRequest, form: SectionedForm, act: Act, write: Callable[[], object], *, done: str
) -> HttpResponse | None:
    """Run the action on answers that hold; a refusal comes back at its field, nothing is lost."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        write()
    except ValidationError as error:
        form.refuse(error)
        return None
    messages.success(request, done)
    return _back(act)


def _back(act: Act) -> HttpResponse:
    return redirect("conventions:act", pk=act.convention_id, number=act.number)


def _show(request: HttpRequest, act: Act, on: date, form: SectionedForm, **words) -> HttpResponse:
    context = {"act": act, "convention": act.convention, "on": on, "form": form, **words}
    return render(request, "engagements/planned_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_draft
def planned_create(request: HttpRequest, act: Act, on: date) -> HttpResponse:
    """Add an engagement by the act."""
    form = PlannedEngagementForm(request.POST or None, act=act, on=on)
    answer = _answered(
        request,
        form,
        act,
        lambda: plan_engagement(act, by=request.user, on=on, **form.cleaned_data),
        done="L’engagement est ajouté au projet.",
    )
    return answer or _show(request, act, on, form, heading="Ajouter un engagement")


@require_http_methods(["GET", "HEAD", "POST"])
@in_draft
def planned_replace(request: HttpRequest, act: Act, on: date, engagement_pk: int) -> HttpResponse:
    """Write an engagement anew by the act."""
    standing = get_object_or_404(act.convention.engagements, pk=engagement_pk)
    if refused := _refused(request, act, standing):
        return refused
    form = PlannedEngagementForm(
        request.POST or None, act=act, on=on, row=Engagement(replaces=standing)
    )
    answer = _answered(
        request,
        form,
        act,
        lambda: plan_engagement(
            act, by=request.user, on=on, replaces=standing, **form.cleaned_data
        ),
        done=f"La nouvelle rédaction de {standing.code} est dans le projet.",
    )
    return answer or _show(request, act, on, form, heading=f"Modifier l’engagement {standing.code}")


@require_http_methods(["GET", "HEAD", "POST"])
@in_draft
def planned_end(request: HttpRequest, act: Act, on: date, engagement_pk: int) -> HttpResponse:
    """End an engagement by the act."""
    standing = get_object_or_404(act.convention.engagements, pk=engagement_pk)
    if refused := _refused(request, act, standing):
        return refused
    form = EndForm(request.POST or None)
    answer = _answered(
        request,
        form,
        act,
        lambda: plan_end(act, by=request.user, on=on, engagement=standing, **form.cleaned_data),
        done=f"La fin de {standing.code} est dans le projet.",
    )
    heading = f"Mettre fin à l’engagement {standing.code}"
    return answer or _show(request, act, on, form, heading=heading, said=standing.title)


def _refused(request: HttpRequest, act: Act, standing: Engagement) -> HttpResponse | None:
    """Say at once what the action would refuse, rather than after a form was filled."""
    try:
        check_replaceable(act, standing)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return _back(act)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@in_draft
def planned_edit(request: HttpRequest, act: Act, on: date, row_pk: int) -> HttpResponse:
    """Write again what the act says of an engagement it adds or changes."""
    row = get_object_or_404(Engagement.every.planned_by(act), pk=row_pk, repeals=False)
    form = PlannedEngagementForm(request.POST or None, act=act, on=on, row=row)
    answer = _answered(
        request,
        form,
        act,
        lambda: change_planned(row, by=request.user, on=on, **form.cleaned_data),
        done="Le projet est à jour.",
    )
    return answer or _show(request, act, on, form, heading=f"Reprendre l’engagement {row.code}")


@require_http_methods(["GET", "HEAD", "POST"])
@in_draft
def planned_target(
    request: HttpRequest, act: Act, on: date, row_pk: int | None = None
) -> HttpResponse:
    """Set, move or give up a target by the act."""
    row = get_object_or_404(Target.every.planned_by(act), pk=row_pk) if row_pk else None
    form = PlannedTargetForm(request.POST or None, act=act, on=on, row=row)
    answer = _answered(
        request,
        form,
        act,
        lambda: plan_target(act, by=request.user, on=on, **form.cleaned_data),
        done="L’objectif est dans le projet.",
    )
    return answer or _show(request, act, on, form, heading="Fixer un objectif par l’avenant")


@require_POST
@in_draft
def planned_remove(
    request: HttpRequest, act: Act, on: date, kind: str, row_pk: int
) -> HttpResponse:
    """Take a line out of the project; what stands is left as it is."""
    rows = Engagement.every if kind == "engagement" else Target.every
    row = get_object_or_404(rows.planned_by(act), pk=row_pk)
    try:
        unplan(row, by=request.user, on=on)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, "La ligne est retirée du projet ; rien d’autre ne change.")
    return _back(act)

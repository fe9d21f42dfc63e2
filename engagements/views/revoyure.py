"""The yearly review on screen: five steps, from the figures to the document."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.rules.roles import Capability
from conventions.access import acting_parties, get_convention_or_404, visible_to
from conventions.enums import ConventionStatus
from engagements.access import convocations_visible_to
from engagements.actions import revoyure as actions
from engagements.forms.revoyure import FreezeForm, OpenForm
from engagements.models import Contribution, Revoyure
from engagements.models.revoyure_read import missing_figures
from engagements.rules.revoyure import Reading, divergences
from engagements.views.revoyure_steps import steps


def get_revoyure_or_404(request: HttpRequest, pk: int) -> Revoyure:
    """Return a review of a convention this person may see; a stranger learns nothing."""
    visible = visible_to(request.user, on=timezone.localdate())
    rows = Revoyure.objects.filter(convention__in=visible).select_related("convention__territory")
    return get_object_or_404(rows, pk=pk)


def revoyures(request: HttpRequest) -> HttpResponse:
    """The reviews of all my conventions, the open ones first."""
    visible = visible_to(request.user, on=timezone.localdate())
    rows = Revoyure.objects.filter(convention__in=visible).select_related("convention")
    rows = rows.prefetch_related("contributions__party").order_by("-status", "-year", "pk")
    return render(request, "engagements/revoyures.html", {"revoyures": rows})


def convention_revoyures(request: HttpRequest, pk: int) -> HttpResponse:
    """A convention's reviews, and the form that opens a year."""
    today = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=today)
    may_open = acting_parties(request.user, convention, Capability.MANAGE, on=today).exists()
    form = OpenForm(request.POST or None, initial={"year": today.year})
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.open_revoyure(
                convention, by=request.user, on=today, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"La revoyure {opened.year} est ouverte.")
            return redirect("engagements:revoyure", pk=opened.pk)
    context = {
        "convention": convention,
        "on": today,
        "tab": "revoyures",
        "revoyures": convention.revoyures.prefetch_related("contributions__party"),
        "form": form,
        "may_open": may_open and convention.status == ConventionStatus.SIGNEE,
    }
    return render(request, "engagements/convention_revoyures.html", context)


def revoyure(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the review stands: figures, each party's part, differences, freeze, document."""
    today = timezone.localdate()
    shown = get_revoyure_or_404(request, pk)
    convention = shown.convention
    contributions = list(
        shown.contributions.select_related("party").prefetch_related("assessments")
    )
    mine = set(
        acting_parties(request.user, convention, Capability.CONTRIBUTE, on=today).values_list(
            "pk", flat=True
        )
    )
    engagements = {e.pk: e for e in convention.engagements.all()}
    # What the other party has not handed over is its draft: nobody else reads it.
    shared = [c for c in contributions if c.handed_over_at or c.party_id in mine]
    missing = missing_figures(shown, on=today)
    context = {
        "convention": convention,
        "on": today,
        "tab": "revoyures",
        "revoyure": shown,
        "contributions": contributions,
        "shared": {c.pk for c in shared},
        "mine": mine,
        "missing": missing,
        "differences": _differences(shared, contributions, engagements),
        "problems": [] if shown.is_frozen else actions.freeze_problems(shown),
        "steps": steps(shown, contributions, missing),
        "convocations": convocations_visible_to(request.user, convention, on=today)
        .filter(revoyure=shown)
        .select_related("party"),
        "may_manage": acting_parties(
            request.user, convention, Capability.MANAGE, on=today
        ).exists(),
    }
    return render(request, "engagements/revoyure.html", context)


def _differences(shared, contributions, engagements) -> list[dict]:
    by_key = {(c.party_id, a.engagement_id): a for c in shared for a in c.assessments.all()}
    readings = [
        Reading(party, engagement, assessment.appreciation, assessment.comment)
        for (party, engagement), assessment in by_key.items()
    ]
    return [
        {
            "engagement": engagements[found.engagement],
            "readings": [by_key.get((c.party_id, found.engagement)) for c in contributions],
        }
        for found in divergences(readings)
    ]


def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Say the outcome and freeze; what still prevents it is listed with where to settle it."""
    today = timezone.localdate()
    shown = get_revoyure_or_404(request, pk)
    if shown.is_frozen and request.method == "GET":
        return redirect("engagements:revoyure", pk=pk)
    form = FreezeForm(
        request.POST or None, initial={"outcome": "maintien", "meeting_on": shown.meeting_on}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.freeze_revoyure(
                shown, by=request.user, on=today, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"La revoyure {shown.year} est gelée. Son document se fait.")
            return redirect("reporting:revoyure_document", pk=pk)
    context = {
        "convention": shown.convention,
        "revoyure": shown,
        "form": form,
        "problems": actions.freeze_problems(shown),
        "missing": missing_figures(shown, on=today),
    }
    return render(request, "engagements/revoyure_freeze.html", context)


@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    contribution = get_contribution_or_404(request, pk)
    try:
        actions.hand_over(
            contribution, by=request.user, on=timezone.localdate(), now=timezone.now()
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("engagements:contribution", pk=pk)
    messages.success(request, f"La contribution de {contribution.party} est rendue.")
    return redirect("engagements:revoyure", pk=contribution.revoyure_id)


def get_contribution_or_404(request: HttpRequest, pk: int):
    """Return a party's part of a review this person may see."""
    visible = visible_to(request.user, on=timezone.localdate())
    rows = Contribution.objects.filter(revoyure__convention__in=visible)
    rows = rows.select_related("party", "revoyure__convention__territory")
    return get_object_or_404(rows.prefetch_related("assessments"), pk=pk)

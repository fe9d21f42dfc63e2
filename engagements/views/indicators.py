"""The figures of a convention: read, entered, corrected, and what they are measured against."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rules.roles import Capability
from conventions.access import (
    acting_parties,
    capabilities_in,
    check_acts_for,
    check_can,
    get_convention_or_404,
)
from conventions.models import Convention
from conventions.models.listing import parties_in_order
from engagements.access import get_measurement_or_404
from engagements.actions.figures import correct_measurement, enter_measurement, set_target
from engagements.enums import IndicatorUnit
from engagements.forms.indicators import CorrectionForm, MeasurementForm, TargetForm
from engagements.models import Measurement, Target
from engagements.rules.lecture import written
from engagements.views.indicators_reading import read_figures, territories_of
from territories.models import Territory


@require_safe
def indicators(request: HttpRequest, pk: int) -> HttpResponse:
    """Target against result, year by year: the table first, its drawing beside it."""
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    prefetch_related_objects([convention], parties_in_order())
    territories = territories_of(convention)
    territory = _asked(request, territories)
    rights = capabilities_in(request.user, convention, on=on)
    mine = acting_parties(request.user, convention, Capability.CONTRIBUTE, on=on)
    context = {
        "convention": convention,
        "on": on,
        "tab": "indicateurs",
        "territory": territory,
        "territories": territories,
        "sheets": read_figures(convention, territory, on=on),
        "mine": set(mine.values_list("pk", flat=True)),
        "may_aim": Capability.MANAGE in rights,
    }
    return render(request, "engagements/indicators.html", context)


def _asked(request: HttpRequest, territories: list[Territory]) -> Territory:
    """The territory of the address, or the whole when it is not among those with figures."""
    wanted = request.GET.get("territoire", "")
    return next((t for t in territories if str(t.pk) == wanted), territories[0])


def _cell(request: HttpRequest, convention: Convention, on: date) -> dict:
    """Where one comes from: the empty cell whose link was followed."""
    answers = {
        "indicator": request.GET.get("indicateur", ""),
        "territory": request.GET.get("territoire", ""),
        "year": request.GET.get("annee", ""),
    }
    usable = {name: answer for name, answer in answers.items() if answer.isdigit()}
    return {"territory": convention.territory_id, "year": on.year} | usable


def _back(convention: Convention, territory_id: int, indicator_id: int) -> str:
    """The table of that territory, at that indicator."""
    address = reverse("engagements:indicators", args=[convention.pk])
    query = (
        ""
        if territory_id == convention.territory_id
        else "?" + urlencode({"territoire": territory_id})
    )
    return f"{address}{query}#indicateur-{indicator_id}"


@require_http_methods(["GET", "HEAD", "POST"])
def measurement_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the first value of a year, for one's own party."""
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    parties = acting_parties(request.user, convention, Capability.CONTRIBUTE, on=on)
    if not parties:
        msg = "Une valeur se saisit au nom d’une partie\u00a0: il faut en être contributeur."
        raise PermissionDenied(msg)
    form = MeasurementForm(
        request.POST or None,
        convention=convention,
        parties=parties,
        on=on,
        initial=_cell(request, convention, on) | {"provider": parties[0].pk},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = enter_measurement(convention, by=request.user, on=on, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"La valeur de {made.year} est enregistrée.")
            return redirect(_back(convention, made.territory_id, made.indicator_id))
    context = {"form": form, "convention": convention, "on": on}
    return render(request, "engagements/measurement_create.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def measurement_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a newer value in the place of one; both remain, with the reason."""
    on = timezone.localdate()
    measurement = get_measurement_or_404(request.user, pk, on=on)
    check_acts_for(request.user, measurement.provider, Capability.CONTRIBUTE, on=on)
    form = CorrectionForm(request.POST or None, measurement=measurement)
    if request.method == "POST" and form.is_valid():
        try:
            correct_measurement(measurement, by=request.user, on=on, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"La valeur de {measurement.year} est corrigée.")
            return redirect(
                _back(measurement.convention, measurement.territory_id, measurement.indicator_id)
            )
    context = {
        "form": form,
        "measurement": measurement,
        "convention": measurement.convention,
        "on": on,
        "newer": Measurement.objects.filter(supersedes=measurement).first(),
    }
    return render(request, "engagements/measurement_correct.html", context)


def _known_target(convention: Convention, cell: dict) -> dict:
    """What is already aimed at in that cell, as the form shows it."""
    if "indicator" not in cell:
        return {}
    rows = Target.objects.filter(
        convention=convention, replaced_on__isnull=True, **cell
    ).select_related("indicator")
    target = rows.first()
    if target is None:
        return {}
    return {
        "quantity": written(target.quantity, IndicatorUnit.NOMBRE),
        "engagement": target.engagement_id,
        "article": target.article_id,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def target_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Set what is aimed at for a year, or change it."""
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    check_can(request.user, convention, Capability.MANAGE, on=on)
    initial = _cell(request, convention, on)
    form = TargetForm(
        request.POST or None,
        convention=convention,
        on=on,
        initial=initial | _known_target(convention, initial),
    )
    if request.method == "POST" and form.is_valid():
        try:
            target = set_target(convention, by=request.user, on=on, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"L’objectif de {target.year} est fixé.")
            return redirect(_back(convention, target.territory_id, target.indicator_id))
    context = {"form": form, "convention": convention, "on": on}
    return render(request, "engagements/target_edit.html", context)

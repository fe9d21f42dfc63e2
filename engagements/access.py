"""Doors to what is owed and to its figures: through the conventions a person may read."""

from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from conventions.access import visible_to
from engagements.models import Engagement, Measurement


def engagements_visible_to(user, *, on: date) -> QuerySet[Engagement]:
    """Every engagement of the conventions this person may read on `on`."""
    return Engagement.objects.filter(convention__in=visible_to(user, on=on))


def get_engagement_or_404(user, pk: int, *, on: date) -> Engagement:
    """Return an engagement this person may see. A stranger learns nothing: 404, never 403."""
    rows = engagements_visible_to(user, on=on)
    return get_object_or_404(rows.select_related("convention__territory", "theme"), pk=pk)


def get_measurement_or_404(user, pk: int, *, on: date) -> Measurement:
    """Return a value of a convention this person may see; 404 to strangers."""
    rows = Measurement.objects.filter(convention__in=visible_to(user, on=on))
    related = ("convention__territory", "indicator", "territory", "provider__convention")
    return get_object_or_404(rows.select_related(*related), pk=pk)

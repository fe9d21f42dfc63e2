"""Doors to what is owed and to its figures: through the conventions a person may read."""

from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from accounts.access import scope_of
from accounts.rules.roles import Capability
from conventions.access import acting_parties, visible_to
from conventions.models import Convention, Party
from engagements.models import Convocation, Engagement, Measurement


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


def convocations_visible_to(user, convention: Convention, *, on: date) -> QuerySet[Convocation]:
    """The calls to committees one may know of, in a convention one sees.

    What a party prepares, or gave up before sending it, is its own; a call that left is for all.
    """
    rows = Convocation.objects.filter(revoyure__convention=convention)
    if scope_of(user, on=on).is_platform:
        return rows
    sides = set(
        acting_parties(user, convention, Capability.READ, on=on).values_list("pk", flat=True)
    )
    callers = Party.objects.filter(pk__in=rows.values("party"))
    heirs = [party.pk for party in callers if party.heir(on=on).pk in sides]
    return rows.filter(Q(party__in=heirs) | Q(sent_on__isnull=False))


def get_convocation_or_404(user, pk: int, *, on: date) -> Convocation:
    """Return a call this person may know of; what the other side prepares is not known: 404."""
    rows = Convocation.objects.filter(revoyure__convention__in=visible_to(user, on=on))
    found = get_object_or_404(
        rows.select_related("party__convention", "revoyure__convention__territory"), pk=pk
    )
    known = convocations_visible_to(user, found.revoyure.convention, on=on)
    get_object_or_404(known, pk=pk)
    return found

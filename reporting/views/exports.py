"""The list of conventions taken away: exactly what its filter shows, in CSV or XLSX.

A POST, because the journal keeps who took what away, and a GET never writes.
"""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from conventions.access import visible_to
from conventions.models import Convention
from conventions.models.listing import listed, parties_in_order
from conventions.rules.liste import Filtres, days_left
from reminders.rules.liste import folded
from reporting.actions.exports import record_export
from reporting.models.extras import NOTHING, Extra, extras_of
from reporting.rules.classeur import FORMATS, Sheet, written
from reporting.rules.tableur import Cell

HEADINGS = (
    "Référence", "Titre", "Type", "Parties", "Territoire", "Région", "État", "Prend effet le",
    "Dernier jour couvert", "Jours restants", "Prochaine échéance", "Le", "Engagements en retard",
)  # fmt: skip
_WIDTHS = (18, 60, 28, 44, 32, 28, 26, 14, 18, 14, 50, 14, 14)


@require_POST
def export_conventions(request: HttpRequest, fmt: str) -> HttpResponse:
    if fmt not in FORMATS:
        raise Http404
    on = timezone.localdate()
    filtres = Filtres.read(request.GET)
    found = listed(visible_to(request.user, on=on), filtres, on=on)
    rows = _rows(found, on=on)
    record_export(
        "convention", by=request.user, fmt=fmt, rows=len(rows), filters=dict(filtres.items())
    )
    return handed_over(Sheet("Conventions", HEADINGS, _WIDTHS, rows), fmt, on=on)


def handed_over(sheet: Sheet, fmt: str, *, on: date) -> HttpResponse:
    """Send a sheet as a file named after it and the day."""
    name = f"{folded(sheet.title)}-{on.isoformat()}.{fmt}"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        written(sheet, fmt),
        content_type=FORMATS[fmt],
        headers={"Content-Disposition": disposition},
    )


def _rows(found: QuerySet, *, on: date) -> list[list[Cell]]:
    """One row a convention, in the order of the list."""
    conventions = list(
        found.select_related("territory", "region").prefetch_related(parties_in_order())
    )
    extras = extras_of([convention.pk for convention in conventions], on=on)
    return [
        _cells(convention, extras.get(convention.pk, NOTHING), on) for convention in conventions
    ]


def _cells(convention: Convention, extra: Extra, on: date) -> list[Cell]:
    return [
        convention.reference,
        convention.title,
        convention.get_kind_display(),
        ", ".join(party.alias for party in convention.parties.all() if party.is_bound_on(on)),
        convention.territory.name,
        convention.region.name if convention.region else None,
        convention.situation_on(on).label,
        convention.starts_on,
        convention.ends_on,
        days_left(ends_on=convention.ends_on, on=on),
        extra.next_title or None,
        extra.next_on,
        extra.late,
    ]

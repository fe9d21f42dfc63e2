"""The list of conventions taken away: exactly what its filter shows, in CSV or XLSX.

A POST, because the journal keeps who took what away, and a GET never writes.
"""

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from conventions.access import visible_to
from conventions.models import Convention
from conventions.models.listing import listed, parties_in_order
from conventions.rules.liste import Filtres, days_left
from reporting.actions.exports import record_export
from reporting.models.extras import NOTHING, Extra, extras_of
from reporting.rules.tableur import Cell, csv_cell, safe_cell

HEADINGS = (
    "Référence", "Titre", "Type", "Parties", "Territoire", "Région", "État", "Prend effet le",
    "Dernier jour couvert", "Jours restants", "Prochaine échéance", "Le", "Engagements en retard",
)  # fmt: skip
_WIDTHS = (18, 60, 28, 44, 32, 28, 26, 14, 18, 14, 50, 14, 14)


@require_POST
def export_conventions(request: HttpRequest, fmt: str) -> HttpResponse:
    if fmt not in WRITERS:
        raise Http404
    on = timezone.localdate()
    filtres = Filtres.read(request.GET)
    found = listed(visible_to(request.user, on=on), filtres, on=on)
    rows = _rows(found, on=on)
    write, content_type = WRITERS[fmt]
    record_export(by=request.user, fmt=fmt, rows=len(rows), filters=dict(filtres.items()))
    name = f"conventions-{on.isoformat()}.{fmt}"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        write(rows), content_type=content_type, headers={"Content-Disposition": disposition}
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


def as_csv(rows: list[list[Cell]]) -> bytes:
    """Semicolons and a byte order mark: what French spreadsheets open without asking."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: list[list[Cell]]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Conventions"
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append([safe_cell(cell) for cell in row])
    for rank, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(rank)].width = width
        sheet.cell(1, rank).font = Font(bold=True)
        sheet.cell(1, rank).alignment = Alignment(wrap_text=True, vertical="top")
    for column in sheet.iter_cols(min_row=2):
        for cell in column:
            if isinstance(cell.value, str):
                cell.data_type = "s"
            elif isinstance(cell.value, date):
                cell.number_format = "DD/MM/YYYY"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


Writer = Callable[[list[list[Cell]]], bytes]
WRITERS: Mapping[str, tuple[Writer, str]] = MappingProxyType(
    {
        "csv": (as_csv, "text/csv; charset=utf-8"),
        "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    }
)

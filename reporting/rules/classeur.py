"""A table as a file that spreadsheets open: CSV or XLSX, whose cells run nothing."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from reporting.rules.tableur import Cell, csv_cell, safe_cell

# Formats offered, with their media types.
FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "csv": "text/csv; charset=utf-8",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)


@dataclass(frozen=True)
class Sheet:
    """One sheet: what it is called, its columns with their widths, its rows."""

    title: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: list[list[Cell]]


def written(sheet: Sheet, fmt: str) -> bytes:
    return as_csv(sheet) if fmt == "csv" else as_xlsx(sheet)


def as_csv(sheet: Sheet) -> bytes:
    """Semicolons and a byte order mark: what French spreadsheets open without asking."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(sheet.headings)
    writer.writerows([csv_cell(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(sheet: Sheet) -> bytes:
    book = Workbook()
    page = book.active
    page.title = sheet.title
    page.append(sheet.headings)
    for row in sheet.rows:
        page.append([safe_cell(cell) for cell in row])
    for rank, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(rank)].width = width
        page.cell(1, rank).font = Font(bold=True)
        page.cell(1, rank).alignment = Alignment(wrap_text=True, vertical="top")
    for column in page.iter_cols(min_row=2):
        for cell in column:
            if isinstance(cell.value, str):
                cell.data_type = "s"
            elif isinstance(cell.value, date):
                cell.number_format = "DD/MM/YYYY"
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

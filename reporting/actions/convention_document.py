"""The documents of a convention as PDF: the same texts and the same day give the same bytes."""

import re
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from conventions.rules.ecriture import Reference
from reporting.models.text_document import TextDocument
from reporting.seals.conformance import conform
from reporting.seals.render import render_pdf

STYLESHEETS = ("css/tokens.css", "css/redline.css", "css/print.css", "css/document.css")
_HEADLESS = re.compile(r"<table><tbody>(.*?)</tbody></table>", re.DOTALL)
_FIRST_CELL = re.compile(r"<tr><td>(.*?)</td>", re.DOTALL)
# About twenty pages: above, laying out would hold a web process for more than a few seconds.
DIRECT_SIGNS = 60_000
# About the 200 pages at which `render_pdf` stops: no need to lay them out to know.
MOST_SIGNS = 700_000


def document_pdf(document: TextDocument) -> bytes:
    """Lay the document out as a tagged PDF/A-3A, or refuse one too long to be."""
    if document.length > MOST_SIGNS:
        msg = (
            "Ce texte est trop long pour un seul PDF. Lisez-le en HTML, ou téléchargez-le en Word."
        )
        raise ValidationError(msg, code="too_long")
    if document.avenant is not None:
        document = replace(
            document,
            references=_unlinked(document.references),
            old_references=_unlinked(document.old_references),
        )
    html = render_to_string("reporting/documents/convention.html", {"document": document})
    return conform(render_pdf(_with_row_headers(html), stylesheets=STYLESHEETS))


def _with_row_headers(html: str) -> str:
    """Name the rows of a table without a header by their first cell: PDF/UA wants a name."""

    def named(table: re.Match) -> str:
        rows = _FIRST_CELL.sub(r'<tr><th scope="row">\1</th>', table[1])
        return f"<table><tbody>{rows}</tbody></table>"

    return _HEADLESS.sub(named, html)


def _unlinked(references: dict[int, Reference]) -> dict[int, Reference]:
    """Name articles without a link: an avenant does not hold those it refers to."""
    return {code: Reference(known.label) for code, known in references.items()}

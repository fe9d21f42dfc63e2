"""A comparison of two texts as a PDF: the same marks as on screen, legible in black and white."""

from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from conventions.models import Convention
from conventions.models.comparing import Compared, Side, permalink
from conventions.rules.ecriture import Reference
from reporting.seals.conformance import conform
from reporting.seals.render import render_pdf

# About 90 pages. Above, laying out would hold a web process for more than half a minute.
MOST_SIGNS = 800_000
STYLESHEETS = ("css/tokens.css", "css/redline.css", "css/print.css")


def comparison_pdf(
    convention: Convention,
    compared: Compared,
    *,
    now: datetime,
    only_changes: bool = True,
) -> bytes:
    """Return the PDF: the same texts at the same instant give the same bytes."""
    context = {
        "convention": convention,
        "compared": replace(compared, old=_unlinked(compared.old), new=_unlinked(compared.new)),
        "parties": [party.name_as_signed or party.alias for party in convention.parties.all()],
        "links": [permalink(convention, side) for side in (compared.old, compared.new)],
        "now": now,
        "only_changes": only_changes,
    }
    html = render_to_string("reporting/documents/comparison.html", context)
    if len(html) > MOST_SIGNS:
        msg = (
            "Cette comparaison est trop longue pour un PDF. Choisissez deux dates plus proches, "
            "ou seulement ce qui change."
        )
        raise ValidationError(msg, code="too_long")
    return conform(render_pdf(html, stylesheets=STYLESHEETS))


def _unlinked(side: Side) -> Side:
    """Name articles without a link: the one referred to may not be in the document."""
    named = {code: Reference(known.label) for code, known in side.references.items()}
    return replace(side, references=named)

"""A letter as a PDF: what was kept of it makes the same bytes, whatever has changed since."""

from collections.abc import Mapping
from datetime import datetime

from django.template.loader import render_to_string

from conventions.rules.lettre import letter_of
from reporting.seals.conformance import conform
from reporting.seals.render import render_pdf

STYLESHEETS = ("css/tokens.css", "css/print.css", "css/letter.css")


def letter_pdf(content: Mapping) -> bytes:
    """Return the PDF of a kept letter, from its content alone: no row is read."""
    letter = letter_of(content)
    context = {"letter": letter, "made_at": datetime.fromisoformat(letter.made_at)}
    html = render_to_string("reporting/documents/lettre.html", context)
    return conform(render_pdf(html, stylesheets=STYLESHEETS))

"""A letter as a PDF: what is recorded makes the same bytes, whatever the hour."""

from django.template.loader import render_to_string

from conventions.actions.letters import letter_facts
from conventions.models import RegisteredLetter
from conventions.rules.lettres import Object, compose
from reporting.seals.conformance import conform
from reporting.seals.render import render_pdf

STYLESHEETS = ("css/tokens.css", "css/print.css", "css/letter.css")


def letter_pdf(letter: RegisteredLetter, about: Object) -> bytes:
    """Return the PDF of a letter, dated from its preparation."""
    ending = letter.termination
    context = {
        "letter": compose(letter_facts(letter), about),
        "convention": ending.convention,
        "prepared_at": ending.created_at,
    }
    html = render_to_string("reporting/documents/lettre.html", context)
    return conform(render_pdf(html, stylesheets=STYLESHEETS))

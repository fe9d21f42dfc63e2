"""Papers for the demonstration: true PDF files of one page, which say that they are made up."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from django.utils.html import format_html, format_html_join

from accounts.rules.typographie import date_longue, typo
from reporting.seals.render import render_pdf

STYLE = (
    "@page { size: A4; margin: 30mm 25mm } h1 { font-size: 16pt }"
    'body { font-family: "Revoyure Serif", serif; line-height: 1.5 }'
)
NOTICE = "Pièce de démonstration, sans valeur : personne ne l’a écrite ni signée."


def paper(title: str, lines: Iterable[str], *, on: date) -> tuple[str, bytes]:
    """Return the file name and the bytes of a one-page PDF dated `on`."""
    page = format_html(
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{}</title>'
        '<meta name="dcterms.created" content="{}"></head>'
        "<body><h1>{}</h1><p>{}</p>{}<p><strong>{}</strong></p></body></html>",
        typo(title),
        on.isoformat(),
        typo(title),
        date_longue(on),
        format_html_join("", "<p>{}</p>", ((typo(line),) for line in lines if line)),
        typo(NOTICE),
    )
    return f"{_slug(title)}.pdf", render_pdf(page, stylesheets=("css/tokens.css",), css=STYLE)


def _slug(title: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")[:80].rstrip("-")

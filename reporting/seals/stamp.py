"""What a seal looks like on the page, and the code that leads to the verification page."""

import io
from dataclasses import dataclass
from datetime import datetime

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from pyhanko.pdf_utils.content import ImportedPdfPage, PdfContent
from pyhanko.pdf_utils.layout import (
    AxisAlignment,
    BoxConstraints,
    InnerScaling,
    Margins,
    SimpleBoxLayoutRule,
)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

from reporting.seals.render import render_pdf

INK = "#1c1922"
STAMP_VARIANT = "pdf/a-3b"  # untagged: the field itself is what the structure tree knows


@dataclass(frozen=True)
class StampWords:
    """What the visible seal says besides its title."""

    code: str
    level: str
    subject: str
    is_test: bool
    sealed_at: datetime


def stamp_pdf(words: StampWords, *, width: float, height: float) -> bytes:
    """Draw the seal on one page of that size (in points), fonts embedded.

    pyHanko's own text stamps use Courier without embedding it, which PDF/A forbids.
    """
    html = render_to_string(
        "reporting/seals/stamp.html",
        {
            "code": words.code,
            "level": words.level,
            "subject": words.subject,
            "is_test": words.is_test,
            "sealed_at": timezone.localtime(words.sealed_at),
            "zone": _zone_name(),
        },
    )
    page = f"@page {{ size: {width:.3f}pt {height:.3f}pt; margin: 0 }}"
    return render_pdf(html, stylesheets=("css/tokens.css",), css=page, variant=STAMP_VARIANT)


def stamp_style(pdf: bytes) -> StaticStampStyle:
    """Wrap the drawing for pyHanko, edge to edge."""
    return StaticStampStyle(
        background=DrawnStamp(pdf),
        background_opacity=1.0,
        border_width=0,
        background_layout=SimpleBoxLayoutRule(
            x_align=AxisAlignment.ALIGN_MID,
            y_align=AxisAlignment.ALIGN_MID,
            margins=Margins.uniform(0),
            inner_content_scaling=InnerScaling.SHRINK_TO_FIT,
        ),
    )


def qr_svg(url: str) -> str:
    """Return an inline SVG code leading to `url`, titled for who does not see it.

    It has no size of its own: the page's style sheet gives it one.
    """
    drawing = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        drawing,
        kind="svg",
        border=0,
        dark=INK,
        xmldecl=False,
        svgns=True,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
        nl=False,
    )
    title = (
        f"<title>Code à scanner, qui mène à la vérification de ce document : {escape(url)}</title>"
    )
    opening, rest = drawing.getvalue().decode().split(">", 1)
    return f'{opening} role="img">{title}{rest}'


class DrawnStamp(ImportedPdfPage):
    """A page already in memory; pyHanko's own class wants a file, and writes outside DATA_DIR."""

    def __init__(self, pdf: bytes):
        PdfContent.__init__(self)
        self.pdf = pdf
        self.page_ix = 0

    def render(self) -> bytes:
        writer = self._ensure_writer
        page = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self.pdf)))
        left, bottom, right, top = page.get_object()["/BBox"]
        self.box = BoxConstraints(width=right - left, height=top - bottom)
        name = "/Cachet"
        self.resources.xobject[name] = page
        return name.encode() + b" Do"


def _zone_name() -> str:
    """«heure de Paris» rather than a zone identifier."""
    if "/" not in settings.TIME_ZONE:
        return settings.TIME_ZONE
    return f"heure de {settings.TIME_ZONE.split('/')[-1].replace('_', ' ')}"

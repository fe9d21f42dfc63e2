"""Our HTML turned into a tagged PDF/A-3A, with no way out to the network or to the disk.

Give the HTML `dcterms.created` and `dcterms.modified` metas: the same HTML then gives the same
bytes. The page limit is checked here; the time and memory limits (60 s, 512 MB) belong to the
worker that calls, because a layout cannot be interrupted from within.
"""

import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit, uses_netloc, uses_relative

from django.conf import settings
from django.core.exceptions import ValidationError
from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

MAX_PAGES = 200
VARIANT = "pdf/a-3a"
STATIC_SCHEME = "static"
STATIC_SUFFIXES = {".css", ".svg", ".png", ".jpg", ".jpeg", ".woff2", ".woff", ".otf", ".ttf"}
# What a decorative image is called between here and `conformance`, which makes it an artifact.
DECORATION = "revoyure:decoration"
SVG = "{http://www.w3.org/2000/svg}"
# urllib joins relative addresses (a font named by a style sheet) only for schemes it knows.
for known_schemes in (uses_relative, uses_netloc):
    if STATIC_SCHEME not in known_schemes:
        known_schemes.append(STATIC_SCHEME)


@dataclass(frozen=True)
class AttachedFile:
    """Data that goes with the document (PDF/A-3): a table of its figures, its frozen contents."""

    name: str
    content: bytes
    description: str


class DocumentFetcher(URLFetcher):
    """Opens `data:` and `static:<path>` under the project's static folder, and nothing else.

    A refusal is fatal: WeasyPrint only logs other errors and draws the rest of the page.
    """

    def __init__(self, static_root: Path):
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)
        self.static_root = static_root.resolve()

    def fetch(self, url, headers=None):
        scheme = urlsplit(url).scheme.lower()
        if scheme == "data":
            return super().fetch(url, headers)
        if scheme == STATIC_SCHEME:
            return self._fetch_static(url)
        msg = f"Address refused in a document: {url[:200]}"
        raise FatalURLFetchingError(msg)

    def _fetch_static(self, url: str) -> URLFetcherResponse:
        name = unquote(urlsplit(url).path).lstrip("/")
        path = (self.static_root / name).resolve()
        if (
            not path.is_relative_to(self.static_root)
            or path.suffix not in STATIC_SUFFIXES
            or not path.is_file()
        ):
            msg = f"Not a file documents may use: {url[:200]}"
            raise FatalURLFetchingError(msg)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def render_pdf(
    html: str,
    *,
    stylesheets: Iterable[str] = (),
    css: str = "",
    attachments: Iterable[AttachedFile] = (),
    variant: str = VARIANT,
    static_root: Path | None = None,
) -> bytes:
    """Return the document as a PDF.

    `stylesheets` are paths under the static folder, `css` a last stylesheet made by our code. In
    the HTML, addresses read `static:css/print.css`; an image marked `aria-hidden="true"` (or an
    `<img alt="">`) is decoration and stays out of the structure tree once `conform` has run.

    `WeasyPrint` signals a refused address with a BaseException so that nothing swallows it on the
    way; it stops here and becomes the ValidationError every caller of ours knows.
    """
    fetcher = DocumentFetcher(static_root or Path(settings.BASE_DIR) / "static")
    try:
        document = _lay_out(html, fetcher, tuple(stylesheets), css, variant)
        files = [_attachment(file, document) for file in attachments]
        return document.write_pdf(pdf_variant=variant, attachments=files)
    except FatalURLFetchingError as error:
        msg = "Le document appelle une ressource extérieure\u202f: il n’est pas produit."
        raise ValidationError(msg, code="external_resource") from error


def _lay_out(
    html: str, fetcher: DocumentFetcher, stylesheets: tuple[str, ...], css: str, variant: str
) -> Document:
    # A base address makes relative ones reach the fetcher, where they are refused aloud.
    source = HTML(string=html, base_url=f"{STATIC_SCHEME}:", url_fetcher=fetcher)
    _mark_decorations(source.etree_element)
    fonts = FontConfiguration()
    sheets = [
        CSS(url=f"{STATIC_SCHEME}:{name}", url_fetcher=fetcher, font_config=fonts)
        for name in stylesheets
    ]
    if css:
        base = f"{STATIC_SCHEME}:"
        sheets.append(CSS(string=css, url_fetcher=fetcher, base_url=base, font_config=fonts))
    document = source.render(stylesheets=sheets, font_config=fonts, pdf_variant=variant)
    if len(document.pages) > MAX_PAGES:
        msg = f"Le document dépasse {MAX_PAGES}\u00a0pages\u202f: il n’est pas produit."
        raise ValidationError(msg, code="too_many_pages")
    _refuse_attachments_of_the_html(document)
    return document


def _refuse_attachments_of_the_html(document: Document) -> None:
    """Files are attached by our code alone, never by a `rel=attachment` found in the HTML."""
    links = (link for page in document.pages for link in page.links)
    if document.metadata.attachments or any(kind == "attachment" for kind, *_ in links):
        msg = "Le document joint un fichier par une balise\u202f: il n’est pas produit."
        raise ValidationError(msg, code="html_attachment")


def _mark_decorations(root) -> None:
    for image in root.iter(f"{SVG}svg"):
        if image.get("aria-hidden") == "true":
            for title in image.findall(f"{SVG}title"):
                image.remove(title)
            title = image.makeelement(f"{SVG}title", {})
            title.text = DECORATION
            image.insert(0, title)
    for image in root.iter("img"):
        if image.get("alt") == "" or image.get("aria-hidden") == "true":
            image.set("alt", DECORATION)


def _attachment(file: AttachedFile, document: Document) -> Attachment:
    """Date the file as the document is: the clock would make each rendering different."""
    created = document.metadata.created
    if not created:
        msg = "A document with attachments states its date in <meta name=dcterms.created>."
        raise ValueError(msg)
    made_at = datetime.fromisoformat(created)
    return Attachment(
        string=file.content,
        name=file.name,
        description=file.description,
        created=made_at,
        modified=made_at,
        relationship="Data",
    )

"""Documents are drawn from our HTML alone: no network, no disk, no surprise."""

import io
import socket
import threading
from contextlib import contextmanager

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Engine
from weasyprint.urls import FatalURLFetchingError

from reporting.seals import render
from reporting.seals.render import AttachedFile, DocumentFetcher, render_pdf
from reporting.tests import seals_kit as kit


@contextmanager
def listening_socket():
    """Yield an address that counts who calls."""
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        over = threading.Event()

        def accept():
            while not over.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                calls.append(connection)
                connection.close()

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}", calls
        finally:
            over.set()
            thread.join()


def page(body: str) -> str:
    return kit.HTML % body


def test_the_same_document_gives_the_same_bytes():
    html = page("<p>Encore.</p>")
    first = render_pdf(html, attachments=[kit.DATA])
    assert first == render_pdf(html, attachments=[kit.DATA])


def files_or_refusal(markup: str) -> list[str] | str:
    """Return what the document has attached, or why it is refused.

    Some elements are not drawn at all: then nothing may have come in either.
    """
    try:
        pdf = render_pdf(page(markup))
    except ValidationError as refusal:
        return refusal.code
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return list(document.attachments)


HOSTILE = [
    '<img src="file:///etc/passwd">',
    '<img src="http://{host}/x.png">',
    '<img src="http://169.254.169.254/latest/meta-data/">',
    '<img src="ftp://{host}/x.png">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<link rel="stylesheet" href="http://{host}/x.css">',
    '<style>@import url("http://{host}/x.css");</style>',
    '<style>@import "file:///etc/passwd";</style>',
    "<style>@font-face {{ font-family: x; src: url(http://{host}/x.woff2) }}"
    "p {{ font-family: x }}</style>",
    '<style>p {{ background: url("http://{host}/x.png") }}</style>',
    '<svg width="9" height="9"><image href="http://{host}/x.png" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><image href="file:///etc/passwd" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><use href="http://{host}/x.svg#a"/></svg>',
    '<img src="relative.png">',
    '<img src="//{host}/x.png">',
    '<img src="static:../config/settings.py">',
    '<img src="static:%2e%2e/config/settings.py">',
    '<img src="static:/etc/passwd">',
    '<object data="http://{host}/x.svg"></object>',
    '<embed src="http://{host}/x.svg">',
    '<img src="data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22>'
    '<image href=%22http://{host}/x.png%22 width=%229%22 height=%229%22/></svg>">',
]


@pytest.mark.parametrize("markup", HOSTILE)
def test_no_markup_reaches_the_network_or_the_disk(markup):
    with listening_socket() as (host, calls):
        files = files_or_refusal(markup.format(host=host))
    assert calls == []
    assert files in ([], "external_resource", "html_attachment")


def test_most_hostile_markup_stops_the_document():
    """A refusal that is only logged would leave a document with a hole in it."""
    with pytest.raises(ValidationError) as refusal:
        render_pdf(page('<img src="file:///etc/passwd">'))
    assert refusal.value.code == "external_resource"


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="attachment" href="data:text/plain,x">',
        '<a rel="attachment" href="data:text/plain,x">fichier</a>',
    ],
)
def test_the_html_cannot_attach_a_file(markup):
    with pytest.raises(ValidationError) as refusal:
        render_pdf(page(markup))
    assert refusal.value.code == "html_attachment"


def test_the_fetcher_reads_only_allowed_kinds_of_files(tmp_path):
    root = tmp_path / "static"
    root.mkdir()
    (root / "a.css").write_text("p { color: red }")
    (root / "a.py").write_text("secret = 1")
    (tmp_path / "b.css").write_text("p {}")
    (root / "link.css").symlink_to(tmp_path / "b.css")
    fetcher = DocumentFetcher(root)
    assert fetcher.fetch("static:a.css").read() == b"p { color: red }"
    for name in ("a.py", "link.css", "../b.css", "absent.css", ""):
        with pytest.raises(FatalURLFetchingError):
            fetcher.fetch(f"static:{name}")


def test_text_typed_by_a_user_stays_text(monkeypatch):
    template = Engine().from_string(page("<p>{{ text }}</p>"))
    hostile = '<style>@page { size: 1e9px }</style><img src="file:///etc/passwd">'
    pdf = render_pdf(template.render(Context({"text": hostile})))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert [float(edge) for edge in document.pages[0].MediaBox[2:]] == [
            pytest.approx(595.28, abs=0.01),
            pytest.approx(841.89, abs=0.01),
        ]


def test_a_document_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(render, "MAX_PAGES", 2)
    with pytest.raises(ValidationError) as refusal:
        render_pdf(page('<p style="break-before: page">x</p>' * 3))
    assert refusal.value.code == "too_many_pages"


def test_attached_data_is_there_named_and_described():
    pdf = render_pdf(page(""), attachments=[kit.DATA])
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert list(document.attachments) == ["donnees.csv"]
        attached = document.attachments["donnees.csv"]
        assert attached.get_file().read_bytes() == kit.DATA.content
        assert attached.description == kit.DATA.description
        assert attached.obj.AFRelationship == "/Data"


def test_attached_data_needs_a_dated_document():
    undated = page("").replace("dcterms.created", "x")
    with pytest.raises(ValueError, match=r"dcterms\.created"):
        render_pdf(undated, attachments=[AttachedFile("a.csv", b"", "a")])


def test_stylesheets_of_the_static_folder_apply(tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "small.css").write_text("@page { size: 100pt 50pt; margin: 0 }")
    html = '<html lang="fr"><title>t</title><p>x</p></html>'
    pdf = render_pdf(html, stylesheets=["css/small.css"], static_root=tmp_path)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert [float(edge) for edge in document.pages[0].MediaBox[2:]] == [100, 50]

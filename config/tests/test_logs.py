"""No log keeps an address that is a key in itself."""

import io
import logging
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from config.logs import AccessLogger, HideKeys, hide_keys

KEY = "a-B_9" * 8 + "xyz"


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        (f"GET /agenda/{KEY}.ics HTTP/1.1", "GET /agenda/***.ics HTTP/1.1"),
        (f"GET /agenda/{KEY}.ics?x=1 HTTP/1.1", "GET /agenda/***.ics?x=1 HTTP/1.1"),
        (f"Not Found: /agenda/{KEY}.ics", "Not Found: /agenda/***.ics"),
        (f"https://a.fr/invitation/{KEY}/", "https://a.fr/invitation/***/"),
        (f"/mot-de-passe/nouveau/MQ/{KEY}/", "/mot-de-passe/nouveau/MQ/***/"),
        ("GET /compte/agenda/ HTTP/1.1", "GET /compte/agenda/ HTTP/1.1"),
        ("POST /compte/agenda/creer/ HTTP/1.1", "POST /compte/agenda/creer/ HTTP/1.1"),
        ("GET /echeances/3/agenda.ics HTTP/1.1", "GET /echeances/3/agenda.ics HTTP/1.1"),
    ],
)
def test_the_key_alone_is_hidden(said, hidden):
    assert hide_keys(said) == hidden


def test_a_key_that_is_unlike_ours_is_hidden_too():
    for key in ("x.ics", "é" * 40, "a%20b", "a.b.c"):
        assert key not in hide_keys(f"GET /agenda/{key}.ics HTTP/1.1").replace("***.ics", "")


@pytest.mark.django_db
def test_what_django_says_of_a_refusal_is_hidden(client):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(HideKeys())
    logging.getLogger("django.request").addHandler(handler)
    try:
        assert client.get(f"/agenda/{KEY}.ics").status_code == 404
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    assert "/agenda/***.ics" in stream.getvalue()
    assert KEY not in stream.getvalue()


def test_the_console_of_the_portal_hides_keys(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["no_keys"]


def test_the_access_log_of_the_site_hides_keys():
    config = Config()
    config.set("accesslog", "-")
    log = AccessLogger(config)
    stream = io.StringIO()
    log.access_log.handlers = [logging.StreamHandler(stream)]
    path = f"/agenda/{KEY}.ics"
    environ = {
        "REQUEST_METHOD": "GET", "RAW_URI": path, "PATH_INFO": path, "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": f"https://a.fr/invitation/{KEY}/", "HTTP_USER_AGENT": "essai",
    }  # fmt: skip
    response = SimpleNamespace(status="200 OK", sent=3, headers=[])
    request = SimpleNamespace(headers=[])
    elapsed = SimpleNamespace(seconds=0, microseconds=5, days=0)
    log.access(response, request, environ, elapsed)
    assert "/agenda/***.ics" in stream.getvalue()
    assert KEY not in stream.getvalue()


@pytest.mark.parametrize("name", ["script/setup/run_server.py", "deploy/revoyure-web.service"])
def test_both_ways_to_serve_the_site_use_it(name, settings):
    text = (settings.BASE_DIR / name).read_text()
    assert "config.logs.AccessLogger" in text

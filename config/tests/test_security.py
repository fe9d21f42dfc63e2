"""Headers, forgery, silent writes, error pages: on every address at once (rules § E.2)."""

import re

import pytest
from django.apps import apps
from django.conf import settings as live_settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from config.tests.matrix_world import build
from config.tests.test_permission_matrix import TABLE

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), transaction.atomic():
        kept = live_settings.FILES_DIR
        live_settings.FILES_DIR = tmp_path_factory.mktemp("files")
        built = build()
        built.files, live_settings.FILES_DIR = live_settings.FILES_DIR, kept
        yield built
        transaction.set_rollback(True)


@pytest.fixture
def pages(world, settings):
    """Address of every GET page, as the manager of a party sees it."""
    settings.FILES_DIR = world.files
    return {
        name: reverse(name, kwargs=arguments(world))
        for name, (method, arguments, _expected) in TABLE.items()
        if method == "get"
    }


def _logged_in(world, **options) -> Client:
    client = Client(**options)
    client.force_login(world.people["administrateur"], backend=BACKEND)
    return client


def test_every_page_carries_the_policies(world, pages):
    client = _logged_in(world)
    for name, address in pages.items():
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        for directive in (
            "default-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ):
            assert directive in policy, name
        assert "unsafe-inline" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff", name
        assert headers["Referrer-Policy"] == "same-origin", name
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert headers["X-Frame-Options"] == "DENY", name


def test_no_page_of_a_person_is_kept_by_a_cache(world, pages):
    client = _logged_in(world)
    for name, address in pages.items():
        assert "no-store" in client.get(address).headers["Cache-Control"], name


def _fingerprint() -> dict:
    """How many rows each table holds, and the last change each can tell."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label != "sessions"
    }


def test_reading_writes_nothing(world, pages):
    client = _logged_in(world)
    before = _fingerprint()
    for name, address in pages.items():
        client.get(address)
        assert _fingerprint() == before, name


def test_every_write_asks_for_its_token(world, settings):
    settings.FILES_DIR = world.files
    client = _logged_in(world, enforce_csrf_checks=True)
    for name, (_method, arguments, _expected) in TABLE.items():
        answer = client.post(reverse(name, kwargs=arguments(world)), {})
        # 405: the address takes no POST at all.
        assert answer.status_code in {403, 405}, name


def test_what_only_changes_things_refuses_to_be_read(world, settings):
    client = _logged_in(world)
    for name, (method, arguments, _expected) in TABLE.items():
        if method == "post":
            assert client.get(reverse(name, kwargs=arguments(world))).status_code == 405, name


def test_extra_fields_have_no_effect(world):
    client = _logged_in(world)
    person = world.people["administrateur"]
    client.post(
        reverse("accounts:account"),
        {"first_name": "A", "last_name": "B", "job_title": "", "is_superuser": "on", "is_staff": 1},
    )
    person.refresh_from_db()
    assert (person.first_name, person.is_superuser, person.is_staff) == ("A", False, False)


def test_an_error_page_tells_nothing_of_the_inside(world, monkeypatch):
    client = Client(raise_request_exception=False)
    client.force_login(world.people["administrateur"], backend=BACKEND)

    def broken(*_args, **_kwargs):
        msg = "mot de passe de la base : hunter2"
        raise RuntimeError(msg)

    monkeypatch.setattr("accounts.views.people.access.organisations_visible_to", broken)
    monkeypatch.setattr("accounts.views.people.access.get_organisation_or_404", broken)
    answer = client.get(reverse("accounts:organisation", args=[world.epci.pk]))
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "hunter2" not in page
    assert "Traceback" not in page
    assert re.search(r"\b[0-9a-f]{8}\b", page), "no incident number"


def test_a_hidden_thing_and_a_missing_thing_look_the_same(world):
    client = Client()
    client.force_login(world.people["stranger"], backend=BACKEND)
    hidden = client.get(reverse("conventions:detail", args=[world.signed.pk]))
    missing = client.get(reverse("conventions:detail", args=[10**9]))
    strip = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
    assert strip.sub(b"", hidden.content) == strip.sub(b"", missing.content)


def test_cookies_are_kept_from_scripts_and_from_other_sites(settings):
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"


def test_passwords_are_hashed_with_argon2():
    written = (live_settings.BASE_DIR / "config/settings.py").read_text()
    first = re.search(r"PASSWORD_HASHERS = \[\s*\"([^\"]+)\"", written)[1]
    assert import_string(first)().encode("une phrase", "selselsel").startswith("argon2$argon2id$")


def test_the_support_desk_is_not_where_everybody_looks(client):
    assert client.get("/admin/").status_code in {302, 404}
    assert reverse("admin:index") != "/admin/"

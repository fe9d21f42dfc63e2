"""Logging in: the same words for every failure, a new key, a session that ends when it must."""

import pytest
from django.conf import settings
from django.core.cache import cache

from accounts.enums import Verb
from accounts.models import JournalEntry
from accounts.tests.factories import PASSWORD, make_member, make_organisation

pytestmark = pytest.mark.django_db
LOGIN = "/connexion/"


@pytest.fixture
def person():
    return make_member(make_organisation(), email="agent@exemple.fr")


def _log_in(client, email="agent@exemple.fr", password=PASSWORD, **extra):
    return client.post(LOGIN, {"username": email, "password": password}, **extra)


def test_the_right_address_and_password_open(client, person):
    assert _log_in(client).url == "/"
    assert JournalEntry.objects.filter(verb=Verb.LOGGED_IN, actor=person).exists()


def test_the_case_of_the_address_does_not_matter(client, person):
    assert _log_in(client, email="Agent@Exemple.FR").status_code == 302


def test_unknown_account_wrong_password_and_disabled_account_read_the_same(client, person):
    wrong = _log_in(client, password="faux mot de passe").content.decode()
    unknown = _log_in(client, email="personne@exemple.fr").content.decode()
    person.is_active = False
    person.save()
    disabled = _log_in(client).content.decode()
    for page in (wrong, unknown, disabled):
        assert "L’adresse ou le mot de passe ne convient pas" in page


def test_five_failures_lock_that_account_from_that_address_only(client, person):
    for _ in range(5):
        _log_in(client, password="faux", REMOTE_ADDR="203.0.113.9")
    assert _log_in(client, REMOTE_ADDR="203.0.113.9").status_code == 429
    assert _log_in(client, REMOTE_ADDR="198.51.100.7").status_code == 302
    cache.clear()


def test_a_log_in_changes_the_session_key_and_a_log_out_kills_it(client, person):
    client.get(LOGIN)
    session = client.session
    session["avant"] = 1
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    _log_in(client)
    old_key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert old_key != session.session_key
    client.post("/deconnexion/")
    client.cookies[settings.SESSION_COOKIE_NAME] = old_key
    assert client.get("/compte/").status_code == 302


def test_disabling_an_account_ends_its_sessions(client, person):
    _log_in(client)
    assert client.get("/compte/").status_code == 200
    person.is_active = False
    person.save()
    assert client.get("/compte/").status_code == 302


@pytest.mark.parametrize("target", ["//evil.example", "https:evil.example", r"\\evil.example"])
def test_next_never_leads_elsewhere(client, person, target):
    answer = client.post(
        f"{LOGIN}?next={target}", {"username": person.email, "password": PASSWORD, "next": target}
    )
    assert answer.url == "/"


def test_a_reset_link_serves_once(client, person, mailoutbox):
    assert client.post("/mot-de-passe/oublie/", {"email": person.email}).status_code == 302
    text = mailoutbox[0].body
    link = text[text.index("http") :].split()[0].split("testserver", 1)[1]
    form = client.get(link, follow=True)
    new = "un autre mot de passe bien long"
    answer = client.post(form.redirect_chain[-1][0], {"new_password1": new, "new_password2": new})
    assert answer.url == LOGIN
    assert "ne sert plus" in client.get(link, follow=True).content.decode()
    assert _log_in(client, password=new).status_code == 302


def test_a_reset_for_an_unknown_address_says_the_same_and_sends_nothing(client, mailoutbox):
    answer = client.post("/mot-de-passe/oublie/", {"email": "personne@exemple.fr"})
    assert answer.status_code == 302
    assert mailoutbox == []

"""Pages open to all: honest about accessibility, personal data and who answers for the portal."""

import pytest

pytestmark = pytest.mark.django_db
SLUGS = ("accessibilite", "donnees-personnelles", "mentions-legales", "aide")


def read(client, slug: str) -> str:
    answer = client.get(f"/pages/{slug}/")
    assert answer.status_code == 200
    return answer.content.decode().replace("&nbsp;", " ").replace("\u00a0", " ")


@pytest.mark.parametrize("slug", SLUGS)
def test_anyone_reads_them_in_one_title(client, slug):
    assert read(client, slug).count("<h1>") == 1


def test_another_page_does_not_exist(client):
    assert client.get("/pages/secret/").status_code == 404


def test_without_an_audit_the_portal_says_it_is_not_compliant(client):
    html = read(client, "accessibilite")
    assert "<b>non conforme</b>" in html
    assert "aucun audit" in html
    assert "Défenseur des droits" in html


def test_seals_are_not_given_a_value_they_do_not_have(client):
    html = read(client, "mentions-legales")
    assert "Il ne fournit ni signature électronique qualifiée" in html
    assert "juridiquement opposable" not in html


def test_who_runs_the_portal_is_told_from_the_settings(client, settings):
    assert "Non renseigné par l’exploitant." in read(client, "mentions-legales")
    settings.PUBLISHER = "Grand Lac, 1 place du Lac"
    settings.CONTACT_EMAIL = "contact@exemple.fr"
    assert "Grand Lac, 1 place du Lac" in read(client, "mentions-legales")
    assert "mailto:contact@exemple.fr" in read(client, "accessibilite")

"""The pages of the editor: what they send back, merge, keep, and show to be settled."""

import json

import pytest
from django.urls import reverse

from conventions.actions.articles import insert_article, remove_article, write_article
from conventions.actions.revisions import revisions_of
from conventions.models import ArticleRevision, Definition
from conventions.tests.drafting import TODAY, make_drafting_cast

pytestmark = pytest.mark.django_db

BODY = "Les parties produisent 170 logements par an.\n\nLe bilan est remis chaque année au comité."


@pytest.fixture
def cast(client):
    cast = make_drafting_cast()
    cast.who = {"by": cast.manager, "on": TODAY}
    cast.one = cast.convention.articles.get()
    write_article(cast.one, **cast.who, number="1", heading="Objet", body=BODY)
    cast.version = cast.act.article_versions.get()
    client.force_login(cast.manager)
    return cast


def _url(cast, name, **keys):
    return reverse(f"conventions:{name}", kwargs={"pk": cast.convention.pk, **keys})


def _edit(cast):
    return _url(cast, "article_edit", article_pk=cast.one.pk)


def _answers(**changed):
    words = {"number": "1", "heading": "Objet", "body": BODY}
    based = {f"base_{name}": value for name, value in words.items()}
    return words | based | {"kind": "article", "base_kind": "article"} | changed


def test_the_text_box_sends_markup_and_the_editor_html(client, cast):
    client.post(_edit(cast), _answers(body="Un **mot**.\r\n\r\n- un\r\n- deux"))
    cast.version.refresh_from_db()
    assert cast.version.body == "Un **mot**.\n\n- un\n- deux"
    html = "<p onclick='x()'>Un <b>autre</b><script>alert(1)</script></p>"
    answers = _answers(base_body=cast.version.body, **{"body-html": html})
    del answers["body"]
    assert client.post(_edit(cast), answers).status_code == 302
    cast.version.refresh_from_db()
    assert cast.version.body == "Un **autre**"


def test_the_page_gives_the_editor_what_it_needs(client, cast):
    page = client.get(_edit(cast)).content.decode()
    assert 'data-library="' in page
    assert f'data-autosave="{_url(cast, "article_autosave", article_pk=cast.one.pk)}"' in page
    assert 'data-code="1"' in page
    assert "{{art:1}}" in page


def test_what_somebody_else_wrote_elsewhere_is_merged_and_said(client, cast):
    other = BODY.replace("chaque année", "deux fois l’an")
    write_article(cast.one, by=cast.counterpart, on=TODAY, number="1", heading="Objet", body=other)
    page = client.post(_edit(cast), _answers(body=BODY.replace("170", "180")), follow=True)
    cast.version.refresh_from_db()
    assert cast.version.body == other.replace("170", "180")
    assert "Fusionné avec ce que Inès Roche vient d’écrire." in page.content.decode()


def test_words_changed_by_both_are_shown_side_by_side_then_settled(client, cast):
    theirs = BODY.replace("170", "200")
    write_article(cast.one, by=cast.counterpart, on=TODAY, number="1", heading="Objet", body=theirs)
    mine = BODY.replace("170", "180").replace("au comité", "au bureau")
    response = client.post(_edit(cast), _answers(body=mine))
    page = response.content.decode()
    cast.version.refresh_from_db()
    assert cast.version.body == theirs
    for words in ("<ins>180</ins>", "<ins>200</ins>", "<del>170</del>", "Celle de Inès Roche"):
        assert words in page
    form = response.context["form"]
    assert form["body"].value() == mine
    assert form["base_body"].value() == theirs
    assert "data-autosave=" not in page
    settled = {name: form[name].value() or "" for name in form.fields}
    client.post(_edit(cast), settled | {"body": mine.replace("180", "190")})
    cast.version.refresh_from_db()
    assert cast.version.body == mine.replace("180", "190")


def test_a_place_chosen_by_somebody_else_is_not_undone(client, cast):
    two = insert_article(cast.convention, **cast.who, heading="Deux")
    cast.one.parent = two
    cast.one.save()
    client.post(_edit(cast), _answers(body="Nouveau", base_parent=""))
    cast.one.refresh_from_db()
    assert cast.one.parent == two
    client.post(_edit(cast), _answers(body="Nouveau", base_body="Nouveau", base_parent=two.pk))
    cast.one.refresh_from_db()
    assert cast.one.parent is None


def _autosave(client, cast, **changed):
    url = _url(cast, "article_autosave", article_pk=cast.one.pk)
    return json.loads(client.post(url, _answers(**changed)).content)


def test_an_autosave_keeps_the_words_and_says_when(client, cast):
    answer = _autosave(client, cast, body=BODY.replace("170", "180"))
    assert answer["saved"]
    assert answer["message"].startswith("Enregistré à ")
    assert answer["stored"]["body"] == BODY.replace("170", "180")
    cast.version.refresh_from_db()
    assert cast.version.body == BODY.replace("170", "180")


def test_an_autosave_brings_what_others_wrote(client, cast):
    other = BODY.replace("chaque année", "deux fois l’an")
    write_article(cast.one, by=cast.counterpart, on=TODAY, number="1", heading="Objet", body=other)
    answer = _autosave(client, cast, body=BODY.replace("170", "180"))
    assert answer["merged_with"] == "Inès Roche"
    assert "deux fois l’an" in answer["html"]
    assert answer["sent"]["body"] == BODY.replace("170", "180")


def test_an_autosave_that_meets_another_writes_nothing(client, cast):
    theirs = BODY.replace("170", "200")
    write_article(cast.one, by=cast.counterpart, on=TODAY, number="1", heading="Objet", body=theirs)
    answer = _autosave(client, cast, body=BODY.replace("170", "180"))
    assert (answer["saved"], answer["stop"]) == (False, True)
    cast.version.refresh_from_db()
    assert cast.version.body == theirs


def test_an_autosave_says_what_is_wrong(client, cast):
    answer = _autosave(client, cast, heading="x" * 301)
    assert not answer["saved"]
    assert "300" in answer["message"]


def test_the_history_shows_states_and_goes_back_to_one(client, cast):
    url = _url(cast, "article_history", article_pk=cast.one.pk)
    page = client.get(url).content.decode()
    assert "Claire Vuillemin" in page
    assert "état d’origine" in page
    origin = revisions_of(cast.version).last()
    keys = {"article_pk": cast.one.pk, "revision_pk": origin.pk}
    client.post(_url(cast, "article_restore", **keys))
    cast.version.refresh_from_db()
    assert cast.version.body == origin.body


def test_removing_an_article_others_refer_to_asks_first(client, cast):
    two = insert_article(cast.convention, **cast.who, heading="Deux")
    body = f"Voir {{{{art:{two.code}}}}}."
    write_article(cast.one, **cast.who, number="1", heading="Objet", body=body)
    url = _url(cast, "article_remove", article_pk=two.pk)
    page = client.post(url).content.decode()
    assert "article\u00a01" in page
    assert "Retirer quand même" in page
    page = client.post(url, {"confirme": "oui"}, follow=True).content.decode()
    assert "Renvois rompus" in page
    assert "Articles retirés" in page
    revision = ArticleRevision.objects.get(removed=True)
    page = client.post(_url(cast, "article_put_back", revision_pk=revision.pk), follow=True)
    assert "Renvois rompus" not in page.content.decode()


def test_the_portal_numbers_or_people_do(client, cast):
    insert_article(cast.convention, **cast.who, heading="Deux", number="B")
    client.post(_url(cast, "articles_numbering"), {"automatique": "oui"})
    numbers = cast.act.article_versions.order_by("position").values_list("number", flat=True)
    assert list(numbers) == ["1", "2"]
    assert 'name="number"' not in client.get(_edit(cast)).content.decode()
    client.post(_url(cast, "articles_numbering"), {"automatique": "non"})
    assert 'name="number"' in client.get(_edit(cast)).content.decode()


def test_terms_are_defined_and_where_they_are_used_is_shown(client, cast):
    write_article(cast.one, **cast.who, number="1", heading="Objet", body="La CIL et la CIL.")
    page = client.get(_url(cast, "definitions")).content.decode()
    assert "conférence intercommunale du logement" in page
    assert "comité interprofessionnel du logement" in page
    url = _url(cast, "definition_create")
    client.post(url, {"term": "CIL", "meaning": "conférence intercommunale du logement"})
    page = client.get(_url(cast, "definitions")).content.decode()
    assert "comité interprofessionnel" not in page
    assert "(2&nbsp;fois)" in page
    definition = Definition.objects.get()
    change = _url(cast, "definition_edit", definition_pk=definition.pk)
    seen = client.get(change).context["form"]["seen"].value()
    client.post(change, {"term": "CIL", "meaning": "la conférence", "seen": seen})
    stale = client.post(change, {"term": "CIL", "meaning": "le comité", "seen": seen})
    assert "la conférence" in stale.content.decode()
    definition.refresh_from_db()
    assert definition.meaning == "la conférence"
    client.post(_url(cast, "definition_remove", definition_pk=definition.pk))
    assert not Definition.objects.exists()


def test_a_term_is_defined_once_and_only_with_an_article_of_its_convention(client, cast):
    url = _url(cast, "definition_create")
    client.post(url, {"term": "CIL", "meaning": "x", "article": cast.one.pk})
    again = client.post(url, {"term": "CIL", "meaning": "y"})
    assert "définit déjà ce terme" in again.content.decode()


def test_a_reader_reads_the_definitions_and_writes_none(client, cast):
    client.force_login(cast.reader)
    page = client.get(_url(cast, "definitions"))
    assert page.status_code == 200
    assert "Définir un terme" not in page.content.decode()
    assert client.post(_url(cast, "definition_create"), {}).status_code == 403
    assert client.post(_url(cast, "article_autosave", article_pk=cast.one.pk)).status_code == 403


def test_a_removed_article_is_not_written_by_autosave(client, cast):
    two = insert_article(cast.convention, **cast.who, heading="Deux")
    url = _url(cast, "article_autosave", article_pk=two.pk)
    remove_article(two, **cast.who)
    assert client.post(url, _answers()).status_code == 404

import pytest
from django.urls import reverse

from conventions.actions.canevas_load import load_shipped
from conventions.enums import ConventionStatus
from conventions.models import (
    Act,
    Canevas,
    Convention,
    DurationClause,
    RevoyureClause,
    TerminationClause,
)
from conventions.tests.drafting import make_drafting_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    load_shipped()
    cast = make_drafting_cast(status=ConventionStatus.BROUILLON)
    for model in (DurationClause, RevoyureClause, TerminationClause):
        model.objects.all().delete()
    cast.act.article_versions.all().delete()
    cast.convention.articles.all().delete()
    cast.canevas = Canevas.objects.get(key="epci-action-logement")
    return cast


def address(cast, name, *args):
    return reverse(f"conventions:{name}", args=[cast.convention.pk, *args])


def page(client, cast, name, *args, by=None, **query):
    client.force_login(by or cast.manager)
    return client.get(address(cast, name, *args), query)


def start(client, cast, **more):
    client.force_login(cast.manager)
    optional = {
        f"garder-{clause.key}": "on" for clause in cast.canevas.clauses.all() if not clause.required
    }
    chosen = {
        f"redaction-{clause.key}": "0"
        for clause in cast.canevas.clauses.all()
        if clause.alternatives
    }
    answers = {"duree_annees": "3", "preavis_mois": "3", "preavis_manquement_mois": "2"}
    data = {**optional, **chosen, **answers, **more}
    return client.post(address(cast, "canevas_start", cast.canevas.pk), data)


def test_the_library_shows_advice_and_other_wordings_and_offers_to_begin(client, cast):
    html = page(client, cast, "canevas").content.decode()
    assert "Commencer le texte avec ce canevas" in html
    assert "Conseil." in html
    assert "Autre rédaction" in html
    assert "[Durée de la convention]" in html
    assert "{{" not in html


def test_a_clause_is_found_by_a_word_of_its_wording(client, cast):
    html = page(client, cast, "canevas", q="Récépissé").content.decode()
    assert "Résiliation pour manquement" in html
    assert "Objet de la convention" not in html
    plain = page(client, cast, "canevas", q="premiere presentation").content.decode()
    assert "Résiliation pour manquement" in plain
    nothing = page(client, cast, "canevas", q="xylophone").content.decode()
    assert "Aucune clause ne contient" in nothing


def test_a_reader_browses_without_being_offered_to_write(client, cast):
    html = page(client, cast, "canevas", by=cast.reader).content.decode()
    assert "Objet de la convention" in html


def test_a_text_is_begun_from_the_page_and_read_beside_its_model(client, cast):
    assert page(client, cast, "canevas_start", cast.canevas.pk).status_code == 200
    assert start(client, cast, **{"redaction-duree": "1"}).status_code == 302
    assert cast.act.article_versions.count() == cast.canevas.clauses.count()
    html = page(client, cast, "canevas_gaps").content.decode()
    assert "identique au canevas" in html
    assert "prend effet le" in cast.act.article_versions.get(article__origin__key="duree").body


def test_a_clause_left_out_is_not_laid_and_a_required_one_removed_is_told(client, cast):
    start(client, cast, **{"garder-economie": ""})
    keys = set(cast.convention.articles.values_list("origin__key", flat=True))
    assert "economie" not in keys
    cast.convention.articles.get(origin__key="differends").delete()
    html = page(client, cast, "canevas_gaps").content.decode()
    assert "clause indispensable absente" in html.replace("\u00a0", " ")


def test_an_answer_refused_keeps_all_that_was_typed(client, cast):
    response = start(client, cast, duree_annees="trois", collectivite="Grand Lac")
    html = response.content.decode()
    assert response.status_code == 200
    assert 'value="trois"' in html
    assert 'value="Grand Lac"' in html
    assert "Écrivez un nombre entier" in html
    assert not cast.act.article_versions.exists()


def test_a_text_already_begun_is_not_replaced(client, cast):
    start(client, cast)
    html = page(client, cast, "canevas_start", cast.canevas.pk).content.decode()
    assert "déjà des articles" in html
    count = cast.act.article_versions.count()
    assert start(client, cast).status_code == 200
    assert cast.act.article_versions.count() == count


def test_one_clause_is_inserted_after_another(client, cast):
    start(client, cast)
    clause = cast.canevas.clauses.get(key="partenaires")
    assert page(client, cast, "canevas_insert", 0, clause.pk).status_code == 200
    after = cast.convention.articles.get(origin__key="objet")
    sent = client.post(address(cast, "canevas_insert", 0, clause.pk), {"after": after.pk})
    assert sent.status_code == 302
    order = list(cast.act.article_versions.order_by("position").values_list("article", flat=True))
    new = cast.convention.articles.filter(origin=clause).order_by("-pk").first()
    assert order.index(new.pk) == order.index(after.pk) + 1


def test_variables_are_filled_in_one_go(client, cast):
    start(client, cast)
    html = page(client, cast, "canevas_variables").content.decode()
    assert 'value="3"' in html
    client.post(address(cast, "canevas_variables"), {"duree_annees": "5", "cour_appel": "Dijon"})
    assert "5\u00a0ans" in cast.act.article_versions.get(article__origin__key="duree").body
    assert "Dijon" in cast.act.article_versions.get(article__origin__key="differends").body


def test_a_text_begun_without_a_model_says_so(client, cast):
    html = page(client, cast, "canevas_variables").content.decode()
    assert "aucun canevas" in html
    assert page(client, cast, "canevas_gaps").status_code == 200


def test_a_stranger_and_the_other_party_of_a_private_draft_see_nothing(client, cast):
    for person in (cast.stranger, cast.counterpart):
        for name in ("canevas", "canevas_gaps", "canevas_variables"):
            assert page(client, cast, name, by=person).status_code == 404


def test_a_model_retired_or_not_yet_published_is_not_offered(client, cast):
    Canevas.objects.filter(pk=cast.canevas.pk).update(published_on=None)
    assert page(client, cast, "canevas_start", cast.canevas.pk).status_code == 404
    Canevas.objects.update(published_on=None)
    assert "Aucun canevas n’est publié" in page(client, cast, "canevas").content.decode()


def test_a_signed_text_is_read_beside_its_model(client, cast):
    start(client, cast)
    Act.objects.filter(pk=cast.act.pk).update(
        status="signe", signed_on="2026-01-01", effective_on="2026-01-01"
    )
    Convention.objects.filter(pk=cast.convention.pk).update(
        status=ConventionStatus.SIGNEE, starts_on="2026-01-01", starts_on_basis="clause"
    )
    html = page(client, cast, "canevas_gaps").content.decode()
    assert "identique au canevas" in html
    assert "Commencer le texte" not in page(client, cast, "canevas").content.decode()


def test_a_clause_becomes_an_operation_of_an_avenant_that_its_drafter_alone_sees(client, cast):
    start(client, cast)
    Act.objects.filter(pk=cast.act.pk).update(
        status="signe", signed_on="2026-01-01", effective_on="2026-01-01"
    )
    Convention.objects.filter(pk=cast.convention.pk).update(
        status=ConventionStatus.SIGNEE, starts_on="2026-01-01", starts_on_basis="clause"
    )
    avenant = Act.objects.create(
        convention=cast.convention, number=1, kind="avenant", drafted_by=cast.epci
    )
    html = page(client, cast, "canevas", acte="1").content.decode()
    assert "devient une opération" in html
    clause = cast.canevas.clauses.get(key="duree")
    assert page(client, cast, "canevas_insert", 1, clause.pk).status_code == 200
    data = {"wording": "0", "duree_annees": "5"}
    assert client.post(address(cast, "canevas_insert", 1, clause.pk), data).status_code == 302
    row = avenant.article_versions.get()
    assert "5\u00a0ans" in row.body
    assert row.article.origin == clause
    assert DurationClause.objects.get(act=avenant).quantity == 5
    assert page(client, cast, "canevas", by=cast.counterpart, acte="1").status_code == 404
    other = page(client, cast, "canevas_insert", 1, clause.pk, by=cast.counterpart)
    assert other.status_code == 404


def test_a_signed_text_takes_no_clause_and_says_why(client, cast):
    start(client, cast)
    Act.objects.filter(pk=cast.act.pk).update(
        status="signe", signed_on="2026-01-01", effective_on="2026-01-01"
    )
    clause = cast.canevas.clauses.get(key="duree")
    html = page(client, cast, "canevas_insert", 0, clause.pk).content.decode()
    assert "ne se modifie pas" in html

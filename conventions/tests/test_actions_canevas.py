from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command

from accounts.models import JournalEntry
from conventions.actions.articles import write_article
from conventions.actions.canevas import (
    Choice,
    fill_variables,
    insert_clause,
    prefilled,
    start_from_canevas,
)
from conventions.actions.canevas_load import load_models, load_shipped
from conventions.enums import ConventionStatus, Trigger
from conventions.models import (
    Canevas,
    CanevasClause,
    Convention,
    DurationClause,
    RevoyureClause,
    TerminationClause,
)
from conventions.tests.drafting import TODAY, make_drafting_cast

pytestmark = pytest.mark.django_db

ANSWERS = {
    "collectivite": "Grand Lac",
    "partenaire": "Action Logement Groupe",
    "duree_annees": "3",
    "preavis_mois": "3",
    "preavis_manquement_mois": "2",
    "mois_revoyure": "10",
    "contribution_jours": "45",
}


@pytest.fixture
def canevas():
    load_shipped()
    return Canevas.objects.get(key="epci-action-logement", version=1)


@pytest.fixture
def cast():
    cast = make_drafting_cast()
    for rows in (
        DurationClause.objects,
        RevoyureClause.objects,
        TerminationClause.objects,
        cast.act.article_versions,
        cast.convention.articles,
    ):
        rows.all().delete()
    return cast


def choices(canevas, **wordings):
    return [
        Choice(clause, wordings.get(clause.key.replace("-", "_"), 0))
        for clause in canevas.clauses.all()
    ]


def start(cast, canevas, by=None, values=ANSWERS, **wordings):
    start_from_canevas(
        cast.act,
        canevas,
        by=by or cast.manager,
        on=TODAY,
        choices=choices(canevas, **wordings),
        values=values,
    )


def body_of(cast, key):
    return cast.act.article_versions.get(article__origin__key=key).body


def test_a_text_begun_from_a_model_is_whole_numbered_and_refers_to_its_own_articles(cast, canevas):
    start(cast, canevas)
    versions = cast.act.article_versions.order_by("position")
    assert versions.count() == canevas.clauses.count()
    numbers = dict(versions.values_list("article__origin__key", "number"))
    assert (numbers["objet"], numbers["offre-sociale"]) == ("1", "6.1")
    revoyure = cast.convention.articles.get(origin__key="revoyure")
    assert f"{{{{art:{revoyure.code}}}}}" in body_of(cast, "territoire")
    assert "3\u00a0ans" in body_of(cast, "duree")
    assert "{{periode_plh}}" in body_of(cast, "enjeux-collectivite")
    cast.act.refresh_from_db()
    assert cast.act.canevas == canevas
    assert cast.act.variables["duree_annees"] == "3"


def test_laying_clauses_down_enters_them_as_data_that_a_person_still_confirms(cast, canevas):
    start(cast, canevas, resiliation=1)
    duration = DurationClause.objects.get(act=cast.act)
    assert (duration.quantity, duration.trigger) == (3, Trigger.SIGNATURE)
    assert "3\u00a0ans à compter" in duration.wording
    ways_out = TerminationClause.objects.filter(act=cast.act)
    triggers = dict(ways_out.values_list("ground", "trigger"))
    assert triggers == {"sans_motif": Trigger.DATE_EFFET, "manquement": Trigger.DEPOT_RECEPISSE}
    assert RevoyureClause.objects.get(act=cast.act).opens_month == 10
    for rows in (DurationClause, RevoyureClause, TerminationClause):
        assert not rows.objects.filter(act=cast.act, confirmed_on__isnull=False).exists()


def test_an_answer_that_comes_later_fills_the_text_and_its_data(cast, canevas):
    start(cast, canevas, values={})
    assert not DurationClause.objects.filter(act=cast.act).exists()
    left = fill_variables(cast.act, by=cast.manager, on=TODAY, values={"duree_annees": "4"})
    assert left == []
    assert "4\u00a0ans" in body_of(cast, "duree")
    assert DurationClause.objects.get(act=cast.act).quantity == 4
    fill_variables(cast.act, by=cast.manager, on=TODAY, values={"duree_annees": "5"})
    assert "5\u00a0ans" in body_of(cast, "duree")
    assert DurationClause.objects.get(act=cast.act).quantity == 5


def test_an_article_that_people_rewrote_keeps_their_words_and_is_named(cast, canevas):
    start(cast, canevas)
    version = cast.act.article_versions.get(article__origin__key="duree")
    theirs = "La convention dure trois ans, pas un jour de plus."
    write_article(
        version.article, by=cast.manager, on=TODAY,
        heading=version.heading, number=version.number, body=theirs,
    )  # fmt: skip
    left = fill_variables(cast.act, by=cast.manager, on=TODAY, values={"duree_annees": "6"})
    assert left == [version.label]
    assert body_of(cast, "duree") == theirs


def test_an_answer_that_cannot_be_one_is_refused_at_its_field_and_nothing_is_kept(cast, canevas):
    with pytest.raises(ValidationError) as refusal:
        start(cast, canevas, values={"duree_annees": "trois", "preavis_mois": "x"})
    assert set(refusal.value.error_dict) == {"duree_annees", "preavis_mois"}
    assert not cast.act.article_versions.exists()


def test_a_text_that_is_not_empty_is_not_replaced(cast, canevas):
    start(cast, canevas)
    with pytest.raises(ValidationError, match="déjà des articles"):
        start(cast, canevas)


def test_a_model_for_another_kind_of_agreement_is_refused(cast, canevas):
    other = Canevas.objects.get(key="ville-bailleur")
    with pytest.raises(ValidationError, match="autre type"):
        start(cast, other)


def test_a_reader_the_other_party_of_a_private_draft_and_a_stranger_lay_nothing(cast, canevas):
    for person in (cast.reader, cast.stranger):
        with pytest.raises(PermissionDenied):
            start(cast, canevas, by=person)
    Convention.objects.filter(pk=cast.convention.pk).update(status=ConventionStatus.BROUILLON)
    with pytest.raises(PermissionDenied):
        start(cast, canevas, by=cast.counterpart)
    assert not cast.act.article_versions.exists()


def test_a_closed_text_takes_no_clause(cast, canevas):
    Convention.objects.filter(pk=cast.convention.pk).update(status=ConventionStatus.EN_SIGNATURE)
    with pytest.raises(ValidationError, match="rouvrez la rédaction"):
        start(cast, canevas)


def test_one_clause_is_inserted_where_one_wants_it_and_awaited_references_are_found(cast, canevas):
    get = canevas.clauses.get
    first = insert_clause(
        cast.act, Choice(get(key="territoire")), by=cast.manager, on=TODAY,
        values={"territoire": "Grand Lac", "nombre_communes": "28"},
    )  # fmt: skip
    assert "{{art:revoyure}}" in body_of(cast, "territoire")
    second = insert_clause(
        cast.act, Choice(get(key="revoyure")), by=cast.manager, on=TODAY, values={}, after=first
    )
    assert f"{{{{art:{second.code}}}}}" in body_of(cast, "territoire")
    assert cast.act.variables["nombre_communes"] == "28"
    assert first.origin.key == "territoire"


def test_a_wording_that_does_not_exist_is_refused(cast, canevas):
    choice = Choice(canevas.clauses.get(key="objet"), 3)
    with pytest.raises(ValidationError, match="rédactions"):
        insert_clause(cast.act, choice, by=cast.manager, on=TODAY, values={})


def test_the_card_of_the_convention_already_answers(cast, canevas):
    answers = prefilled(cast.act, canevas)
    assert answers["collectivite"] == cast.first.name_as_signed
    assert answers["partenaire"] == cast.second.name_as_signed
    assert answers["territoire"] == cast.convention.territory.name


def test_what_is_done_is_written_in_the_journal(cast, canevas):
    start(cast, canevas)
    fill_variables(cast.act, by=cast.manager, on=TODAY, values={"duree_annees": "5"})
    verbs = set(JournalEntry.objects.values_list("verb", flat=True))
    assert {"canevas_chosen", "variables_filled"} <= verbs


def test_the_shipped_models_are_loaded_as_often_as_one_likes(canevas):
    assert load_shipped().written == ()
    assert len(load_shipped().kept) == 2
    call_command("load_canevas")


def test_a_model_in_use_is_not_rewritten_by_its_file(cast, canevas):
    start(cast, canevas)
    CanevasClause.objects.filter(canevas=canevas, key="objet").update(body="Autre objet.")
    assert load_shipped().refused == ("epci-action-logement 1",)
    assert canevas.clauses.get(key="objet").body == "Autre objet."


def test_a_new_version_is_another_row_and_retires_the_former_one():
    model = {
        "key": "court", "kind": "autre", "title": "Court", "source": "", "variables": [],
        "published_on": date(2026, 1, 1), "version": 1,
        "clauses": [{"key": "objet", "heading": "Objet", "body": "Un.", "topic": "objet"}],
    }  # fmt: skip
    load_models([model])
    load_models([{**model, "version": 2, "published_on": date(2026, 6, 1)}])
    retired = Canevas.objects.filter(key="court").values_list("version", "retired_on")
    assert sorted(retired) == [(1, date(2026, 6, 1)), (2, None)]

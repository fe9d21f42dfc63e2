import pytest
from django.urls import reverse

from accounts.tests.factories import make_user
from conventions.actions.canevas import Choice, insert_clause
from conventions.actions.canevas_load import load_shipped
from conventions.models import Canevas
from conventions.tests.drafting import TODAY, make_drafting_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    load_shipped()
    client.force_login(make_user(is_superuser=True, is_staff=True))
    return client


def card(**more):
    rows = {
        "kind": "autre", "key": "le-notre", "version": "1", "title": "Le nôtre", "source": "",
        "variables": '[{"name": "duree", "label": "Durée", "type": "number", "unit": "ans"}]',
        "published_on": "2026-11-01", "retired_on": "",
        "clauses-TOTAL_FORMS": "1", "clauses-INITIAL_FORMS": "0",
        "clauses-MIN_NUM_FORMS": "0", "clauses-MAX_NUM_FORMS": "1000",
        "clauses-0-position": "1", "clauses-0-key": "duree", "clauses-0-kind": "article",
        "clauses-0-depth": "1", "clauses-0-heading": "Durée", "clauses-0-body": "{{duree}}.",
        "clauses-0-guidance": "", "clauses-0-topic": "duree", "clauses-0-alternatives": "[]",
        "clauses-0-terms": '{"clause": "duree", "quantity": "{{duree}}", "unit": "ans"}',
    }  # fmt: skip
    return {**rows, **more}


def add(desk, **more):
    return desk.post(reverse("admin:conventions_canevas_add"), card(**more))


def test_one_adds_a_model_of_ones_own(desk):
    assert add(desk).status_code == 302
    model = Canevas.objects.get(key="le-notre")
    assert model.clauses.get().terms["clause"] == "duree"


@pytest.mark.parametrize(
    "wrong",
    [
        {"clauses-0-body": "{{inconnue}}"},
        {"clauses-0-body": "l’{{art:nulle-part}}"},
        {"variables": '{"name": "a"}'},
        {"variables": '[{"name": "Pas un nom"}]'},
        {"variables": '[{"name": "a", "type": "choice", "choices": [1]}]'},
        {"clauses-0-alternatives": '["x"]'},
        {"clauses-0-terms": '{"clause": "magie"}'},
        {"clauses-0-terms": '{"clause": "duree", "quantity": 3, "trigger": "jamais"}'},
        {"clauses-0-terms": '{"clause": "duree", "quantity": 3, "mystere": 1}'},
        {"clauses-0-terms": '{"clause": "resiliation"}'},
    ],
)
def test_a_model_that_does_not_hold_together_is_refused(desk, wrong):
    assert add(desk, **wrong).status_code == 200
    assert not Canevas.objects.filter(key="le-notre").exists()


def test_a_model_in_use_is_only_read_but_for_the_day_it_is_retired(desk):
    cast = make_drafting_cast()
    model = Canevas.objects.get(key="epci-action-logement")
    clause = model.clauses.get(key="objet")
    insert_clause(cast.act, Choice(clause), by=cast.manager, on=TODAY, values={})
    address = reverse("admin:conventions_canevas_change", args=[model.pk])
    assert desk.get(address).status_code == 200
    desk.post(address, {**card(), "title": "Autre", "retired_on": "2027-01-01"})
    model.refresh_from_db()
    assert (model.title.startswith("Convention-cadre"), str(model.retired_on)) == (
        True, "2027-01-01",
    )  # fmt: skip
    assert model.clauses.get(key="objet").body == clause.body


def test_the_next_version_is_prepared_and_published_apart(desk):
    model = Canevas.objects.get(key="ville-bailleur")
    desk.post(
        reverse("admin:conventions_canevas_changelist"),
        {"action": "prepare_next", "_selected_action": [model.pk]},
    )
    copy = Canevas.objects.get(key="ville-bailleur", version=2)
    assert copy.published_on is None
    assert copy.clauses.count() == model.clauses.count()
    model.refresh_from_db()
    assert model.retired_on is None


def test_the_lists_open(desk):
    for name in ("canevas", "checklistanswer"):
        assert desk.get(reverse(f"admin:conventions_{name}_changelist")).status_code == 200

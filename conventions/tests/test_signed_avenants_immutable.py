"""Nothing changes in a signed avenant: not by the ORM, the admin, nor by hand in the database."""

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse

from conventions.actions.clause_operations import write_clause
from conventions.actions.definitions import define_term
from conventions.actions.operations import (
    insert_by,
    renumber_article,
    repeal_article,
    replace_article,
)
from conventions.actions.visas import set_visas
from conventions.enums import Change, PartyChangeKind
from conventions.models import ArticleVersion, Definition, DurationClause, PartyChange, Visa
from conventions.tests.amending import TODAY, begin, make_amending_cast, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_amending_cast()


@pytest.fixture
def act(cast):
    """A signed avenant that holds something of every kind."""
    how = {"by": cast.manager, "on": TODAY}
    act = begin(cast)
    replace_article(act, cast.articles["3"], heading="Durée", body="Dix ans.", **how)
    insert_by(act, heading="Suivi", body="Un comité.", after=cast.articles["2"], **how)
    repeal_article(act, cast.articles["1"], **how)
    renumber_article(act, cast.articles["4"], number="9", **how)
    write_clause(DurationClause, act, quantity=9, **how)
    define_term(act, term="CIL", meaning="comité interprofessionnel du logement", **how)
    set_visas(cast.convention, act=act, visas=["Vu la convention ;"], **how)
    PartyChange.objects.create(
        act=act, kind=PartyChangeKind.NOM, party=cast.convention.parties.first(), name="Autre nom"
    )
    return sign(act)


def refused(write) -> None:
    with pytest.raises(Error), transaction.atomic():
        write()


CONTENTS = {
    ArticleVersion: {"body": "autre"},
    Visa: {"text": "autre"},
    Definition: {"meaning": "autre"},
    DurationClause: {"quantity": 1},
    PartyChange: {"name": "autre"},
}


@pytest.mark.parametrize("model", CONTENTS, ids=lambda model: model.__name__)
def test_the_orm_changes_and_removes_nothing_of_it(act, model):
    rows = model.objects.filter(act=act)
    assert rows.exists()
    refused(lambda: rows.update(**CONTENTS[model]))
    refused(lambda: rows.delete())


@pytest.mark.parametrize("change", Change.values)
def test_no_operation_of_it_changes_its_date_its_number_or_its_act(cast, act, change):
    row = ArticleVersion.objects.get(act=act, operation=change)
    for field, value in (("effective_on", "2040-01-01"), ("number", "77"), ("position", 77)):
        refused(lambda f=field, v=value: ArticleVersion.objects.filter(pk=row.pk).update(**{f: v}))
    other = begin(cast)
    refused(lambda: ArticleVersion.objects.filter(pk=row.pk).update(act=other))


def test_nothing_is_slipped_into_it(cast, act):
    draft = begin(cast)
    row = ArticleVersion.objects.create(
        act=draft, article=cast.articles["2"], operation=Change.ABROGER, position=1
    )
    refused(lambda: ArticleVersion.objects.filter(pk=row.pk).update(act=act))
    refused(lambda: Definition.objects.create(act=act, term="PLH", meaning="programme"))
    refused(lambda: Visa.objects.create(act=act, position=2, text="Vu le code"))


@pytest.mark.parametrize("model", CONTENTS, ids=lambda model: model.__name__)
def test_sql_changes_and_removes_nothing_of_it(act, model):
    table = model._meta.db_table

    def run(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [act.pk])

    refused(lambda: run(f"DELETE FROM {table} WHERE act_id = %s"))  # noqa: S608 - our own tables
    refused(lambda: run(f"UPDATE {table} SET act_id = act_id WHERE act_id = %s"))  # noqa: S608


def test_the_act_itself_is_neither_changed_nor_removed(act):
    rows = type(act).objects.filter(pk=act.pk)
    for fields in ({"number": 7}, {"effective_on": "2040-01-01"}, {"status": "projet"}):
        refused(lambda fields=fields: rows.update(**fields))
    refused(lambda: rows.delete())


def test_the_admin_shows_it_and_changes_nothing(client, cast, act):
    client.force_login(cast.platform)
    address = reverse("admin:conventions_act_change", args=[act.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"title": "Autre"}).status_code == 403
    act.refresh_from_db()
    assert act.title == "Un changement"

"""The file holds everything: every field of every model, and a document that says each key."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from reminders.models import Deadline
from reporting.exchange.deadline_keys import SUBJECTS
from reporting.exchange.documentation import described
from reporting.exchange.tables import BY_MODEL, MODELS_LEFT_OUT, TABLES, inner

FLOORS = ("conventions", "engagements", "reminders", "reporting")
DOC = Path(settings.BASE_DIR) / "docs" / "format-export.md"


def test_every_model_is_exported_or_left_out_for_a_reason():
    models = {model for floor in FLOORS for model in apps.get_app_config(floor).get_models()}
    assert models - BY_MODEL.keys() - MODELS_LEFT_OUT.keys() == set()
    assert all(MODELS_LEFT_OUT.values())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_every_field_is_exported_or_left_out_for_a_reason(table):
    own = {
        one.name
        for one in (*table.model._meta.concrete_fields, *table.model._meta.many_to_many)
        if not one.primary_key
    }
    implied = {table.parent} if table.within or table.parent == "dossier_id" else set()
    said = set(table.fields) | set(table.left_out) | implied
    assert own == said & own
    assert said <= own
    assert not set(table.fields) & set(table.left_out)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_no_two_fields_of_a_list_bear_the_same_word(table):
    names = [name for name, _field in table.columns] + [one.key for one in inner(table)]
    assert len(names) == len(set(names))
    assert all(name.isascii() and name == name.lower() for name in names)


def test_the_document_says_each_list_as_the_code_has_it():
    assert DOC.read_text().endswith(described())


def test_each_origin_of_a_deadline_that_names_a_row_is_known():
    """A new origin that names a primary key must be said otherwise in the file."""
    rules = Path(settings.BASE_DIR) / "reminders" / "rules"
    written = "".join(path.read_text() for path in rules.glob("*.py"))
    named = {
        line.split('key=f"')[1].split(":")[0] for line in written.splitlines() if 'key=f"' in line
    }
    # The keys of letters are made where they are read: «lettre:…», «convocation:…».
    assert named - SUBJECTS.keys() <= {"revoyure", "{letter.key}"}
    assert {"lettre", "convocation"} <= SUBJECTS.keys()
    assert Deadline in BY_MODEL

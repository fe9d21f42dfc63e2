"""Files that must not enter: each refusal says where and why, and nothing is written."""

import copy
import json
from datetime import UTC, date, datetime

import pytest
from django.conf import settings as live_settings
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from conventions.models import Convention
from reporting.actions.export_convention import export_convention
from reporting.actions.import_convention import import_convention
from reporting.tests.exchange_world import make_full_convention

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def content(tmp_path) -> dict:
    live_settings.FILES_DIR = tmp_path / "files"
    with transaction.atomic():
        point = transaction.savepoint()
        data = export_convention(make_full_convention())
        transaction.savepoint_rollback(point)
    return json.loads(data)


def take_in(content) -> None:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    import_convention(data, on=date(2026, 11, 21), now=NOW)


def put(content: dict, path: list, value) -> dict:
    changed = copy.deepcopy(content)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return changed


CASES = {
    "another schema": (["schema"], "autre", "n’est pas un export de convention"),
    "a version to come": (["version"], 2, "Version 2 inconnue"),
    "a version that is true": (["version"], True, "Version True inconnue"),
    "a text where a number is": (["actes", 1, "numero"], "1", r"actes\[1\]\.numero.*entier"),
    "a number where a text is": (["actes", 0, "titre"], 3, r"actes\[0\]\.titre.*texte"),
    "a date that is none": (
        ["actes", 1, "articles", 0, "date_effet"], "01/07/2018",
        r"actes\[1\]\.articles\[0\]\.date_effet.*AAAA-MM-JJ",
    ),
    "a status unheard of": (["actes", 0, "etat"], "perdu", r"actes\[0\]\.etat.*permise"),
    "a truth in words": (["actes", 0, "numerotation_automatique"], "oui", "true ou false"),
    "a decimal as a number": (["objectifs", 0, "quantite"], 12.5, "deux décimales|texte"),
    "a list that is an object": (["parties"], {}, "parties.*liste"),
    "a row that is a text": (["parties", 0], "x", r"parties\[0\].*objet"),
    "a party of nobody": (
        ["parties", 0, "organisme"], "siren:000000000", r"parties\[0\]\.organisme.*pas dans"
    ),
    "an article in the void": (["articles", 1, "parent"], 77, r"articles\[1\]\.parent.*pas dans"),
    "an article in itself": (["articles", 1, "parent"], 2, r"articles\[1\].*elle-même"),
    "a link that is a list": (["articles", 1, "parent"], [1], "renvoi"),
    "the same code twice": (["articles", 1, "code"], 1, "déjà pris"),
    "a signed act without date": (["actes", 1, "date_signature"], None, "porte sa date"),
    "an act signed tomorrow": (["actes", 1, "date_signature"], "2027-01-01", "pas encore passé"),
    "a signatory after the act": (
        ["actes", 0, "signataires", 0, "date_signature"], "2018-03-01", "dernière partie"
    ),
    "a signed convention, its act not": (["convention", "etat"], "brouillon", "acte initial"),
    "a snapshot retouched": (["revoyures", 0, "instantane", "a"], "2019", "instantané"),
    "other bytes": (["documents", 0, "contenu"], "QUJD", "empreinte annoncée"),
    "no base64": (["documents", 0, "contenu"], "été", "base64"),
    "bytes of another size": (["documents", 0, "taille"], 3, "taille"),
    "a zero byte": (["actes", 0, "titre"], "a\x00b", "ne se conserve pas"),
    "half a character": (["actes", 0, "titre"], "\ud800", "ne se conserve pas"),
    "a number beyond the column": (
        ["actes", 0, "articles", 0, "profondeur"], 10**5, "profondeur.*portée"
    ),
    "a text beyond the column": (["parties", 0, "appellation"], "x" * 101, "appellation"),
    "a reference in small letters": (["convention", "reference"], "petit", "reference"),
    "two open rounds": (["actes", 3, "tours", 0, "rendu_a"], None, "déjà ouvert"),
    "a framework that is not here": (["convention", "parent"], "AILLEURS-1", "n’est pas ici"),
    "an unknown key": (["convention", "pk"], 12, "pk.*est inconnue"),
    "a person nobody names": (
        ["personnes", 0], {"courriel": "a@b.fr", "prenom": "A", "nom": "B"}, "pas dans|n’y renvoie"
    ),
    "a JSON value too deep": (
        ["actes", 0, "variables"], json.loads("[" * 60 + "]" * 60), "profondément"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_refusal_names_its_place(content, case):
    path, value, said = CASES[case]
    with pytest.raises(ValidationError, match=said):
        take_in(put(content, path, value))
    assert not Convention.objects.exists()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "JSON"),
        (b"{", "ligne 1"),
        (b"[]", "objet"),
        (b"\xff\xfe", "UTF-8"),
        (b'{"a": 1, "a": 2}', "deux fois"),
        (b'{"a": NaN}', "NaN"),
        (b"[" * 100_000, "niveaux|JSON"),
        (b'{"a": ' + b"9" * 6000 + b"}", "démesuré"),
        (b'{"schema": "revoyure/convention", "version": 1}', "il manque"),
    ],
)
def test_what_is_no_such_file_is_refused(data, said):
    with pytest.raises(ValidationError, match=said):
        take_in(data)


def test_a_key_that_is_missing_is_named(content):
    changed = copy.deepcopy(content)
    del changed["actes"][0]["titre"]
    with pytest.raises(ValidationError, match=r"actes\[0\].*il manque .*titre"):
        take_in(changed)


def test_lists_in_another_order_would_not_come_back(content):
    changed = copy.deepcopy(content)
    changed["articles"].reverse()
    with pytest.raises(ValidationError, match=r"articles\[0\].*à l’identique"):
        take_in(changed)


def test_another_indicator_of_the_same_code_is_refused(content):
    changed = copy.deepcopy(content)
    take_in(content)
    changed["convention"]["reference"] = "SECONDE-1"
    for indicator in changed["indicateurs"]:
        if indicator["convention"]:
            indicator["convention"] = "SECONDE-1"
        else:
            indicator["unite"] = "euros"
    changed["documents_scelles"] = []
    with pytest.raises(ValidationError, match=r"indicateurs\[0\]\.unite.*à l’identique"):
        take_in(changed)


def _paths(value, path=()):
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from _paths(value[key], (*path, key))
    elif isinstance(value, list):
        for rank, one in enumerate(value):
            yield from _paths(one, (*path, rank))


odd = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just([]),
    st.just({}), st.just("2019-01-01"), st.integers(1, 4),
)  # fmt: skip


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_retouched_file_enters_equal_or_not_at_all(content, data):
    paths = [path for path in _paths(content) if path and path[0] != "journal"]
    path = data.draw(st.sampled_from(paths))
    changed = put(content, list(path), data.draw(odd))
    try:
        with transaction.atomic():
            take_in(changed)
            transaction.set_rollback(True)
    except ValidationError:
        pass
    assert not Convention.objects.exists()

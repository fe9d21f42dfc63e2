"""The documents say what the code says: the glossary has every word of every enum."""

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.db.models import Choices

from conventions.enums import ActStatus
from conventions.rules.cycle import TRANSITIONS

DOCS = Path(settings.BASE_DIR) / "docs"
README = (Path(settings.BASE_DIR) / "README.md").read_text()
FLOORS = ("territories", "accounts", "conventions", "engagements", "reminders", "reporting")
ENUMS = [
    (f"{floor}.{name}", enum)
    for floor in FLOORS
    for name, enum in sorted(vars(import_module(f"{floor}.enums")).items())
    if inspect.isclass(enum) and issubclass(enum, Choices) and enum.__module__ == f"{floor}.enums"
]


def _section(name: str) -> list[tuple[str, str]]:
    text = (DOCS / "glossaire.md").read_text()
    match = re.search(rf"^### {re.escape(name)}\n(.*?)(?=^#|\Z)", text, re.M | re.S)
    assert match, f"docs/glossaire.md has no section «### {name}»"
    return re.findall(r"^\| `([^`]*)` \| (.*?) \|$", match[1], re.M)


@pytest.mark.parametrize(("name", "enum"), ENUMS, ids=[name for name, _ in ENUMS])
def test_the_glossary_has_each_word_of_the_enum(name, enum):
    assert _section(name) == [(str(value), str(label)) for value, label in enum.choices]


def test_the_glossary_has_no_word_the_code_has_not():
    named = re.findall(r"^### (.+)$", (DOCS / "glossaire.md").read_text(), re.M)
    assert set(named) == {name for name, _ in ENUMS}


def test_the_table_of_moves_is_that_of_the_code():
    text = (DOCS / "glossaire.md").read_text()
    rows = re.findall(r"^\| (.+?) \| depuis (.+?) \| vers (.+?) \|$", text, re.M)
    assert rows == [
        (verb.label, ", ".join(sorted(s.label for s in sources)), ActStatus(target).label)
        for verb, (sources, target) in TRANSITIONS.items()
    ]


def test_every_command_the_readme_names_exists():
    named = set(re.findall(r"`script/manage ([a-z_]+)", README))
    assert named
    assert named <= set(get_commands())


def test_every_variable_the_settings_read_is_in_the_readme():
    source = "".join(
        (Path(settings.BASE_DIR) / "config" / name).read_text()
        for name in ("settings.py", "environment.py")
    )
    read = set(re.findall(r"environment\.\w+\(\s*\"([A-Z_0-9]+)\"", source))
    assert read - set(re.findall(r"`([A-Z_0-9]+)`", README)) == set()

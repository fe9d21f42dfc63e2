"""The rules of the house, as tests: what a reviewer would otherwise have to remember."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

ROOT = Path(settings.BASE_DIR)
FLOORS = ("territories", "accounts", "conventions", "engagements", "reminders", "reporting")
SOURCES = [p for floor in (*FLOORS, "config") for p in (ROOT / floor).rglob("*.py")]
OURS = [p for p in SOURCES if "/migrations/" not in str(p) and "/tests/" not in str(p)]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html")) + sorted(
    (ROOT / "templates").rglob("*.txt")
)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _calls(tree: ast.AST) -> set[str]:
    return {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }


@pytest.mark.parametrize("path", [p for p in OURS if "/rules/" in str(p)], ids=_name)
def test_a_rule_reads_no_clock_no_settings_and_no_table(path):
    text = path.read_text()
    assert not _calls(ast.parse(text)) & {"today", "now", "localdate", "localtime"}
    assert "django.conf" not in text
    assert ".objects" not in text


@pytest.mark.parametrize("path", [p for p in OURS if "/models/" in str(p)], ids=_name)
def test_a_table_reads_no_clock(path):
    assert not _calls(ast.parse(path.read_text())) & {"today", "now", "localdate"}


@pytest.mark.parametrize("path", OURS, ids=_name)
def test_no_form_and_no_view_opens_everything(path):
    text = path.read_text()
    assert not re.search(r"fields\s*=\s*[\"']__all__[\"']", text)
    assert "csrf_exempt" not in text
    assert "mark_safe(request" not in text


@pytest.mark.parametrize("path", OURS, ids=_name)
def test_a_module_stays_readable(path):
    assert len(path.read_text().splitlines()) <= 400
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef) and "/rules/" in str(path):
            assert node.end_lineno - node.lineno < 45, node.name


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_stays_small_and_carries_no_inline_code(path):
    text = path.read_text()
    assert len(text.splitlines()) <= 150
    if "emails/" in str(path):
        return
    assert not re.search(r"<[^>]+\sstyle=", text), "inline style"
    assert not re.search(r"<[^>]+\son[a-z]+=", text), "inline handler"
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "inline script"
    loaded = r"(?:\bsrc|<link[^>]*\bhref)=[\"'](?:https?:)?//"
    assert not re.search(loaded, text), "request to a third party"


def test_every_template_is_used():
    used = "\n".join(p.read_text() for p in OURS) + "\n".join(p.read_text() for p in TEMPLATES)
    built_by_django = {"403.html", "403_csrf.html", "404.html", "500.html"}
    unused = []
    for path in TEMPLATES:
        name = str(path.relative_to(ROOT / "templates"))
        stem = re.sub(r"_(subject|body)\.(txt|html)$|\.(txt|html)$", "", name)
        by_library = name.startswith(("crispy_revoyure/", "django/", "admin/"))
        if name not in built_by_django and not by_library and stem not in used:
            unused.append(name)
    assert unused == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("floor", FLOORS)
def test_migrations_of_a_floor_are_named_and_follow_one_line(floor):
    loader = MigrationLoader(None)
    assert len(loader.graph.leaf_nodes(floor)) == 1
    assert not [key for key in loader.disk_migrations if key[0] == floor and "_auto_" in key[1]]


def test_a_migration_imports_nothing_of_ours():
    for path in SOURCES:
        if "/migrations/" not in str(path) or path.name == "__init__.py":
            continue
        imports = re.findall(r"^(?:from|import) (\w+)", path.read_text(), re.M)
        wrong = set(imports) & set(FLOORS)
        # Validators and default values named by a field are written by makemigrations.
        if wrong and "RunPython" in path.read_text():
            pytest.fail(f"{path}: {wrong}")


def test_names_for_people_are_lower_case():
    for model in apps.get_models():
        if model._meta.app_label not in FLOORS:
            continue
        for name in (model._meta.verbose_name, model._meta.verbose_name_plural):
            assert str(name)[0].islower(), model
        for field in model._meta.get_fields():
            label = str(getattr(field, "verbose_name", "") or "x")
            first = label.split()[0]
            assert first[0].islower() or first.isupper(), (model, label)


def test_no_machine_path_and_no_secret_is_written_down():
    pattern = re.compile(
        r"(?<![\w.])/(?:root|home)/\w|BEGIN (?:RSA |EC )?PRIVATE KEY|AKIA[0-9A-Z]{16}"
    )
    for path in (*SOURCES, *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")):
        if path != Path(__file__):
            assert not pattern.search(path.read_text()), path

"""Real agreements through seven acts: every day between, read against a notebook of what was done.

Then out to the documents and to another portal, and back.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product

import pikepdf
import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from lxml import etree

from conventions.access import acts_visible_to
from conventions.models import Act, Convention, DurationClause, TerminationClause
from conventions.models.amendments import definitions_of
from conventions.models.clauses_read import clauses_of
from conventions.models.consolidated import consolidated_text
from conventions.models.word_text import word_text_on
from conventions.rules.word_ecriture import write_word
from conventions.tests.reference_texts import available, read_reference
from engagements.models import Engagement, Target
from reporting.actions.convention_document import document_pdf
from reporting.actions.export_convention import export_akoma_ntoso, export_convention
from reporting.actions.import_convention import import_convention
from reporting.models.text_document import consolidated_document
from reporting.rules.akn_schema import problems
from reporting.tests.reference_life import Life, begin_life, live
from reporting.tests.reference_told import Line

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
# What the suite sets for each test; a fixture of the module is made before any of them.
SURROUNDINGS = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "STORAGES": {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass
class Told:
    """A reference that has lived here, what was watched meanwhile, and what went elsewhere."""

    life: Life
    watched: list[tuple]
    exported: bytes
    exported_again: bytes
    texts_elsewhere: dict[date, list[Line]]


@pytest.fixture(scope="module", params=available())
def written(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """Live once for the module, after having lived elsewhere; all is taken back at its end."""
    there, here = tmp_path_factory.mktemp("there"), tmp_path_factory.mktemp("here")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(**SURROUNDINGS):
        with override_settings(FILES_DIR=there), taken_back():
            exported = export_convention(lived(request.param).convention)
        with override_settings(FILES_DIR=here):
            with taken_back():
                report = import_convention(exported, on=TODAY, now=NOW)
                taken = Convention.objects.get(reference=report.reference)
                again = export_convention(taken)
                days = {act.effective_on for act in taken.acts.all()}
                texts = {day: text_on(taken, day) for day in days}
            watched: list[tuple] = []
            life = lived(request.param, watched)
            yield Told(life, watched, exported, again, texts)
        transaction.set_rollback(True)


@pytest.fixture
def told(written, db):
    return written


@pytest.fixture
def life(told) -> Life:
    return told.life


@contextmanager
def taken_back():
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


def lived(name: str, watched: list[tuple] | None = None) -> Life:
    life = begin_life(read_reference(name))
    if watched is not None:
        life.watch = lambda act: watched.extend(leaks_of(life, act))
    live(life)
    return life


def leaks_of(life: Life, act: Act) -> Iterator[tuple]:
    """Where others look at a draft nobody has shared: which page, its answer, if it names it."""
    client, pk = Client(), life.convention.pk
    names = ("detail", "acts", "text", "journal", "documents", "definitions", "compare")
    pages = [reverse(f"conventions:{name}", args=[pk]) for name in names]
    others = [u for k, u in life.entered.managers.items() if k != act.drafted_by_id]
    for user in (*others, life.entered.stranger):
        known = acts_visible_to(user, life.convention, on=TODAY).filter(pk=act.pk).exists()
        client.force_login(user)
        page = client.get(reverse("conventions:act", args=[pk, act.number]))
        yield act.pk, "the act itself", page.status_code == 404, known
    for page in (*pages, reverse("reporting:dashboard")):
        client.force_login(others[0])
        answer = client.get(page)
        yield act.pk, page, answer.status_code == 200, act.title in answer.content.decode()


def days_to_read(notebook) -> list[date]:
    """The days around each change, and one every three weeks until a year after the last."""
    changes = notebook.days
    around = {day + shift * DAY for day in changes for shift in (-1, 0, 1)}
    span = (changes[-1] - changes[0]).days + 365
    return sorted(around | {changes[0] + rank * DAY for rank in range(0, span + 1, 21)})


def text_on(convention, day: date) -> list[Line]:
    text = consolidated_text(convention, on=day)
    return [Line(a.code, a.depth, a.kind, a.number, a.heading, a.body) for a in text]


def facts_on(convention, day: date) -> dict:
    """What the portal says binds on a day, each thing under the key of the notebook."""
    found = {("definition", t.casefold()): (t, m) for t, m in definitions_of(convention, on=day)}
    for clause in TerminationClause.objects.filter(convention=convention).binding(on=day):
        found["way_out", clause.ground] = (clause.quantity, clause.unit, clause.trigger)
    for clause in DurationClause.objects.filter(convention=convention).binding(on=day):
        found["duration",] = (clause.quantity, clause.unit, clause.trigger)
    for party in convention.parties.in_force(on=day):
        found["party", party.position] = party.alias
    targets = Target.objects.filter(convention=convention).binding(on=day)
    for code, year, quantity in targets.values_list("indicator__code", "year", "quantity"):
        assert ("target", code, year) not in found, "two targets bind on one day"
        found["target", code, year] = quantity
    return found


def titles_on(convention, day: date) -> list[str]:
    rows = Engagement.objects.filter(convention=convention).standing(on=day)
    return sorted(rows.values_list("title", flat=True))


def test_every_day_of_a_life_reads_as_it_was_told(life):
    convention, notebook = life.convention, life.notebook
    assert convention.acts.signed().count() == 8
    for day in days_to_read(notebook):
        if day < notebook.signed_on:
            assert text_on(convention, day) == []
            continue
        assert text_on(convention, day) == notebook.text(day), day
        told = notebook.facts(day)
        promised = sorted(told.pop(key) for key in list(told) if key[0] == "engagement")
        assert titles_on(convention, day) == promised, day
        assert facts_on(convention, day) == told, day
        read = clauses_of(convention.pk, on=day)
        assert len(read.terminations) == len([key for key in told if key[0] == "way_out"])
        assert read.duration.terms["quantity"] == told["duration",][0]
    assert convention.ends_on == date(2022, 1, 14)


def days_of_documents(notebook) -> list[date]:
    """The first day, one in the midst of changes, and the last."""
    return [notebook.days[0], notebook.days[len(notebook.days) // 2], notebook.days[-1]]


def test_nobody_else_knows_of_a_draft_before_it_is_shared(told):
    assert len({act for act, *_ in told.watched}) == 7
    assert [one for one in told.watched if one[2:] != (True, False)] == []


def test_a_life_taken_in_elsewhere_gives_the_same_bytes_and_the_same_days(told):
    assert told.exported_again == told.exported
    assert len(told.texts_elsewhere) == 8
    for day, text in told.texts_elsewhere.items():
        assert text == told.life.notebook.text(day)


def test_the_documents_of_three_days_hold_every_title(life):
    for day in days_of_documents(life.notebook):
        headings = {squeezed(line.heading) for line in life.notebook.text(day) if line.heading}
        assert problems(export_akoma_ntoso(life.convention, on=day)) == []
        word = words_of_docx(write_word(word_text_on(life.convention, day=day)))
        assert not [heading for heading in headings if heading not in word]
        data = document_pdf(consolidated_document(life.convention, on=day))
        with pikepdf.open(io.BytesIO(data)) as pdf:
            marks = squeezed(" ".join(titles_of(pdf.open_outline().root)))
        assert not [heading for heading in headings if heading not in marks]


def squeezed(words: str) -> str:
    """The words as compared: paper sets apostrophes and spaces its own way."""
    return " ".join(words.replace("'", "’").split())


def words_of_docx(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    paragraphs = ("".join(p.itertext(f"{WORD}t")) for p in root.iter(f"{WORD}p"))
    return squeezed("\n".join(paragraphs))


def titles_of(items) -> list[str]:
    return [title for item in items for title in (item.title, *titles_of(item.children))]


def test_every_day_and_every_pair_of_acts_is_read_on_a_page(life, client):
    pk = life.convention.pk
    client.force_login(next(iter(life.entered.managers.values())))
    for day in life.notebook.days:
        page = client.get(reverse("conventions:text_on", args=[pk, day.isoformat()]))
        assert page.status_code == 200
        assert page.context["on"]
    acts = [act.number for act in life.convention.acts.order_by("number")]
    pairs = product(acts, acts) if len(life.entered.articles) < 12 else pairwise(acts)
    for before, after in pairs:
        page = client.get(
            reverse("conventions:compare", args=[pk]),
            {"de": f"acte-{before}", "a": f"acte-{after}"},
        )
        assert page.status_code == 200
    for number in acts:
        for where in ("conventions:act", "reporting:act_page", "conventions:word"):
            path = reverse(where, args=[pk, number])
            assert client.get(path, follow=True).status_code == 200, path

"""The texts handed to Word: an avenant with what it changes, and the text of a day."""

from datetime import date

import pytest

from conventions.models import Article
from conventions.models.word_text import word_text_of, word_text_on
from conventions.rules.word_ecriture import write_word
from conventions.rules.word_lecture import read_word
from conventions.rules.word_propositions import proposals_of
from conventions.tests.avenants import insert, make_avenant, repeal, replace, sign_avenant
from conventions.tests.factories import make_signed_convention

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)
BODY = "Les parties conviennent de ce qui suit."


@pytest.fixture
def convention():
    return make_signed_convention()


@pytest.fixture
def article(convention) -> Article:
    return convention.articles.get()


def test_an_avenant_gives_what_it_writes_and_its_table(convention, article):
    act = make_avenant(convention, title="Avenant de prorogation", purpose="Il faut du temps.")
    replace(act, article, "Elles conviennent de six ans.", heading="Durée")
    insert(act, "2", "Un comité se réunit.", after=article, heading="Suivi")
    text = word_text_of(act, on=TODAY)
    assert [(one.number, one.heading) for one in text.articles] == [("1", "Durée"), ("2", "Suivi")]
    assert [(one.label, one.what) for one in text.changes] == [
        ("article\u00a01", "nouvelle rédaction"),
        ("article\u00a02", "inséré"),
    ]
    assert BODY in text.changes[0].before
    assert "six ans" in text.changes[0].after
    assert text.changes[1].before == ""
    assert text.excerpt
    assert text.purpose == "Il faut du temps."


def test_a_repealed_article_is_in_the_table_alone(convention, article):
    act = make_avenant(convention)
    repeal(act, article)
    text = word_text_of(act, on=TODAY)
    assert text.articles == ()
    assert [(one.what, one.after) for one in text.changes] == [("abrogé", "")]


def test_the_table_of_a_signed_avenant_does_not_know_those_that_follow(convention, article):
    first = make_avenant(convention)
    replace(first, article, "Premier avenant.")
    sign_avenant(first, date(2018, 1, 1))
    before = write_word(word_text_of(first, on=TODAY))
    second = make_avenant(convention)
    replace(second, article, "Second avenant.")
    sign_avenant(second, date(2019, 1, 1))
    assert write_word(word_text_of(first, on=TODAY)) == before
    assert "Premier avenant." in word_text_of(second, on=TODAY).changes[0].before


def test_the_document_of_an_avenant_comes_back_unchanged(convention, article):
    act = make_avenant(convention, closing="Les autres articles demeurent.")
    replace(act, article, "Elles conviennent de **six ans**.", heading="Durée")
    text = word_text_of(act, on=TODAY)
    reading = read_word("avenant.docx", write_word(text))
    assert proposals_of(reading, text.articles) == []
    assert reading.left_out == ()
    assert reading.absent == ()


def test_a_draft_avenant_changes_nothing_of_the_text_of_a_day(convention, article):
    before = write_word(word_text_on(convention, day=TODAY))
    replace(make_avenant(convention), article, "Rien encore.")
    assert write_word(word_text_on(convention, day=TODAY)) == before


def test_the_text_of_a_day_is_that_of_its_acts(convention, article):
    act = make_avenant(convention)
    replace(act, article, "Désormais.")
    sign_avenant(act, date(2019, 1, 1))
    then = word_text_on(convention, day=date(2018, 12, 31)).articles[0].body
    now = word_text_on(convention, day=date(2019, 1, 1)).articles[0].body
    assert (then, now) == (BODY, "Désormais.")

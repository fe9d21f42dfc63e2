"""The names of the articles of many texts, read at once: those of each text read alone."""

from datetime import date

import pytest
from django.db.models import F, Value
from django.db.models.functions import Greatest

from conventions.enums import ActKind, ActStatus, Change
from conventions.models import Act, Article, ArticleVersion
from conventions.models.consolidated import consolidated_text
from conventions.models.labels_read import labels_of
from conventions.tests.factories import make_convention, make_signed_convention

pytestmark = pytest.mark.django_db
DAYS = (date(2017, 1, 1), date(2018, 6, 1), date(2019, 6, 1), date(2021, 1, 1))


def _avenant(convention, number, effective_on, *changes):
    act = Act.objects.create(convention=convention, number=number, kind=ActKind.AVENANT)
    for position, (article, operation, name) in enumerate(changes, start=1):
        ArticleVersion.objects.create(
            act=act, article=article, operation=operation, number=name, position=position
        )
    act.status, act.signed_on, act.effective_on = ActStatus.SIGNE, effective_on, effective_on
    act.save()


@pytest.fixture
def texts():
    """A text that avenants extend, renumber and cut, an untouched one, a draft."""
    changed = make_signed_convention()
    title = Article.objects.create(convention=changed)
    inside = Article.objects.create(convention=changed, parent=title)
    first = changed.articles.order_by("pk").first()
    _avenant(
        changed, 1, date(2018, 1, 1), (title, Change.ECRIRE, "9"), (inside, Change.ECRIRE, "9.1")
    )
    _avenant(changed, 2, date(2019, 1, 1), (first, Change.RENUMEROTER, "1 bis"))
    _avenant(changed, 3, date(2020, 1, 1), (title, Change.ABROGER, ""))
    return [changed, make_signed_convention(), make_convention()]


def _alone(convention, day):
    text = consolidated_text(convention, on=day, with_body=False)
    return {article.article_id: article.label for article in text}


@pytest.mark.parametrize("day", DAYS)
def test_many_texts_are_named_as_each_alone_in_one_statement(texts, day, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = labels_of([text.pk for text in texts], on=day)
    for text in texts:
        assert found.get(text.pk, {}) == _alone(text, day)


def test_the_day_may_be_that_of_each_convention(texts):
    read_on = Greatest(Value(date(2017, 1, 1)), F("article__convention__starts_on"))
    found = labels_of([text.pk for text in texts], on=read_on)
    for text in texts[:2]:
        assert found[text.pk] == _alone(text, text.starts_on)

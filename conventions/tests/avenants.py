"""Avenants for tests: what each one does to which article, signed on a day or still a draft."""

from datetime import date

from conventions.enums import ActKind, ActStatus, Change
from conventions.models import Act, Article, ArticleVersion, Convention


def make_avenant(convention: Convention, effective_on: date | None = None, **fields) -> Act:
    """Return an avenant being drafted; `sign_avenant` binds it."""
    fields.setdefault("kind", ActKind.AVENANT)
    fields.setdefault("number", convention.acts.count())
    return Act.objects.create(convention=convention, effective_on=effective_on, **fields)


def replace(act: Act, article: Article, body: str, heading: str = "Objet", **fields) -> None:
    _change(act, article, Change.REMPLACER, body=body, heading=heading, **fields)


def repeal(act: Act, article: Article, **fields) -> None:
    _change(act, article, Change.ABROGER, **fields)


def renumber(act: Act, article: Article, number: str, **fields) -> None:
    _change(act, article, Change.RENUMEROTER, number=number, **fields)


def insert(act: Act, number: str, body: str, *, after: Article | None = None, **fields) -> Article:
    article = Article.objects.create(convention=act.convention, kind="article")
    fields.setdefault("heading", "Inséré")
    _change(act, article, Change.ECRIRE, number=number, body=body, after=after, **fields)
    return article


def _change(act: Act, article: Article, operation: str, **fields) -> None:
    fields.setdefault("position", act.article_versions.count() + 1)
    ArticleVersion.objects.create(act=act, article=article, operation=operation, **fields)


def sign_avenant(act: Act, effective_on: date, **fields) -> Act:
    """Sign an avenant, once all that it changes is written."""
    act.status, act.signed_on, act.effective_on = ActStatus.SIGNE, effective_on, effective_on
    for name, value in fields.items():
        setattr(act, name, value)
    act.save()
    return act

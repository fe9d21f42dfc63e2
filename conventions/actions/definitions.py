"""The words a convention defines, written in a draft act."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.enums import Verb
from accounts.models import User
from conventions.actions.draft import assign, check_unchanged, enter_draft_of
from conventions.actions.journal import record_in_act
from conventions.models import Act, Article, Definition

ELSEWHERE = "Cet article n’est pas celui de cette convention."
FIELDS = ("term", "meaning", "article")


def _check_article(act: Act, article: Article | None) -> None:
    if article is not None and article.convention_id != act.convention_id:
        raise ValidationError({"article": ELSEWHERE}, code="elsewhere")


@transaction.atomic
def define_term(
    act: Act, *, by: User, on: date, term: str, meaning: str, article: Article | None = None
) -> Definition:
    """Say in a draft what a term means, and, if one likes, in which article it is said."""
    enter_draft_of(act, by=by, on=on)
    _check_article(act, article)
    definition = Definition(act=act)
    assign(definition, {"term": term, "meaning": meaning, "article": article})
    definition.save()
    record_in_act(act, definition, by=by, verb=Verb.TERM_DEFINED, meaning=meaning)
    return definition


@transaction.atomic
def change_definition(
    definition: Definition,
    *,
    by: User,
    on: date,
    seen: str | None = None,
    term: str,
    meaning: str,
    article: Article | None = None,
) -> None:
    enter_draft_of(definition.act, by=by, on=on)
    _check_article(definition.act, article)
    definition.refresh_from_db()
    check_unchanged(definition, seen)
    changes = assign(definition, {"term": term, "meaning": meaning, "article": article})
    if changes:
        definition.save()
        act = definition.act
        record_in_act(act, definition, by=by, verb=Verb.TERM_DEFINED, changes=changes)


@transaction.atomic
def remove_definition(definition: Definition, *, by: User, on: date) -> None:
    enter_draft_of(definition.act, by=by, on=on)
    told = {"meaning": definition.meaning}
    record_in_act(definition.act, definition, by=by, verb=Verb.TERM_REMOVED, **told)
    definition.delete()

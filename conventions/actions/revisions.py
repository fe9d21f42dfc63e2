"""The states a draft article goes through: kept as people write, read in its history, restored."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.enums import Verb
from accounts.models import User
from conventions.access import revisions_visible_to
from conventions.actions.draft import assign, enter_draft_of
from conventions.actions.journal import record_in_act
from conventions.models import Act, ArticleRevision, ArticleVersion
from conventions.rules.fusion import Merged, merge, merge_value
from conventions.rules.texte import blocks, markup

AUTOSAVE = "enregistrement automatique"
ORIGIN = "état d’origine"
# What one person types within one of these spans of the clock is one state of the history.
SPAN = timedelta(minutes=10)
CONFLICT = (
    "Une autre personne a changé les mêmes mots que vous. Rien n’est perdu : comparez les deux "
    "rédactions, puis enregistrez celle qui convient."
)
REMOVED = "Cet article a été retiré du projet : rétablissez-le d’abord depuis le plan du texte."


ELSEWHERE = "Cet état n’est pas celui de cet article."


@dataclass(frozen=True)
class Words:
    """What a person writes of an article."""

    number: str = ""
    heading: str = ""
    body: str = ""


@dataclass(frozen=True)
class Written:
    """An article once written. `merged_with` tells whose words came in meanwhile, if any did."""

    version: ArticleVersion
    merged_with: str = ""


class ConflictError(ValidationError):
    """Two people changed the same words: `pieces` holds what to settle, field by field."""

    def __init__(self, pieces: dict[str, Merged]) -> None:
        super().__init__(CONFLICT, code="conflict")
        self.pieces = pieces


def words_of(version: ArticleVersion) -> Words:
    return Words(version.number, version.heading, version.body)


@transaction.atomic
def write_words(
    version: ArticleVersion,
    *,
    by: User,
    on: date,
    base: Words,
    mine: Words,
    autosave: bool = False,
) -> Written:
    """Write what a person made of `base`, together with what others wrote since.

    Changes that do not meet are merged; else nothing is written and `ConflictError` says why.
    """
    enter_draft_of(version.act, by=by, on=on)
    version = _again(version)
    here = words_of(version)
    pieces = merge_words(base, mine, here)
    if any(merged.is_conflict for merged in pieces.values()):
        raise ConflictError(pieces)
    found = merged_words(pieces)
    if found.body == canonical(here.body):
        found = replace(found, body=here.body)  # It reads the same: no new state.
    name = _who_wrote(version, by) if _differs(here, base) else ""
    put_words(version, found, by=by, autosave=autosave)
    return Written(version, name)


def merge_words(base: Words, mine: Words, here: Words) -> dict[str, Merged]:
    """Put together, field by field, what a person made of `base` and what is recorded now."""
    return {
        "number": merge_value(base.number, mine.number, here.number),
        "heading": merge_value(base.heading, mine.heading, here.heading),
        "body": merge(canonical(base.body), canonical(mine.body), canonical(here.body)),
    }


def merged_words(pieces: dict[str, Merged]) -> Words:
    return Words(**{name: merged.text for name, merged in pieces.items()})


def canonical(body: str) -> str:
    """Write a body as its blocks are: lines cut elsewhere are no change of the text."""
    return markup(blocks(body))


def _differs(here: Words, base: Words) -> bool:
    return (here.heading, canonical(here.body)) != (base.heading, canonical(base.body))


def _again(version: ArticleVersion) -> ArticleVersion:
    """Read the row once its convention is locked; it may have gone meanwhile."""
    rows = ArticleVersion.objects.select_related("article", "act__convention")
    found = rows.filter(pk=version.pk).first()
    if found is None:
        raise ValidationError(REMOVED, code="removed")
    return found


def _who_wrote(version: ArticleVersion, by: User) -> str:
    last = revisions_of(version).exclude(written_by=by).exclude(written_by=None).first()
    return str(last.written_by) if last else "vous-même, dans une autre fenêtre"


def last_writer(version: ArticleVersion) -> str:
    last = revisions_of(version).exclude(written_by=None).first()
    return str(last.written_by) if last else "une autre personne"


def removed_articles(act: Act, *, by: User, on: date) -> list[ArticleRevision]:
    """The articles taken out of a draft, as they last were, those put back excepted."""
    standing = act.article_versions.values("article__code")
    known = revisions_visible_to(by, act, on=on)
    rows = known.filter(removed=True).exclude(code__in=standing)
    latest = {revision.code: revision for revision in rows.order_by("written_at", "pk")}
    return list(latest.values())


def put_words(
    version: ArticleVersion, words: Words, *, by: User, autosave: bool = False, reason: str = ""
) -> dict[str, list[str]]:
    """Set an article's words, keep the state they make, and return what changed.

    The convention is locked by the caller. An autosave tells the journal once a state; saving for
    good tells all that its author changed since, autosaves included.
    """
    before = words_of(version)
    changes = assign(version, vars(words))
    last = revisions_of(version).first()
    pending = _goes_on(last, by) if last else False
    if not changes and (autosave or not pending):
        return changes
    if last is None and before != Words():
        _add(version, before, by=None, reason=ORIGIN)
    version.save(update_fields=list(vars(words)))
    if pending and not autosave:
        changes = _since(version, last, words)
    if not (pending and autosave):
        told = {"changes": changes} | ({"reason": reason} if reason else {})
        record_in_act(version.act, version, by=by, verb=Verb.ARTICLE_WRITTEN, **told)
    _keep(version, words, by=by, reason=AUTOSAVE if autosave else reason, last=last)
    return changes


def _since(version: ArticleVersion, last: ArticleRevision, words: Words) -> dict[str, list[str]]:
    """Return what changed since the state before the one still being typed."""
    older = revisions_of(version).filter(pk__lt=last.pk).first()
    before = vars(Words(older.number, older.heading, older.body) if older else Words())
    return {
        name: [before[name], after] for name, after in vars(words).items() if before[name] != after
    }


def revisions_of(version: ArticleVersion):
    """The states of an article in its act, the last one first."""
    rows = ArticleRevision.objects.filter(act=version.act_id, code=version.article.code)
    return rows.select_related("written_by")


def keep_revision(version: ArticleVersion, *, by: User | None, reason: str = "") -> None:
    """Keep the state an article is in, as a new one."""
    _add(version, words_of(version), by=by, reason=reason)


def keep_removal(version: ArticleVersion, *, by: User) -> None:
    """Keep what an article said, and where, as it is taken out; its code is never given again."""
    _add(version, words_of(version), by=by, reason="", removed=True, **_place_of(version))


def _place_of(version: ArticleVersion) -> dict:
    article = version.article
    rows = version.act.article_versions.filter(article__parent=article.parent_id)
    before = rows.filter(position__lt=version.position).order_by("position", "pk").last()
    return {
        "kind": article.kind,
        "parent_code": article.parent.code if article.parent else None,
        "after_code": before.article.code if before else None,
    }


def _keep(
    version: ArticleVersion,
    words: Words,
    *,
    by: User,
    reason: str,
    last: ArticleRevision | None,
) -> None:
    if last is None or not _goes_on(last, by) or _span(last.written_at) != _span(timezone.now()):
        _add(version, words, by=by, reason=reason)
        return
    for name, value in vars(words).items():
        setattr(last, name, value)
    last.reason, last.written_at = reason, timezone.now()
    last.save()


def _add(version: ArticleVersion, words: Words, *, by: User | None, reason: str, **place) -> None:
    ArticleRevision.objects.create(
        act_id=version.act_id,
        article_id=version.article_id,
        code=version.article.code,
        written_by=by,
        written_at=timezone.now(),
        reason=reason,
        **place,
        **vars(words),
    )


def _goes_on(last: ArticleRevision, by: User) -> bool:
    """Whether the same person is still typing this state."""
    return last.reason == AUTOSAVE and last.written_by_id == by.pk


def _span(at: datetime) -> int:
    return int(at.timestamp() // SPAN.total_seconds())


@transaction.atomic
def restore_revision(
    version: ArticleVersion, revision: ArticleRevision, *, by: User, on: date
) -> ArticleVersion:
    """Give an article the title and wording it had: one more state, nothing is erased."""
    enter_draft_of(version.act, by=by, on=on)
    version = _again(version)
    if (revision.act_id, revision.code) != (version.act_id, version.article.code):
        raise ValidationError(ELSEWHERE, code="elsewhere")
    words = Words(version.number, revision.heading, revision.body)
    put_words(version, words, by=by, reason=f"retour à l’état n°\u00a0{revision.pk}")
    return version

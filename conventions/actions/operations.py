"""What an avenant does to articles: replace, insert, repeal, renumber, restore, each from a day.

An operation is written in a draft and binds nobody: `actions.conflicts` looks at its date, its
place and its number, and says what must be settled before the signature.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, ProtectedError

from accounts.enums import Verb
from accounts.models import User
from conventions.actions.draft import assign, check_unchanged, enter_draft_of
from conventions.actions.journal import record_in_act
from conventions.actions.revisions import keep_removal, keep_revision
from conventions.enums import ArticleKind, Change
from conventions.models import Act, Article, ArticleVersion
from conventions.models.consolidated import ConsolidatedArticle, draft_text
from conventions.rules.avenants_numeros import Spot, inserted_number, pushed_on
from conventions.rules.texte import label

INITIAL = "Le texte d’origine se rédige article par article, sans opérations."
ELSEWHERE = "Cet article n’est pas celui de cette convention."
INSERTED_HERE = "Cet article est inséré par ce projet : modifiez son insertion."
NO_WORDS = "Donnez au moins un titre ou un texte."
SAME_WORDS = "Rien ne change : cette rédaction est déjà celle du texte."
SAME_NUMBER = "L’article porte déjà ce numéro."
NO_NUMBER = "Donnez le nouveau numéro."
GONE = "Cet article est abrogé : rétablissez-le au lieu de le modifier."
STANDING = "Cet article est en vigueur : remplacez-le au lieu de le rétablir."
APART = "Choisissez un article placé au même endroit du texte."
DEPENDED_ON = "D’autres opérations de ce projet portent sur cet article : retirez-les d’abord."
CITED = "Un engagement, une clause ou une définition renvoie à cet article : changez-le d’abord."


def _enter(act: Act, *, by: User, on: date) -> dict[int, ConsolidatedArticle]:
    """Return the text as the act would leave it, repealed articles included, by article."""
    enter_draft_of(act, by=by, on=on)
    if act.number == 0:
        raise ValidationError(INITIAL, code="initial")
    return {article.article_id: article for article in draft_text(act, with_repealed=True)}


def _known(text: dict[int, ConsolidatedArticle], article: Article) -> ConsolidatedArticle:
    if article.pk not in text:
        raise ValidationError({"article": ELSEWHERE}, code="elsewhere")
    return text[article.pk]


def _row(act: Act, article: Article, change: Change, row: ArticleVersion | None) -> ArticleVersion:
    """Return the operation to write: `row`, as it stands now, or a new one, last of the act."""
    if row is None:
        return ArticleVersion(article=article, act=act, operation=change, position=_last(act) + 1)
    return act.article_versions.select_related("article", "act").get(
        pk=row.pk, article=article, operation=change
    )


def _last(act: Act) -> int:
    return act.article_versions.aggregate(last=Max("position"))["last"] or 0


def _save(
    row: ArticleVersion, fields: dict, *, by: User, name: str, seen: str | None = None
) -> ArticleVersion:
    """Write an operation, keep the state it makes of the article, and tell the journal."""
    is_new = row.pk is None
    if not is_new:
        check_unchanged(row, seen)
    changes = assign(row, fields)
    if is_new or changes:
        row.save()
        if row.operation in {Change.ECRIRE, Change.REMPLACER}:
            keep_revision(row, by=by)
        told = {"operation": row.operation, "article": name, "changes": changes}
        record_in_act(row.act, row.act, by=by, verb=Verb.ACT_OPERATION, **told)
    return row


def _check_words(heading: str, body: str) -> None:
    if not heading.strip() and not body.strip():
        raise ValidationError({"heading": NO_WORDS}, code="required")


def _written_here(act: Act, article: Article) -> bool:
    """Whether this act inserts the article: what it says of it is said by the insertion."""
    return not article.versions.exclude(act=act).filter(operation=Change.ECRIRE).exists()


def _standing(act: Act, text: dict, article: Article) -> ConsolidatedArticle:
    """Return an article that the act may change: in the text before it, and not its own."""
    known = _known(text, article)
    if _written_here(act, article):
        raise ValidationError({"article": INSERTED_HERE}, code="inserted")
    mine = any(mark.act == act.number and mark.change == Change.ABROGER for mark in known.changes)
    if known.repealed and not mine:
        raise ValidationError({"article": GONE}, code="repealed")
    return known


@transaction.atomic
def replace_article(
    act: Act,
    article: Article,
    *,
    by: User,
    on: date,
    heading: str = "",
    body: str = "",
    effective_on: date | None = None,
    row: ArticleVersion | None = None,
    seen: str | None = None,
) -> ArticleVersion:
    """Give an article another title and wording, from `effective_on` (None: with the act).

    `row` is the operation to write again.
    """
    text = _enter(act, by=by, on=on)
    known = _standing(act, text, article)
    _check_words(heading, body)
    if row is None and (known.heading, known.body) == (heading, body):
        raise ValidationError({"body": SAME_WORDS}, code="same")
    written = _row(act, article, Change.REMPLACER, row)
    fields = {"heading": heading, "body": body, "effective_on": effective_on}
    return _save(written, fields, by=by, name=known.label, seen=seen)


@transaction.atomic
def restore_article(
    act: Act,
    article: Article,
    *,
    by: User,
    on: date,
    heading: str = "",
    body: str = "",
    number: str | None = None,
    effective_on: date | None = None,
    row: ArticleVersion | None = None,
    seen: str | None = None,
) -> ArticleVersion:
    """Bring a repealed article back where it stood, under its number unless another is given."""
    known = _known(_enter(act, by=by, on=on), article)
    if row is None and not known.repealed:
        raise ValidationError({"article": STANDING}, code="standing")
    _check_words(heading, body)
    written = _row(act, article, Change.ECRIRE, row)
    fields = {
        "heading": heading,
        "body": body,
        "number": known.number if number is None else number.strip(),
        "effective_on": effective_on,
    }
    return _save(written, fields, by=by, name=known.label, seen=seen)


@transaction.atomic
def repeal_article(
    act: Act,
    article: Article,
    *,
    by: User,
    on: date,
    effective_on: date | None = None,
    row: ArticleVersion | None = None,
    seen: str | None = None,
) -> ArticleVersion:
    """End an article, with all it contains."""
    known = _standing(act, _enter(act, by=by, on=on), article)
    written = _row(act, article, Change.ABROGER, row)
    fields = {"effective_on": effective_on}
    return _save(written, fields, by=by, name=known.label, seen=seen)


@transaction.atomic
def renumber_article(
    act: Act,
    article: Article,
    *,
    by: User,
    on: date,
    number: str,
    effective_on: date | None = None,
    row: ArticleVersion | None = None,
    seen: str | None = None,
) -> ArticleVersion:
    """Give an article another number; its wording, its place and its references stay."""
    known = _standing(act, _enter(act, by=by, on=on), article)
    number = number.strip()
    if not number:
        raise ValidationError({"number": NO_NUMBER}, code="required")
    if row is None and known.number == number:
        raise ValidationError({"number": SAME_NUMBER}, code="same")
    written = _row(act, article, Change.RENUMEROTER, row)
    fields = {"number": number, "effective_on": effective_on}
    return _save(written, fields, by=by, name=known.label, seen=seen)


@transaction.atomic
def insert_by(
    act: Act,
    *,
    by: User,
    on: date,
    heading: str = "",
    body: str = "",
    kind: str = ArticleKind.ARTICLE,
    number: str | None = None,
    parent: Article | None = None,
    after: Article | None = None,
    push_on: bool = False,
    effective_on: date | None = None,
) -> ArticleVersion:
    """Insert an article behind its sibling `after`, or first inside `parent` (or of the text).

    `number=None` gives it «3 bis», or, with `push_on`, the next number: those behind it are then
    renumbered by operations of the same act, from the same day.
    """
    text = _enter(act, by=by, on=on)
    _check_words(heading, body)
    spot = _spot(text, parent, after)
    number, moved = _number(list(text.values()), spot, kind, number, push_on=push_on)
    row = _row(act, _newcomer(act, spot, kind), Change.ECRIRE, None)
    words = {"heading": heading, "body": body, "number": number, "effective_on": effective_on}
    _save(row, {**words, "after": after}, by=by, name=label(kind, number, heading))
    for pk, new in moved.items():
        _push_on(act, text[pk], new, by=by, effective_on=effective_on)
    return row


def _newcomer(act: Act, spot: Spot, kind: str) -> Article:
    article = Article(convention=act.convention, parent_id=spot.parent, kind=kind)
    article.full_clean()
    article.save()
    return article


def _spot(
    text: dict[int, ConsolidatedArticle], parent: Article | None, after: Article | None
) -> Spot:
    """Return the place named by a sibling, else by the article that holds it."""
    if after is None:
        return Spot(_known(text, parent).article_id if parent else None, None)
    holder = _known(text, after).parent_id
    if parent is not None and parent.pk != holder:
        raise ValidationError({"after": APART}, code="apart")
    return Spot(holder, after.pk)


def _number(
    text: list[ConsolidatedArticle], spot: Spot, kind: str, number: str | None, *, push_on: bool
) -> tuple[str, dict[int, str]]:
    """Return the number of a newcomer, and those it gives to the articles behind it."""
    if kind != ArticleKind.ARTICLE or number is not None:
        return (number or "").strip(), {}
    standing = [article for article in text if not article.repealed]
    if push_on:
        return pushed_on(standing, spot)
    # A repealed article keeps its number: nobody may take one for the other.
    return inserted_number(text, spot), {}


def _push_on(
    act: Act, known: ConsolidatedArticle, number: str, *, by: User, effective_on: date | None
) -> None:
    """Renumber an article behind a newcomer, by the operation that already does so if there is."""
    own = act.article_versions.filter(article=known.article_id)
    row = own.filter(operation__in=(Change.ECRIRE, Change.RENUMEROTER)).first()
    if row is None:
        article = Article.objects.get(pk=known.article_id)
        row = _row(act, article, Change.RENUMEROTER, None)
        row.effective_on = effective_on
    _save(row, {"number": number}, by=by, name=known.label)


@transaction.atomic
def rewrite_insertion(
    row: ArticleVersion,
    *,
    by: User,
    on: date,
    heading: str = "",
    body: str = "",
    number: str = "",
    kind: str | None = None,
    effective_on: date | None = None,
    seen: str | None = None,
) -> ArticleVersion:
    """Write again the article that a draft inserts; it stays where it was put."""
    act = row.act
    _enter(act, by=by, on=on)
    _check_words(heading, body)
    written = _row(act, row.article, Change.ECRIRE, row)
    if kind is not None and kind != written.article.kind:
        written.article.kind = kind
        written.article.full_clean()
        written.article.save(update_fields=["kind"])
    words = {"heading": heading, "body": body, "number": number.strip()}
    fields = {**words, "effective_on": effective_on}
    return _save(written, fields, by=by, name=row.label, seen=seen)


@transaction.atomic
def remove_operation(row: ArticleVersion, *, by: User, on: date) -> None:
    """Take an operation out of a draft; with an insertion goes the article it brought."""
    act, article = row.act, row.article
    _enter(act, by=by, on=on)
    told = {"operation": row.operation, "article": row.label, "change": "retrait"}
    record_in_act(act, act, by=by, verb=Verb.ACT_OPERATION, **told)
    if row.operation != Change.ECRIRE or not _written_here(act, article):
        row.delete()
        return
    others = act.article_versions.exclude(pk=row.pk)
    if article.children.exists() or others.filter(after=article).exists():
        raise ValidationError(DEPENDED_ON, code="depended_on")
    keep_removal(row, by=by)
    try:
        article.delete()
    except ProtectedError as error:
        raise ValidationError(CITED, code="cited") from error


@transaction.atomic
def move_operation(row: ArticleVersion, *, by: User, on: date, up: bool) -> None:
    """Exchange an operation with the one before or behind it: they are its act's articles."""
    act = row.act
    _enter(act, by=by, on=on)
    rows = list(act.article_versions.order_by("position", "pk"))
    here = next(rank for rank, one in enumerate(rows) if one.pk == row.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for position, one in enumerate(rows, start=1):
        one.position = position
    ArticleVersion.objects.bulk_update(rows, ["position"])
    told = {"operation": row.operation, "article": row.label, "change": "ordre"}
    record_in_act(act, act, by=by, verb=Verb.ACT_OPERATION, **told)

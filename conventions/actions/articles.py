"""Writing the text of a draft: articles at any depth, in an order that people choose."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import User
from conventions.actions.draft import assign, check_unchanged, enter_draft
from conventions.enums import ArticleKind
from conventions.models import Act, Article, ArticleVersion, Convention
from conventions.rules.plan import Node, descendants, next_number, places

ELSEWHERE = "Cet article n’est pas celui de cette convention."
INSIDE_ITSELF = "Un article ne peut pas être placé dans lui-même."
HOLDS_OTHERS = "Cet article en contient d’autres : déplacez-les ou retirez-les d’abord."
CITED = "Un engagement ou une clause renvoie à cet article : changez d’abord ce renvoi."


def _nodes(act: Act) -> list[Node]:
    rows = act.article_versions.order_by("position", "pk").values_list(
        "article_id", "article__parent_id", "position", "article__kind"
    )
    return [Node(*row) for row in rows]


def _lay_out(act: Act, nodes: list[Node]) -> None:
    """Write every article's place in the whole text again; only moved rows are touched."""
    versions = {version.article_id: version for version in act.article_versions.all()}
    moved = []
    for place in places(nodes):
        version = versions[place.pk]
        if (version.position, version.depth) != (place.position, place.depth):
            version.position, version.depth = place.position, place.depth
            moved.append(version)
    ArticleVersion.objects.bulk_update(moved, ["position", "depth"])


def _rank_after(nodes: list[Node], parent: int | None, after: Article | None) -> int:
    """Return a rank that places a newcomer behind `after`, or last among its siblings.

    Ranks in use are even once doubled, so an odd one falls between two neighbours.
    """
    if after is not None:
        return next(2 * node.rank + 1 for node in nodes if node.pk == after.pk)
    siblings = [node.rank for node in nodes if node.parent == parent]
    return 2 * max(siblings, default=0) + 1


def _check_place(convention: Convention, parent: Article | None, after: Article | None) -> None:
    """Refuse a place in another convention, or behind what is not a sibling."""
    strange = any(a is not None and a.convention_id != convention.pk for a in (parent, after))
    apart = after is not None and after.parent_id != (parent.pk if parent else None)
    if strange or apart:
        raise ValidationError({"parent": ELSEWHERE}, code="elsewhere")


def _new_article(convention: Convention, *, parent: Article | None, kind: str) -> Article:
    article = Article(convention=convention, parent=parent, kind=kind)
    article.full_clean()
    article.save()
    return article


def _following_number(act: Act, article: Article) -> str:
    """Return the number a newcomer takes; what is not an article bears none."""
    if article.kind != ArticleKind.ARTICLE:
        return ""
    versions = act.article_versions
    parent = versions.filter(article=article.parent_id).values_list("number", flat=True).first()
    siblings = versions.filter(article__parent=article.parent_id).values_list("number", flat=True)
    return next_number(parent or "", siblings)


@transaction.atomic
def insert_article(
    convention: Convention,
    *,
    by: User,
    on: date,
    heading: str = "",
    body: str = "",
    kind: str = ArticleKind.ARTICLE,
    number: str | None = None,
    parent: Article | None = None,
    after: Article | None = None,
) -> Article:
    """Add an article to a draft, inside `parent`, behind its sibling `after` or else last.

    `number=None` gives the next one of the plan; an empty one leaves the article without number.
    """
    act = enter_draft(convention, by=by, on=on)
    _check_place(convention, parent, after)
    nodes = _nodes(act)
    article = _new_article(convention, parent=parent, kind=kind)
    number = _following_number(act, article) if number is None else number
    rank = _rank_after(nodes, article.parent_id, after)
    words = {"number": number, "heading": heading, "body": body}
    version = ArticleVersion(article=article, act=act, position=rank, **words)
    version.full_clean()
    version.save()
    spread = [Node(node.pk, node.parent, 2 * node.rank, node.kind) for node in nodes]
    _lay_out(act, [*spread, Node(article.pk, article.parent_id, rank, kind)])
    record(by, Verb.ARTICLE_WRITTEN, version, dossier=convention.pk, change="ajout")
    return article


@transaction.atomic
def write_article(
    article: Article,
    *,
    by: User,
    on: date,
    seen: str | None = None,
    heading: str = "",
    body: str = "",
    number: str = "",
    kind: str | None = None,
) -> ArticleVersion:
    """Give an article of a draft its number, heading and wording."""
    act = enter_draft(article.convention, by=by, on=on)
    version = act.article_versions.select_related("article").get(article=article)
    check_unchanged(version, seen)
    if kind is not None and kind != version.article.kind:
        version.article.kind = kind
        version.article.full_clean()
        version.article.save(update_fields=["kind"])
        article.kind = kind
    changes = assign(version, {"number": number, "heading": heading, "body": body})
    if changes:
        version.save()
        record(by, Verb.ARTICLE_WRITTEN, version, dossier=article.convention_id, changes=changes)
    return version


@transaction.atomic
def move_article(article: Article, *, by: User, on: date, up: bool) -> None:
    """Exchange an article, with all it contains, with the one before or behind it."""
    act = enter_draft(article.convention, by=by, on=on)
    nodes = _nodes(act)
    siblings = [node for node in nodes if node.parent == article.parent_id]
    here = next(i for i, node in enumerate(siblings) if node.pk == article.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(siblings):
        return
    ranks = {
        siblings[here].pk: siblings[there].rank,
        siblings[there].pk: siblings[here].rank,
    }
    _lay_out(act, [Node(n.pk, n.parent, ranks.get(n.pk, n.rank), n.kind) for n in nodes])
    _record_move(act, article, by=by)


@transaction.atomic
def place_article(article: Article, *, by: User, on: date, parent: Article | None) -> None:
    """Put an article, with all it contains, last inside another one, or last of the text."""
    act = enter_draft(article.convention, by=by, on=on)
    nodes = _nodes(act)
    target = parent.pk if parent else None
    if target == article.parent_id:
        return
    if parent is not None and parent.convention_id != article.convention_id:
        raise ValidationError({"parent": ELSEWHERE}, code="elsewhere")
    if target == article.pk or target in descendants(article.pk, nodes):
        raise ValidationError({"parent": INSIDE_ITSELF}, code="inside_itself")
    last = max(node.rank for node in nodes) + 1
    article.parent = parent
    article.full_clean()
    article.save(update_fields=["parent"])
    _lay_out(
        act,
        [Node(n.pk, target, last, n.kind) if n.pk == article.pk else n for n in nodes],
    )
    _record_move(act, article, by=by)


@transaction.atomic
def renumber_articles(convention: Convention, *, by: User, on: date) -> None:
    """Number the articles of a draft again, 1, 1.1, 1.1.1, following the plan."""
    act = enter_draft(convention, by=by, on=on)
    versions = {version.article_id: version for version in act.article_versions.all()}
    renumbered = []
    for place in places(_nodes(act)):
        version = versions[place.pk]
        if version.number != place.number:
            version.number = place.number
            renumbered.append(version)
    ArticleVersion.objects.bulk_update(renumbered, ["number"])
    if renumbered:
        record(by, Verb.ARTICLE_WRITTEN, act, dossier=convention.pk, renumbered=len(renumbered))


@transaction.atomic
def remove_article(article: Article, *, by: User, on: date) -> None:
    """Take an article out of a draft; what it contains, or what refers to it, forbids it."""
    convention = article.convention
    act = enter_draft(convention, by=by, on=on)
    if article.children.exists():
        raise ValidationError(HOLDS_OTHERS, code="holds_others")
    version = act.article_versions.select_related("article").get(article=article)
    record(by, Verb.ARTICLE_REMOVED, version, dossier=convention.pk, body=version.body)
    try:
        article.delete()
    except ProtectedError as error:
        raise ValidationError(CITED, code="cited") from error
    _lay_out(act, _nodes(act))


def _record_move(act: Act, article: Article, *, by: User) -> None:
    version = act.article_versions.select_related("article").get(article=article)
    record(by, Verb.ARTICLE_WRITTEN, version, dossier=act.convention_id, position=version.position)

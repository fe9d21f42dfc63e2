"""Writing the text of a draft: articles at any depth, in an order that people choose."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import User
from conventions.actions.draft import check_unchanged, enter_draft
from conventions.actions.revisions import Words, keep_removal, keep_revision, put_words
from conventions.enums import ArticleKind
from conventions.models import Act, Article, ArticleRevision, ArticleVersion, Convention
from conventions.rules.ecriture import cited_codes
from conventions.rules.plan import Node, descendants, next_number, places

ELSEWHERE = "Cet article n’est pas celui de cette convention."
INSIDE_ITSELF = "Un article ne peut pas être placé dans lui-même."
HOLDS_OTHERS = "Cet article en contient d’autres : déplacez-les ou retirez-les d’abord."
CITED = (
    "Un engagement, une clause ou une définition renvoie à cet article : changez d’abord ce renvoi."
)
REFERRED = "Ces passages renvoient à cet article : {}. Le retirer romprait leurs renvois."
PRESENT = "Cet article est déjà dans le texte."


def _nodes(act: Act) -> list[Node]:
    rows = act.article_versions.order_by("position", "pk").values_list(
        "article_id", "article__parent_id", "position", "article__kind"
    )
    return [Node(*row) for row in rows]


def _lay_out(act: Act, nodes: list[Node], *, numbers: bool | None = None) -> int:
    """Write every article's place in the whole text again; only rows that change are touched.

    Numbers follow, in the same gesture, when the act numbers its articles by itself.
    """
    numbers = act.automatic_numbering if numbers is None else numbers
    versions = {version.article_id: version for version in act.article_versions.all()}
    changed = []
    for place in places(nodes):
        version = versions[place.pk]
        number = place.number if numbers else version.number
        wanted = (place.position, place.depth, number)
        if (version.position, version.depth, version.number) != wanted:
            version.position, version.depth, version.number = wanted
            changed.append(version)
    ArticleVersion.objects.bulk_update(changed, ["position", "depth", "number"])
    return len(changed)


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
    """Return the number a newcomer takes; what is not an article bears none.

    Articles under a title go on with the numbers of the text; under an article, with its own.
    """
    if article.kind != ArticleKind.ARTICLE:
        return ""
    versions = act.article_versions.filter(article__kind=ArticleKind.ARTICLE)
    holder = versions.filter(article=article.parent_id).first()
    if article.parent is not None and article.parent.kind in {
        ArticleKind.TITRE,
        ArticleKind.INTERTITRE,
    }:
        return next_number("", versions.values_list("number", flat=True))
    siblings = versions.filter(article__parent=article.parent_id)
    return next_number(holder.number if holder else "", siblings.values_list("number", flat=True))


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
    keep_revision(version, by=by)
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
    version = act.article_versions.select_related("article", "act").get(article=article)
    check_unchanged(version, seen)
    if act.automatic_numbering:
        number = version.number
    put_words(version, Words(number, heading, body), by=by)
    if kind is not None:
        _set_kind(act, version, kind)
        article.kind = kind
        version.refresh_from_db(fields=["number"])
    return version


@transaction.atomic
def set_kind(article: Article, *, by: User, on: date, kind: str) -> None:
    """Make an article a title, an annex, a heading…; numbers follow when they are automatic."""
    act = enter_draft(article.convention, by=by, on=on)
    version = act.article_versions.select_related("article").get(article=article)
    if _set_kind(act, version, kind):
        article.kind = kind
        _record_move(act, article, by=by)


def _set_kind(act: Act, version: ArticleVersion, kind: str) -> bool:
    if kind == version.article.kind:
        return False
    version.article.kind = kind
    version.article.full_clean()
    version.article.save(update_fields=["kind"])
    if act.automatic_numbering:
        _lay_out(act, _nodes(act))
    return True


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
    _renumber(act, by=by)


@transaction.atomic
def set_automatic_numbering(convention: Convention, *, by: User, on: date, automatic: bool) -> None:
    """Let the portal number the articles from now on, or keep the numbers as people type them."""
    act = enter_draft(convention, by=by, on=on)
    if act.automatic_numbering == automatic:
        return
    act.automatic_numbering = automatic
    act.save(update_fields=["automatic_numbering"])
    record(by, Verb.ARTICLE_WRITTEN, act, dossier=convention.pk, automatic_numbering=automatic)
    if automatic:
        _renumber(act, by=by)


def _renumber(act: Act, *, by: User) -> None:
    renumbered = _lay_out(act, _nodes(act), numbers=True)
    if renumbered:
        record(by, Verb.ARTICLE_WRITTEN, act, dossier=act.convention_id, renumbered=renumbered)


def citers_of(article: Article, act: Act) -> list[ArticleVersion]:
    """The articles of a draft whose wording refers to this one, in reading order."""
    versions = ArticleVersion.objects.written_by(act).exclude(article=article)
    marked = versions.filter(body__contains=f"{{{{art:{article.code}}}}}")
    return [version for version in marked if article.code in cited_codes(version.body)]


@transaction.atomic
def remove_article(article: Article, *, by: User, on: date, check_references: bool = False) -> None:
    """Take an article out of a draft; what it contains, or what depends on it, forbids it.

    With `check_references` it is refused too, with code «referred», when other articles refer to
    it: they are named, so that a person may decide.
    """
    convention = article.convention
    act = enter_draft(convention, by=by, on=on)
    if article.children.exists():
        raise ValidationError(HOLDS_OTHERS, code="holds_others")
    citers = citers_of(article, act) if check_references else []
    if citers:
        names = ", ".join(citer.label for citer in citers)
        raise ValidationError(REFERRED.format(names), code="referred")
    version = act.article_versions.select_related("article").get(article=article)
    record(by, Verb.ARTICLE_REMOVED, version, dossier=convention.pk, body=version.body)
    keep_removal(version, by=by)
    try:
        article.delete()
    except ProtectedError as error:
        raise ValidationError(CITED, code="cited") from error
    _lay_out(act, _nodes(act))


@transaction.atomic
def put_back(revision: ArticleRevision, *, by: User, on: date) -> Article:
    """Bring an article taken out of a draft back with its code and its words, where it stood.

    When what held it is gone it comes last of the text; when only the sibling it followed is, last
    inside what held it.
    """
    convention = revision.act.convention
    act = enter_draft(convention, by=by, on=on)
    known = {article.code: article for article in convention.articles.all()}
    if act.pk != revision.act_id or revision.code in known:
        raise ValidationError(PRESENT, code="present")
    parent = known.get(revision.parent_code)
    kind = revision.kind or ArticleKind.ARTICLE
    article = Article(convention=convention, code=revision.code, parent=parent, kind=kind)
    article.full_clean()
    article.save()
    nodes = _nodes(act)
    rank = _former_rank(nodes, revision, known)
    words = {"number": revision.number, "heading": revision.heading, "body": revision.body}
    version = ArticleVersion.objects.create(article=article, act=act, position=rank, **words)
    keep_revision(version, by=by, reason="article rétabli")
    spread = [Node(node.pk, node.parent, 2 * node.rank, node.kind) for node in nodes]
    _lay_out(act, [*spread, Node(article.pk, article.parent_id, rank, kind)])
    record(by, Verb.ARTICLE_WRITTEN, version, dossier=convention.pk, change="ajout")
    return article


def _former_rank(nodes: list[Node], revision: ArticleRevision, known: dict[int, Article]) -> int:
    """Return the rank behind the sibling it followed, first when it had none, else last."""
    parent, after = known.get(revision.parent_code), known.get(revision.after_code)
    target = parent.pk if parent else None
    was_first = revision.after_code is None and bool(revision.kind)
    if was_first and (parent is not None or revision.parent_code is None):
        ranks = [node.rank for node in nodes if node.parent == target]
        return 2 * min(ranks, default=1) - 1
    if after is not None and after.parent_id != target:
        after = None
    return _rank_after(nodes, target, after)


def _record_move(act: Act, article: Article, *, by: User) -> None:
    version = act.article_versions.select_related("article").get(article=article)
    record(by, Verb.ARTICLE_WRITTEN, version, dossier=act.convention_id, position=version.position)

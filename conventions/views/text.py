"""The text of a convention as it stands on a day, or as it is being written."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.rules.roles import Capability
from accounts.rules.typographie import date_longue
from conventions.access import acts_visible_to, capabilities_in, get_convention_or_404
from conventions.enums import Change
from conventions.models import Act, Article, Convention
from conventions.models.amendments import (
    ArticleState,
    amendments_of,
    article_states,
    definitions_of,
)
from conventions.models.clauses_read import clause_lines, clauses_of
from conventions.models.consolidated import (
    ConsolidatedArticle,
    consolidated_text,
    draft_text,
    text_after,
)
from conventions.models.listing import parties_in_order
from conventions.rules.comparaison import ArticleComparison, compare_articles
from conventions.rules.ecriture import references_of
from conventions.rules.frise import Day, life_of_text
from conventions.rules.modifications import Amendment, acts_of
from conventions.rules.reperes import read_day
from conventions.rules.texte import Block, blocks, contents
from territories.rules.french import enumerate_words

MOST_NAMED = 3
UNREADABLE = (
    "Cette date ne se lit pas : écrivez le jour, le mois et l’année, par exemple 12/11/2019. "
    "Voici le texte d’aujourd’hui."
)


class Worded(NamedTuple):
    """An article to lay out: its wording in blocks, and what avenants did to it until then."""

    version: ConsolidatedArticle
    blocks: list[Block]
    amendments: list[Amendment]
    opened: "Opened | None" = None

    @property
    def is_gone(self) -> bool:
        return self.version.repealed

    @property
    def repeal(self) -> Amendment | None:
        """The change that ended it; none when it went with the article that held it."""
        return next((a for a in reversed(self.amendments) if a.change == Change.ABROGER), None)

    @property
    def recent(self) -> list[Amendment]:
        """The last ones, for a margin; the page of its versions has them all."""
        return self.amendments[-2:]


class Opened(NamedTuple):
    """What one change did to an article, opened inside the text."""

    amendment: Amendment
    comparison: ArticleComparison


class Understood(NamedTuple):
    """A clause in one sentence, and the article it is read from, as numbered that day."""

    name: str
    sentence: str
    article_id: int | None
    article: str


class Reading(NamedTuple):
    """What is read: the articles, the acts in force, and what kind of text it is."""

    articles: list[ConsolidatedArticle]
    acts: list[Act]
    day: date
    amendments: list[Amendment]
    is_draft: bool = False
    is_origin: bool = False

    @property
    def past(self) -> list[Amendment]:
        """The changes this reading holds."""
        if self.is_origin:
            return []
        return [amendment for amendment in self.amendments if amendment.from_on <= self.day]

    def since(self, on: date) -> list[Amendment]:
        """The changes this reading does not hold, though they are in force today."""
        held = {amendment.key for amendment in self.past}
        return [a for a in self.amendments if a.from_on <= on and a.key not in held]


@require_safe
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The text today; `?le=` is the date picker, which leads to the address of that day."""
    asked = request.GET.get("le", "").strip()
    if asked:
        day = read_day(asked)
        return redirect("conventions:text_on", pk=pk, day=day or quote(asked[:20], safe=""))
    return _page(request, pk, asked=None)


@require_safe
def text_on(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    return _page(request, pk, asked=day)


@require_safe
def text_origin(request: HttpRequest, pk: int) -> HttpResponse:
    """The initial act as it was signed, whatever came since."""
    return _page(request, pk, asked=None, origin=True)


def _page(request: HttpRequest, pk: int, *, asked: str | None, origin=False) -> HttpResponse:
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    prefetch_related_objects([convention], parties_in_order())
    acts, projects = _acts(request.user, convention, on=on)
    day = read_day(asked) if asked else None
    reading = read_text(convention, acts, day, on=on, origin=origin)
    shown = [article for article in reading.articles if not article.repealed]
    context = {
        "convention": convention,
        "on": on,
        "tab": "texte",
        "reading": reading,
        "read_on": reading.day,
        "lead": _lead(reading),
        "problem": UNREADABLE if asked and day is None else "",
        "is_draft": reading.is_draft,
        "may_write": Capability.MANAGE in capabilities_in(request.user, convention, on=on),
        "projects": projects,
        "first_on": acts[0].effective_on if acts else None,
        "articles": worded(reading, request.GET.get("montrer", "")),
        "references": references_of(shown),
        "contents": contents(shown),
        **_around(convention, reading),
        **_in_time(convention, acts, reading, on=on),
    }
    return render(request, "conventions/text.html", context)


def _acts(user, convention: Convention, *, on: date) -> tuple[list[Act], list[Act]]:
    """The acts that stand, and the avenants being drafted that one may see, in one statement."""
    seen = list(acts_visible_to(user, convention, on=on).order_by("effective_on", "number"))
    standing = [act for act in seen if act.number == 0 or act.is_signed]
    projects = [act for act in seen if act.is_coming]
    return standing, sorted(projects, key=lambda act: act.number)


def read_text(
    convention: Convention, acts: list[Act], day: date | None, *, on: date, origin: bool = False
) -> Reading:
    """Today's text, or that of the first day of a text signed for later; before, the draft."""
    signed = [act for act in acts if act.is_signed]
    if not signed:
        articles = draft_text(acts[0]) if acts else []
        return Reading(articles, acts, on, [], is_draft=True)
    amendments = amendments_of(convention) if len(signed) > 1 else []
    initial = acts[0] if acts[0].number == 0 else signed[0]
    if origin:
        articles = text_after(initial)
        return Reading(articles, [initial], initial.effective_on, amendments, is_origin=True)
    day = day or max(on, signed[0].effective_on)
    articles = consolidated_text(convention, on=day, with_repealed=True)
    in_force = [act for act in signed if act.effective_on <= day]
    return Reading(articles, in_force, day, amendments)


def worded(reading: Reading, opened: str = "") -> list[Worded]:
    """Lay out each article with what changed it; `opened` is the change to show, by its key."""
    changes: dict[int, list[Amendment]] = defaultdict(list)
    for amendment in reading.past:
        changes[amendment.article_id].append(amendment)
    wanted = {str(amendment.key): amendment for amendment in reading.past}.get(opened)
    found = (
        Worded(
            article,
            [] if article.repealed else blocks(article.body),
            changes[article.article_id],
            _opened(wanted, reading, article),
        )
        for article in reading.articles
    )
    return [article for article in found if article.repeal or not article.is_gone]


def _opened(wanted: Amendment | None, reading: Reading, article) -> Opened | None:
    if wanted is None or wanted.article_id != article.article_id:
        return None
    row = Article.objects.get(pk=article.article_id)
    states = article_states(row, reading.amendments)
    return Opened(wanted, compared(states, wanted))


def compared(states: list[ArticleState], amendment: Amendment) -> ArticleComparison:
    """Set what an article said before a change and after it face to face."""
    at = next(rank for rank, state in enumerate(states) if amendment.key in state.keys)
    before = states[at - 1] if at and not states[at - 1].repealed else None
    after = states[at] if not states[at].repealed else None
    return compare_articles(before, after)


def _around(convention: Convention, reading: Reading) -> dict:
    """What stands around the articles that day: visas, definitions, clauses as understood."""
    if not reading.articles:
        return {"visas": [], "definitions": [], "clauses": []}
    is_signed = not reading.is_draft
    initial = min(reading.acts, key=lambda act: act.number)
    return {
        "visas": list(initial.visas.order_by("position")),
        "definitions": definitions_of(convention, on=reading.day) if is_signed else [],
        "clauses": _clauses(convention, reading) if is_signed else [],
    }


def _clauses(convention: Convention, reading: Reading) -> list[Understood]:
    labels = {article.article_id: article.label for article in reading.articles}
    return [
        Understood(
            line.name, line.sentence, line.clause.article_id, labels.get(line.clause.article_id, "")
        )
        for line in clause_lines(clauses_of(convention.pk, on=reading.day))
    ]


def _in_time(convention: Convention, acts: list[Act], reading: Reading, *, on: date) -> dict:
    """Where this reading stands among the others: line, days to pick, what came since or comes."""
    days = _days(acts, reading.amendments)
    address = reverse("conventions:text_on", args=[convention.pk, reading.day])
    if reading.is_origin:
        address = reverse("conventions:text_origin", args=[convention.pk])
    return {
        "days": days,
        "frise": life_of_text(days, term=convention.ends_on, read_on=reading.day),
        "since": acts_of(reading.since(on)),
        "to_come": acts_of(a for a in reading.amendments if a.from_on > max(on, reading.day)),
        "permalink": settings.SITE_URL + address,
    }


def _lead(reading: Reading) -> str:
    """«Convention initiale du 11 décembre 2017, modifiée par l’avenant n° 1 du 4 juillet 2019»."""
    if not reading.acts or reading.is_draft:
        return ""
    initial, *later = sorted(reading.acts, key=lambda act: act.number)
    told = f"{str(initial).capitalize()} du {date_longue(initial.signed_on)}"
    changes = [f"l’{act} du {date_longue(act.signed_on)}" for act in later]
    if len(changes) > MOST_NAMED:
        return f"{told}, modifiée par {len(changes)} actes, le dernier étant {changes[-1]}"
    return f"{told}, modifiée par {enumerate_words(changes)}" if changes else told


def _days(acts: list[Act], amendments: Iterable[Amendment]) -> list[Day]:
    """The days on which the text changes, each with the acts that change it."""
    names = {(act.effective_on, act.number, str(act)) for act in acts if act.is_signed}
    names |= {(a.from_on, a.act, a.act_name) for a in amendments}
    return [
        Day(day, enumerate_words([name for _, _, name in group]))
        for day, group in groupby(sorted(names), lambda one: one[0])
    ]

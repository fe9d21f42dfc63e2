"""An avenant as it is read: its operations, its text, what it changes, the number it will bear."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from accounts.rules.typographie import date_longue
from conventions.enums import Change, PartyChangeKind
from conventions.models.act import PROVISIONAL, Act, Visa
from conventions.models.article import ArticleVersion
from conventions.models.clause import (
    DurationClause,
    FollowUpClause,
    RevoyureClause,
    TerminationClause,
)
from conventions.models.consolidated import (
    ConsolidatedArticle,
    consolidated_text,
    text_after,
    text_before,
)
from conventions.models.succession import PartyChange
from conventions.rules.avenants import (
    Name,
    Planned,
    Provision,
    clause_provision,
    closing_words,
    definitions_provision,
    provisions,
)
from conventions.rules.comparaison import ArticleComparison, compare_texts
from conventions.signals import acte_redige

CLAUSES = (
    (DurationClause, "la durée"),
    (RevoyureClause, "la revoyure"),
    (FollowUpClause, "le suivi"),
    (TerminationClause, "la résiliation"),
)


_VERBS = {
    Change.ECRIRE: "rétablit",
    Change.REMPLACER: "remplace",
    Change.ABROGER: "abroge",
    Change.RENUMEROTER: "renumérote",
}


def last_signed(convention) -> int:
    """The number of the last act signed; 0 is the convention itself."""
    return convention.acts.signed().aggregate(last=Max("number"))["last"] or 0


def settled_number(act: Act) -> int:
    """The number an act bears, or, while it is a draft, the one it would take if signed now.

    Signed acts follow one another in the order of their signature; what is abandoned takes none.
    """
    if act.number <= PROVISIONAL:
        return act.number
    return last_signed(act.convention) + 1


def planned_of(act: Act) -> list[Planned]:
    """The operations of an act in its own order. Two statements."""
    rows = list(ArticleVersion.objects.written_by(act))
    older = ArticleVersion.objects.standing().filter(
        article__in={row.article_id for row in rows},
        operation=Change.ECRIRE,
        act__number__lt=act.number,
    )
    known = set(older.order_by().values_list("article", flat=True))
    return [
        Planned(
            key=row.pk,
            change=row.operation,
            article=row.article_id,
            on=row.effective_on,
            number=row.number,
            heading=row.heading,
            body=row.body,
            kind=row.article.kind,
            parent=row.article.parent_id,
            after=row.after_id,
            is_new=row.operation == Change.ECRIRE and row.article_id not in known,
        )
        for row in rows
    ]


def names_for(act: Act, operations: list[Planned]) -> dict[int, Name]:
    """How articles are called as an avenant speaks: as before it, newcomers as it calls them."""
    before = text_before(act, with_repealed=True, with_body=False)
    names = {row.article_id: Name(row.kind, row.number, row.heading) for row in before}
    for one in operations:
        if one.is_new:
            names.setdefault(one.article, Name(one.kind, one.number, one.heading))
    return names


@dataclass(frozen=True)
class AvenantText:
    """The whole text of an avenant, ready to be laid out on a page or in a document."""

    act: Act
    title: str
    visas: list[Visa]
    purpose: str
    provisions: list[Provision]
    closing: Provision
    names: dict[int, Name]


def avenant_text(act: Act) -> AvenantText:
    """Write the text of an avenant from its operations and the consolidated text."""
    operations = planned_of(act)
    names = names_for(act, operations)
    found = provisions(operations, names, _others(act, {one.article for one in operations}))
    closing = Provision(
        closing_words(act.kind, act.closing, act.effective_on), place=len(found) + 1
    )
    title = f"{act.get_kind_display().capitalize()} n°\u00a0{settled_number(act)}"
    return AvenantText(
        act, title, list(act.visas.order_by("position")), act.purpose, found, closing, names
    )


def _others(act: Act, written: set[int]) -> list[Provision]:
    """Clauses whose article the act does not write, definitions, parties; then what floors above
    this one plan with the act."""
    found = []
    for model, name in CLAUSES:
        for clause in model.objects.filter(act=act).order_by("pk"):
            if clause.article_id is None or clause.article_id not in written:
                found.append(
                    clause_provision(
                        name,
                        clause.wording or clause.sentence,
                        replaces=clause.replaces_id is not None,
                        repeals=clause.repeals,
                        on=clause.effective_on,
                    )
                )
    definitions = list(act.definitions.order_by("term").values_list("term", "meaning"))
    if definitions:
        found.append(definitions_provision(definitions))
    changes = act.party_changes.select_related("party").order_by("pk")
    found += [Provision(_party_sentence(change)) for change in changes]
    for _, answer in acte_redige.send(sender=Act, act=act):
        found += answer
    return found


def _party_sentence(change: PartyChange) -> str:
    party = change.party.alias if change.party else ""
    name = change.name or change.alias
    said = {
        PartyChangeKind.NOM: f"{party} est désormais dénommée {name}",
        PartyChangeKind.SUCCESSION: f"{name} succède à {party} dans ses droits et obligations",
        PartyChangeKind.ADHESION: f"{name} devient partie à la convention",
        PartyChangeKind.RETRAIT: f"{party} cesse d’être partie à la convention",
    }[PartyChangeKind(change.kind)]
    if change.effective_on:
        said = f"À compter du {date_longue(change.effective_on)}, {said}"
    return f"{said}. {change.reason}".strip()


@dataclass(frozen=True)
class BeforeAfter:
    """A row of the table that goes with an avenant: where it says so, and what changes."""

    provisions: tuple[Provision, ...]
    article: ArticleComparison

    @property
    def cited(self) -> str:
        """«art. 2 et 3»."""
        places = [str(provision.place) for provision in self.provisions]
        return f"art.\u00a0{' et '.join(places)}" if places else ""


def before_after(act: Act) -> list[BeforeAfter]:
    """Compare the text before and after an act, article by article: only those that change."""
    return before_after_of(act, avenant_text(act).provisions)


def before_after_of(act: Act, found: list[Provision]) -> list[BeforeAfter]:
    """The same, of an avenant whose text is already written."""
    told: dict[int, list[Provision]] = defaultdict(list)
    for provision in found:
        for article in provision.told:
            told[article].append(provision)
    comparison = compare_texts(text_before(act), text_after(act))
    return [
        BeforeAfter(tuple(told[change.shown.article_id]), change) for change in comparison.changes
    ]


def changes_by_act(convention, acts: Iterable[Act]) -> dict[int, dict[str, list[str]]]:
    """What each avenant does, by its key: «remplace» and the articles it replaces… Two statements.

    Articles are called as the signed text calls them last, newcomers of a draft as it does.
    """
    rows = (
        ArticleVersion.objects.filter(act__in=[act.pk for act in acts if act.number])
        .order_by("act__number", "position", "pk")
        .values_list("act", "operation", "article", "article__kind", "number", "heading")
    )
    text = consolidated_text(convention, on=date.max, with_repealed=True, with_body=False)
    known = {row.article_id: row for row in text}
    signed = {act.pk: act.number for act in acts if act.is_signed}
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for act, change, article, *called in rows:
        row = known.get(article)
        restores = row is not None and (
            act not in signed or (signed[act], Change.ECRIRE) in _marks(row)
        )
        verb = "insère" if change == Change.ECRIRE and not restores else _VERBS[Change(change)]
        name = Name(row.kind, row.number, row.heading) if row else Name(*called)
        found[act][verb].append(name.one if verb == "insère" else name.the)
    return {act: dict(told) for act, told in found.items()}


def _marks(row: ConsolidatedArticle) -> set[tuple[int, str]]:
    """What acts did to an article since it was first written."""
    return {(mark.act, mark.change) for mark in row.changes}


def days_of(act: Act, operations: list[Planned]) -> list[date | None]:
    """The days on which a draft acts; None stands for a day that is not said yet."""
    return list(dict.fromkeys(one.on or act.effective_on for one in operations))

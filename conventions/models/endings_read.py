"""The ways out that a convention offers on a day, each with where it stands in the text."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from conventions.enums import TerminationGround, TerminationKind, TerminationStatus
from conventions.models.clause import DurationClause, RevoyureClause, TerminationClause
from conventions.models.consolidated import ConsolidatedArticle, consolidated_text
from conventions.models.convention import Convention
from conventions.models.termination import Termination
from conventions.rules.non_renouvellement import reason_not_to_announce
from territories.rules.french import short_date, typeset

KIND_OF = {
    TerminationGround.SANS_MOTIF: TerminationKind.RESILIATION,
    TerminationGround.MANQUEMENT: TerminationKind.MISE_EN_DEMEURE,
    TerminationGround.DESACCORD: TerminationKind.DESACCORD,
}
_TITLES = {
    TerminationKind.RESILIATION: "Résilier sans motif",
    TerminationKind.MISE_EN_DEMEURE: "Mettre en demeure pour manquement",
    TerminationKind.DESACCORD: "Partir après un désaccord lors de la revoyure",
    TerminationKind.NON_RENOUVELLEMENT: "Annoncer que l’on ne renouvellera pas",
}
DISAGREEMENT = "desaccord"
ANNOUNCEMENT = "non-renouvellement"


@dataclass(frozen=True)
class Way:
    """A way out: its clause, or the review clause's own words on a disagreement."""

    slug: str
    kind: TerminationKind
    sentence: str
    clause: TerminationClause | None = None
    article: ConsolidatedArticle | None = None
    wording: str = ""

    @property
    def title(self) -> str:
        return _TITLES[self.kind]

    @property
    def label(self) -> str:
        where = f" ({self.article.label})" if self.article else ""
        return typeset(f"{self.title}{where} : {self.sentence}")


def ways_of(convention: Convention, *, on: date) -> list[Way]:
    """Return every way out that binds on a day; an article repealed takes its clause with it."""
    day = max(on, convention.starts_on)
    text = consolidated_text(convention, on=day, with_body=False)
    articles = {article.article_id: article for article in text}
    found = [
        Way(
            slug=f"clause-{clause.pk}",
            kind=KIND_OF[TerminationGround(clause.ground)],
            sentence=clause.sentence,
            clause=clause,
            article=articles.get(clause.article_id),
            wording=clause.wording,
        )
        for clause in _clauses(convention, day)
        if clause.article_id is None or clause.article_id in articles
    ]
    review = review_clause(convention, on=day)
    if review is not None and all(way.kind != TerminationKind.DESACCORD for way in found):
        found.append(_of_review(review, articles.get(review.article_id)))
    if not reason_not_to_announce(convention.ends_on, convention.terminated_on, on=on):
        found.append(_of_term(convention, articles, on=day))
    return found


def _clauses(convention: Convention, day: date) -> list[TerminationClause]:
    rows = TerminationClause.objects.binding(on=day).filter(convention=convention)
    return list(rows.order_by("pk"))


def review_clause(convention: Convention, *, on: date) -> RevoyureClause | None:
    """Return the clause of yearly review that binds on a day, read on the first one before that."""
    rows = RevoyureClause.objects.binding(on=max(on, convention.starts_on))
    return rows.filter(convention=convention).order_by("-from_on", "-act__number").first()


def duration_clause(convention: Convention, *, on: date) -> DurationClause | None:
    """Return the clause that sets the term on a day."""
    rows = DurationClause.objects.binding(on=max(on, convention.starts_on))
    return rows.filter(convention=convention).order_by("-from_on", "-act__number").first()


def announcements_of(convention: Convention) -> QuerySet[Termination]:
    """The announcements that bear on the term as it stands: notified, and not made moot since."""
    return Termination.objects.filter(
        convention=convention,
        kind=TerminationKind.NON_RENOUVELLEMENT,
        status=TerminationStatus.NOTIFIEE,
        effect_on__gte=convention.ends_on,
    ).select_related("party")


def _of_term(convention: Convention, articles: dict[int, ConsolidatedArticle], *, on: date) -> Way:
    clause = duration_clause(convention, on=on)
    return Way(
        slug=ANNOUNCEMENT,
        kind=TerminationKind.NON_RENOUVELLEMENT,
        sentence=f"la convention va à son terme, le {short_date(convention.ends_on)}, sans suite.",
        article=articles.get(clause.article_id) if clause else None,
        wording=clause.wording if clause else "",
    )


def _of_review(review: RevoyureClause, article: ConsolidatedArticle | None) -> Way:
    return Way(
        slug=DISAGREEMENT,
        kind=TerminationKind.DESACCORD,
        sentence=(
            "les engagements prévus pour l’année sont menés à terme, puis la convention prend fin."
        ),
        article=article,
        wording=review.disagreement,
    )

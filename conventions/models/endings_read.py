"""The ways out that a convention offers on a day, each with where it stands in the text."""

from dataclasses import dataclass
from datetime import date

from conventions.enums import TerminationGround, TerminationKind
from conventions.models.clause import RevoyureClause, TerminationClause
from conventions.models.consolidated import ConsolidatedArticle, consolidated_text
from conventions.models.convention import Convention
from territories.rules.french import typeset

KIND_OF = {
    TerminationGround.SANS_MOTIF: TerminationKind.RESILIATION,
    TerminationGround.MANQUEMENT: TerminationKind.MISE_EN_DEMEURE,
    TerminationGround.DESACCORD: TerminationKind.DESACCORD,
}
_TITLES = {
    TerminationKind.RESILIATION: "Résilier sans motif",
    TerminationKind.MISE_EN_DEMEURE: "Mettre en demeure pour manquement",
    TerminationKind.DESACCORD: "Partir après un désaccord lors de la revoyure",
}
DISAGREEMENT = "desaccord"


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
    return found


def _clauses(convention: Convention, day: date) -> list[TerminationClause]:
    rows = TerminationClause.objects.binding(on=day).filter(convention=convention)
    return list(rows.order_by("pk"))


def review_clause(convention: Convention, *, on: date) -> RevoyureClause | None:
    """Return the clause of yearly review that binds on a day, read on the first one before that."""
    rows = RevoyureClause.objects.binding(on=max(on, convention.starts_on))
    return rows.filter(convention=convention).order_by("-from_on", "-act__number").first()


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

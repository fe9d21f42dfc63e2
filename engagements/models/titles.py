"""Names of the articles of a convention, as a reader of a given day knows them."""

from dataclasses import dataclass
from datetime import date

from conventions.models import Convention
from conventions.models.consolidated import ConsolidatedArticle, text_of
from conventions.rules.texte import short_title


@dataclass(frozen=True)
class ArticleTitle:
    """Where an engagement is written: «article 2.2.1», its heading, and what last changed it."""

    pk: int
    label: str
    heading: str
    short: str
    amended_by: str = ""

    @property
    def over(self) -> str:
        """«Article 2.2.1, modifié par l’avenant n° 1», above its heading."""
        label = self.label[:1].upper() + self.label[1:]
        return f"{label}, modifié par l’{self.amended_by}" if self.amended_by else label


def article_titles(convention: Convention, *, on: date) -> dict[int, ArticleTitle]:
    """Return the articles in reading order: as in force on `on`, else as first written.

    A draft has no text in force: what its initial act says is what one reads. An article repealed
    since, or not yet in force, keeps the title it bears: an engagement may still be read from it.
    """
    text = text_of(convention, on=on, with_repealed=True, with_body=False)
    acts = {act.number: str(act) for act in convention.acts.standing()}
    return {article.article_id: title_of(article, acts) for article in text}


def title_of(article: ConsolidatedArticle, acts: dict[int, str] | None = None) -> ArticleTitle:
    heading = article.heading or article.label
    return ArticleTitle(
        pk=article.article_id,
        label=article.label,
        heading=heading[:1].upper() + heading[1:],
        short=short_title(article.kind, article.number, article.heading),
        amended_by=(acts or {}).get(article.changes[-1].act, "") if article.changes else "",
    )

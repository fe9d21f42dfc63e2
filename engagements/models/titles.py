"""Names of the articles of a convention, as a reader of a given day knows them."""

from dataclasses import dataclass
from datetime import date

from conventions.enums import ActKind, ActStatus
from conventions.models import ArticleVersion, Convention
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

    A draft has no text in force: what its initial act says is what one reads.
    """
    versions = (
        ArticleVersion.objects.filter(article__convention=convention)
        .select_related("act", "article")
        .defer("body")
    )
    last: dict[int, ArticleVersion] = {}
    for version in versions:
        known = last.get(version.article_id)
        if known is None or _standing(version, on) > _standing(known, on):
            last[version.article_id] = version
    in_order = sorted(last.values(), key=lambda version: (version.position, version.pk))
    return {version.article_id: _title(version) for version in in_order}


def _standing(version: ArticleVersion, on: date) -> tuple:
    """The last act in force wins; without any, the oldest."""
    act = version.act
    if act.status == ActStatus.SIGNE and act.effective_on <= on:
        return (1, act.effective_on, act.number)
    return (0, date.min, -act.number)


def _title(version: ArticleVersion) -> ArticleTitle:
    act = version.act
    amended = act.kind != ActKind.INITIAL and act.status == ActStatus.SIGNE
    heading = version.heading or version.label
    return ArticleTitle(
        pk=version.article_id,
        label=version.label,
        heading=heading[:1].upper() + heading[1:],
        short=short_title(version.article.kind, version.number, version.heading),
        amended_by=str(act) if amended else "",
    )

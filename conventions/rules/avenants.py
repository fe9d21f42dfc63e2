"""The text of an avenant, written from its operations in the way French acts amend one another.

«L’article 4 est remplacé par les dispositions suivantes», «Après l’article 3, il est inséré un
article 3 bis ainsi rédigé», «L’article 6 est abrogé»: one operation is one article of the avenant,
but renumberings that follow one another make one. Articles are named as before the avenant.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from accounts.rules.typographie import date_longue
from conventions.enums import ActKind, ArticleKind, Change
from conventions.rules.texte import label

UNCHANGED = "Les autres dispositions de la convention demeurent inchangées."
UNSETTLED = "à la date de sa signature"
# Renumberings told in one sentence; more of them make a table.
FEW = 3


@dataclass(frozen=True)
class Planned:
    """An operation of an act with its words. `on` is its own day, when it is not the act's.

    `is_new` tells the writing that brings an article from the one that restores it.
    """

    key: int
    change: str
    article: int
    on: date | None = None
    number: str = ""
    heading: str = ""
    body: str = ""
    kind: str = ArticleKind.ARTICLE
    parent: int | None = None
    after: int | None = None
    is_new: bool = False


@dataclass(frozen=True)
class Name:
    """How an article is called: what an avenant says of it agrees with it."""

    kind: str
    number: str = ""
    heading: str = ""

    @property
    def is_feminine(self) -> bool:
        return self.kind == ArticleKind.ANNEXE

    @property
    def words(self) -> str:
        """«article 4», «annexe 1», «préambule», «intertitre «Les enjeux»»."""
        if self.number:
            return label(self.kind, self.number, self.heading)
        kind = str(ArticleKind(self.kind).label)
        alone = self.kind == ArticleKind.PREAMBULE or not self.heading
        return kind if alone else f"{kind} «\u00a0{self.heading}\u00a0»"

    @property
    def the(self) -> str:
        words = self.words
        if words[0] in "aeiouéè":
            return f"l’{words}"
        return f"{'la' if self.is_feminine else 'le'} {words}"

    @property
    def of(self) -> str:
        return f"du {self.words}" if self.the.startswith("le ") else f"de {self.the}"

    @property
    def one(self) -> str:
        return f"{'une' if self.is_feminine else 'un'} {self.words}"

    def agree(self, participle: str) -> str:
        return f"{participle}e" if self.is_feminine else participle


@dataclass(frozen=True)
class Provision:
    """One article of an avenant: what it says, and the wording it gives, if it gives one.

    `keys` are the rows it comes from; `told` the articles of the convention it changes.
    """

    sentence: str
    place: int = 0
    kind: str = ArticleKind.ARTICLE
    number: str = ""
    heading: str = ""
    body: str = ""
    has_wording: bool = False
    keys: tuple[int, ...] = ()
    told: tuple[int, ...] = ()

    @property
    def title(self) -> str:
        """«Article 1er», «Article 2»."""
        return f"Article\u00a0{'1er' if self.place == 1 else self.place}"


def places_of(rows: Iterable[tuple[int, str, date | None]]) -> dict[int, int]:
    """Return the article of its avenant that holds each operation, given (key, change, day).

    The only numbering of an avenant: its text, its margin notes and its documents all cite it.
    """
    found: dict[int, int] = {}
    groups = groupby(rows, lambda row: row[1:] if row[1] == Change.RENUMEROTER else row)
    for place, (_, group) in enumerate(groups, start=1):
        found |= dict.fromkeys((row[0] for row in group), place)
    return found


def provisions(
    operations: Sequence[Planned],
    names: Mapping[int, Name],
    others: Iterable[Provision] = (),
) -> list[Provision]:
    """Write the articles of an avenant: its operations in their order, then its other provisions.

    `names` calls the articles as they are before the avenant, and those it inserts as it does.
    """
    places = places_of((one.key, one.change, one.on) for one in operations)
    found = []
    for place, group in groupby(operations, lambda one: places[one.key]):
        together = list(group)
        found.append(replace(_provision(together, names, operations), place=place))
    return [*found, *(replace(one, place=len(found) + rank) for rank, one in enumerate(others, 1))]


def _provision(
    together: list[Planned], names: Mapping[int, Name], operations: Sequence[Planned]
) -> Provision:
    keys = tuple(one.key for one in together)
    told = tuple(one.article for one in together)
    first = together[0]
    if first.change == Change.RENUMEROTER:
        sentence, body = _renumbered(together, names)
        return Provision(_from(first.on, sentence), body=body, keys=keys, told=told)
    name = names[first.article]
    if first.change == Change.ABROGER:
        when = f" à compter du {date_longue(first.on)}" if first.on else ""
        sentence = f"{name.the} est {name.agree('abrogé')}{when}."
        return Provision(_capital(sentence), keys=keys, told=told)
    return Provision(
        _from(first.on, _written(first, names, operations)),
        kind=first.kind,
        number=first.number or name.number,
        heading=first.heading,
        body=first.body,
        has_wording=True,
        keys=keys,
        told=told,
    )


def _written(one: Planned, names: Mapping[int, Name], operations: Sequence[Planned]) -> str:
    """The sentence that brings a wording: a new one, that of a newcomer, or of one restored."""
    name = names[one.article]
    if one.change == Change.REMPLACER:
        return f"{name.the} est {name.agree('remplacé')} par les dispositions suivantes\u00a0:"
    if not one.is_new:
        repealed = name.agree("abrogé")
        restored = name.agree("rétabli")
        return f"{name.the}, {repealed}, est {restored} dans la rédaction suivante\u00a0:"
    new = Name(one.kind, one.number, one.heading)
    written = new.agree("rédigé")
    return f"{_where(one, names, operations)}, il est inséré {new.one} ainsi {written}\u00a0:"


def _where(one: Planned, names: Mapping[int, Name], operations: Sequence[Planned]) -> str:
    """Behind which article it comes: one the same avenant has just put there, if there is one."""
    behind = one.after
    for other in operations:
        if other.key == one.key:
            break
        same = (other.parent, other.after) == (one.parent, one.after)
        if same and other.is_new:
            behind = other.article
    if behind in names:
        return f"après {names[behind].the}"
    return f"au début {names[one.parent].of}" if one.parent in names else "en tête du texte"


def _renumbered(together: Sequence[Planned], names: Mapping[int, Name]) -> tuple[str, str]:
    pairs = [(names[one.article], one.number) for one in together]
    if len(pairs) <= FEW:
        told = [f"{name.the} devient {replace(name, number=new).the}" for name, new in pairs]
        return f"{', '.join(told[:-1])}{' et ' if told[:-1] else ''}{told[-1]}.", ""
    rows = [f"| {name.number or name.heading} | {new} |" for name, new in pairs]
    return "les articles suivants sont renumérotés\u00a0:", "\n".join(
        ["| Ancien numéro | Nouveau numéro |", "|---|---|", *rows]
    )


def _from(day: date | None, sentence: str) -> str:
    return _capital(f"à compter du {date_longue(day)}, {sentence}" if day else sentence)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def clause_provision(
    name: str, words: str, *, replaces: bool, repeals: bool, on: date | None
) -> Provision:
    """What an avenant says of a clause when none of its operations writes the clause's article."""
    if repeals:
        return Provision(_from(on, f"la clause sur {name} est abrogée."))
    said = "est remplacée par la suivante" if replaces else "est ainsi rédigée"
    return Provision(_from(on, f"la clause sur {name} {said}\u00a0:"), body=words)


def definitions_provision(definitions: Iterable[tuple[str, str]]) -> Provision:
    items = [f"- **{term}**\u00a0: {meaning}" for term, meaning in definitions]
    return Provision("Au sens de la convention, on entend par\u00a0:", body="\n".join(items))


def closing_words(kind: str, closing: str, effective_on: date | None) -> str:
    """What an avenant ends with: the parties' own words, else the usual ones, and its effect."""
    said = closing.strip() or UNCHANGED
    when = f"le {date_longue(effective_on)}" if effective_on else UNSETTLED
    name = "Le présent erratum" if kind == ActKind.ERRATUM else "Le présent avenant"
    return f"{said}\n\n{name} prend effet {when}."

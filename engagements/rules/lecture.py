"""What the balance says of each engagement and of each article, in one short sentence."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.rules.typographie import (
    accord,
    dans_jours,
    date_longue,
    euros,
    nombre,
    pluriel,
    pourcent,
)
from engagements.enums import EngagementSituation as Situation
from engagements.enums import IndicatorUnit, Recurrence, Strength
from territories.rules.french import de

# What figures say, over a situation that says nothing else: shown, never stored nor counted late.
SOUS_OBJECTIF = "sous_objectif"

FACES = {
    Situation.TENU: "Tenu",
    Situation.EN_COURS: "En cours",
    Situation.A_VENIR: "À venir",
    Situation.PROCHE: "Échéance proche",
    SOUS_OBJECTIF: "Sous l’objectif",
    Situation.CONTESTE: "Contesté",
    Situation.SUSPENDU: "Suspendu",
    Situation.EN_RETARD: "En retard",
    Situation.SANS_OBJET: "Sans objet",
}


def written(value: Decimal | None, unit: IndicatorUnit) -> str:
    """Write a figure in its unit; what nobody gave is «n. c.», never zero."""
    if unit == IndicatorUnit.EUROS:
        return euros(value)
    return pourcent(value) if unit == IndicatorUnit.POURCENT else nombre(value)


@dataclass(frozen=True)
class Figure:
    """A target tied to an engagement, and its result when there is one."""

    name: str
    unit: IndicatorUnit
    year: int
    target: Decimal
    value: Decimal | None = None
    meets: bool | None = None

    @property
    def sentence(self) -> str:
        """«131 sur 170 en 2018», «21,8 % pour 25 % en 2019», or what is aimed at."""
        aim = written(self.target, self.unit)
        if self.value is None:
            return f"objectif {self.year} : {aim}"
        link = "pour" if self.unit == IndicatorUnit.POURCENT else "sur"
        return f"{written(self.value, self.unit)} {link} {aim} en {self.year}"


def chosen_figure(figures: Sequence[Figure], *, on: date) -> Figure | None:
    """Of the targets tied to one engagement, the latest with a result, else the nearest to come."""
    known = [figure for figure in figures if figure.value is not None]
    if known:
        return max(known, key=lambda figure: figure.year)
    ahead = [figure for figure in figures if figure.year >= on.year]
    if ahead:
        return min(ahead, key=lambda figure: figure.year)
    return max(figures, key=lambda figure: figure.year, default=None)


@dataclass(frozen=True)
class Saying:
    """The last declaration of state: when, and for whom."""

    on: date
    party: str
    evidence: int = 0


@dataclass(frozen=True)
class Entry:
    """One engagement, as the balance reads it on a day."""

    pk: int
    number: int
    title: str
    situation: Situation
    debtors: tuple[str, ...]
    due_on: date | None = None
    recurrence: Recurrence = Recurrence.PONCTUELLE
    condition: str = ""
    saying: Saying | None = None
    figure: Figure | None = None
    replies: tuple[int, ...] = ()
    counterparts: frozenset[int] = frozenset()
    parties: frozenset[int] = frozenset()
    theme: int | None = None
    article: int | None = None
    strength: Strength = Strength.FERME

    @property
    def code(self) -> str:
        return f"E{self.number}"

    @property
    def face(self) -> str:
        """The situation, or «sous l’objectif» where figures say more than a quiet state."""
        quiet = self.situation in {Situation.EN_COURS, Situation.A_VENIR}
        if quiet and self.figure is not None and self.figure.meets is False:
            return SOUS_OBJECTIF
        return self.situation

    @property
    def icon(self) -> str:
        return self.face.replace("_", "-")

    @property
    def word(self) -> str:
        return FACES[self.face]

    @property
    def owner(self) -> str:
        return enumerated(self.debtors)


def enumerated(words: Sequence[str]) -> str:
    """«E2», «E2 et E3», «E2, E3 et E4»."""
    *first, last = words or ("",)
    return f"{', '.join(first)} et {last}" if first else last


def meta(entry: Entry, on: date, *, replies: bool = True) -> str:
    """The line under an engagement: what it answers, its date, its figures, its evidence.

    Without `replies` where the page already says what it answers.
    """
    answers = _replies(entry) if replies else ""
    pieces = [answers, standing(entry, on), _figure(entry), _evidence(entry)]
    line = " · ".join(piece for piece in pieces if piece)
    return line[:1].upper() + line[1:]


def _replies(entry: Entry) -> str:
    if not entry.replies:
        return ""
    return f"répond à {enumerated([f'E{number}' for number in entry.replies])}"


def standing(entry: Entry, on: date) -> str:
    """Why the situation is what it is: its date, or the declaration that made it so."""
    situation = entry.situation
    if situation in {Situation.EN_RETARD, Situation.PROCHE} and entry.due_on:
        return f"dû le {date_longue(entry.due_on)}, {dans_jours((entry.due_on - on).days)}"
    if situation in _SAID:
        return _SAID[situation](entry)
    if entry.due_on:
        return f"dû le {date_longue(entry.due_on)}"
    return "" if entry.recurrence == Recurrence.PONCTUELLE else Recurrence(entry.recurrence).label


def _kept(entry: Entry) -> str:
    said = f"déclaré tenu le {date_longue(entry.saying.on)}" if entry.saying else ""
    comes_back = entry.recurrence not in {Recurrence.PONCTUELLE, Recurrence.PERMANENTE}
    again = f"de nouveau dû le {date_longue(entry.due_on)}" if comes_back and entry.due_on else ""
    return ", ".join(piece for piece in (said, again) if piece)


def _contested(entry: Entry) -> str:
    if entry.saying is None:
        return ""
    by = f" par {entry.saying.party}" if entry.saying.party else ""
    return f"contesté{by} le {date_longue(entry.saying.on)}"


def _suspended(entry: Entry) -> str:
    if entry.condition:
        return f"sous réserve de : {entry.condition}"
    return f"suspendu depuis le {date_longue(entry.saying.on)}" if entry.saying else ""


def _void(entry: Entry) -> str:
    return f"sans objet depuis le {date_longue(entry.saying.on)}" if entry.saying else ""


_SAID = {
    Situation.TENU: _kept,
    Situation.CONTESTE: _contested,
    Situation.SUSPENDU: _suspended,
    Situation.SANS_OBJET: _void,
}


def _figure(entry: Entry) -> str:
    return entry.figure.sentence if entry.figure else ""


def _evidence(entry: Entry) -> str:
    count = entry.saying.evidence if entry.saying else 0
    if count:
        return pluriel(count, "preuve")
    claims = entry.situation in {Situation.EN_RETARD, Situation.TENU}
    return "aucune preuve" if claims else ""


def reading(entries: Sequence[Entry], *, on: date, without: str = "") -> str:
    """What an article comes down to, the most pressing first.

    `without` names the party of which the text expects nothing there, when something stands alone.
    """
    for read in (_late, _disputed, _below, _near, _waiting):
        sentence = read(entries, on)
        if sentence:
            return sentence
    if without:
        return f"sans contrepartie {de(without)}"
    return _quiet(entries)


def _late(entries: Sequence[Entry], on: date) -> str:
    late = [entry for entry in entries if entry.situation == Situation.EN_RETARD]
    if not late:
        return ""
    oldest = min(late, key=lambda entry: (entry.due_on, entry.number))
    days = pluriel((on - oldest.due_on).days, "jour")
    if len(late) == 1:
        return f"{oldest.owner} en retard de {days}"
    return f"{len(late)} en retard, le plus ancien de {days}"


def _disputed(entries: Sequence[Entry], _on: date) -> str:
    codes = [entry.code for entry in entries if entry.situation == Situation.CONTESTE]
    return f"{enumerated(codes)} {accord(len(codes), 'contesté')}" if codes else ""


def _below(entries: Sequence[Entry], _on: date) -> str:
    below = [entry for entry in entries if entry.face == SOUS_OBJECTIF]
    return below[0].figure.sentence if below else ""


def _near(entries: Sequence[Entry], on: date) -> str:
    near = [entry.due_on for entry in entries if entry.situation == Situation.PROCHE]
    if not near:
        return ""
    return f"échéance le {date_longue(min(near))}, {dans_jours((min(near) - on).days)}"


def _waiting(entries: Sequence[Entry], _on: date) -> str:
    waiting = [entry for entry in entries if entry.situation == Situation.SUSPENDU]
    if not waiting:
        return ""
    condition = waiting[0].condition
    return f"suspendu, sous réserve de : {condition}" if condition else "suspendu"


def _quiet(entries: Sequence[Entry]) -> str:
    figures = [entry.figure.sentence for entry in entries if entry.figure]
    if figures:
        return figures[0]
    situations = {entry.situation for entry in entries}
    if situations <= {Situation.TENU, Situation.SANS_OBJET}:
        return "tout est tenu" if Situation.TENU in situations else "sans objet"
    return "en cours" if Situation.EN_COURS in situations else "à venir"


def legend(entries: Iterable[Entry]) -> list[tuple[str, str, int]]:
    """Count engagements by face: (icon, word, count), in a fixed order, without empty ones."""
    counts = Counter(entry.face for entry in entries)
    return [
        (face.replace("_", "-"), word, counts[face]) for face, word in FACES.items() if counts[face]
    ]

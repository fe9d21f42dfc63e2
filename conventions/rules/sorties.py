"""Leaving a convention: which date of a registered letter counts, and what it leads to.

The clause says which event starts the notice; each event has its proof (domain rules A11 to A16).
The portal never sends a registered letter: it prepares it, and keeps the dates and proofs people
bring. Every answer carries its reasoning, and a date that a clause leaves open is the prudent one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from conventions.enums import LetterKind, Operation, Situation, Trigger, YearBasis
from conventions.rules.clauses import COUNTED_BACK
from conventions.rules.cycle import BINDING
from conventions.rules.delais import Computation
from conventions.rules.delais_calcul import shift_days, shift_months
from conventions.rules.delais_clauses import CLAUSE, EFFET_AU_PLUS_TOT, date_de_clause
from conventions.rules.delais_phrases import PRUDENCE, safe_step, step
from territories.enums import Zone
from territories.rules.french import long_date, typeset
from territories.rules.jours_feries import working_day_on_or_before

ONE_DAY = timedelta(days=1)
LRE_DAYS = 15
# What an announcement counts from: it starts no delay, and stands from the day it leaves.
ANNOUNCED = "annonce"
LRE_SOURCE = "art. L. 100 et R. 53 s. du code des postes et des communications électroniques"


_CLOSED = {
    Situation.POURSUITE_DE_FAIT: (
        "Le terme est passé : il n’y a plus de durée à écourter. Constatez la fin, ou signez une "
        "nouvelle convention. Si les parties continuent d’exécuter celle-ci, elle est à durée "
        "indéterminée, et chacune y met fin sous un préavis raisonnable (code civil, art. 1211, "
        "1214 et 1215)."
    ),
    Situation.ECHUE: "La fin de la convention est constatée : il n’y a plus rien à quitter.",
    Situation.RESILIEE: "La convention est résiliée : il n’y a plus rien à quitter.",
}
UNSIGNED = "On ne sort que d’une convention signée. Un projet s’abandonne, ou ne se signe pas."


def reason_not_to_leave(situation: str) -> str:
    """Say why no way out is open on a day, or nothing when one may be prepared."""
    if situation in BINDING or situation == Situation.A_VENIR:
        return ""
    return typeset(_CLOSED.get(Situation(situation), UNSIGNED))


@dataclass(frozen=True)
class LetterDates:
    """The four dates of one letter, as people record them with their proofs."""

    kind: str = LetterKind.LRAR
    addressee: str = ""
    posted_on: date | None = None
    presented_on: date | None = None
    delivered_on: date | None = None
    returned_on: date | None = None


class Notice(Protocol):
    """What must be known of a termination clause to count with it."""

    quantity: int
    unit: str
    trigger: str
    carry: bool
    franc: bool


@dataclass(frozen=True)
class Event:
    """The day that starts a notice, the sentence that says why, and what to beware of.

    Without a `day`, `sentence` says what is awaited and which proof to bring.
    """

    day: date | None
    sentence: str
    warning: str = ""


_UNCLAIMED = (
    "La lettre est revenue sans avoir été réclamée. Devant le juge civil, le délai n’a pas couru "
    "(Civ. 3e, 29 octobre 2008) : faites signifier par commissaire de justice. Devant le juge "
    "administratif, la première présentation compte si un avis de passage a été laissé "
    "(CE, 24 avril 2012, n° 341146)."
)
_REFUSED = (
    "Le destinataire a refusé la lettre électronique, ou l’a laissée quinze jours sans l’accepter "
    "(art. R. 53-3 du code des postes). Devant le juge civil, le délai n’a pas couru : faites "
    "signifier par commissaire de justice, et gardez la preuve du refus."
)
_UNHEARD = (
    "La lettre est revenue sans avoir été lue : pour qu’on ne puisse pas dire l’annonce ignorée, "
    "faites-la signifier par commissaire de justice avant le terme."
)
_AWAITED = {
    "posted_on": "l’envoi : la preuve de dépôt datée",
    "presented_on": "la première présentation : la date portée sur le suivi ou sur l’avis",
    "delivered_on": "la remise : la date portée sur l’avis de réception signé",
}
_COUNTED_FROM = {
    Trigger.ENVOI: ("posted_on", "Le préavis court de l’envoi", "art. 668 CPC"),
    Trigger.DEPOT_RECEPISSE: ("posted_on", "Le délai court du dépôt contre récépissé", CLAUSE),
    Trigger.DATE_EFFET: ("posted_on", "La lettre devait partir avant la date d’effet", CLAUSE),
    Trigger.TERME: ("posted_on", "La lettre devait partir avant le terme", CLAUSE),
    Trigger.SIGNATURE: ("posted_on", "La clause compte de la signature de la lettre", CLAUSE),
    Trigger.PREMIERE_PRESENTATION: (
        "presented_on",
        "Le préavis court de la première présentation",
        CLAUSE,
    ),
    Trigger.RECEPTION: ("delivered_on", "Le préavis court de la réception", "art. 669 CPC"),
    Trigger.NOTIFICATION: (
        "delivered_on",
        "Le préavis court de la notification, par prudence la réception",
        PRUDENCE,
    ),
    ANNOUNCED: (
        "posted_on",
        "L’annonce ne fait courir aucun délai : elle vaut du jour de son envoi",
        "art. 668 CPC",
    ),
    "": (
        "delivered_on",
        "La clause ne dit pas ce qui fait courir le préavis : par prudence, la réception",
        PRUDENCE,
    ),
}


def event_of(trigger: str, letter: LetterDates) -> Event:
    """Return the day of the letter from which a clause counts, or what is still awaited."""
    name, lead, rule = _COUNTED_FROM[trigger]
    day = getattr(letter, name)
    returned = letter.returned_on is not None
    if day is not None:
        unheard = typeset(_UNHEARD) if returned and trigger == ANNOUNCED else ""
        return Event(day, step(f"{lead} : {long_date(day)}", rule), unheard)
    unread = _REFUSED if letter.kind == LetterKind.LRE else _UNCLAIMED
    warning = unread if returned and name != "posted_on" else ""
    return Event(None, typeset(f"{lead}. Il manque {_AWAITED[name]}."), typeset(warning))


def last_event(trigger: str, letters: Iterable[LetterDates]) -> Event:
    """With several addressees, the notice runs from the last of their events: all are warned."""
    events = [event_of(trigger, letter) for letter in letters]
    missing = next((event for event in events if event.day is None), None)
    if missing is not None or not events:
        return missing or Event(None, typeset("Aucune lettre n’est préparée."))
    return max(events, key=lambda event: event.day)


def end_of_notice(clause: Notice, event_on: date, *, zone: Zone) -> Computation:
    """Return the last day the parties are bound, 24:00, when the event happens on `event_on`.

    A clause counted back from the date of effect gives the first day free: bound the day before.
    """
    terms = {
        "quantity": clause.quantity,
        "unit": clause.unit,
        "carry": clause.carry,
        "franc": clause.franc,
        "zone": zone,
    }
    if clause.trigger not in COUNTED_BACK:
        return date_de_clause(Operation.PREAVIS, event_on, **terms)
    free = date_de_clause(EFFET_AU_PLUS_TOT, event_on, **terms)
    last = free.result - ONE_DAY
    sentence = f"Le dernier jour qui lie les parties est la veille, le {long_date(last)}"
    safe = working_day_on_or_before(last, zone)
    return Computation(last, safe, (*free.steps, step(sentence, CLAUSE)))


def end_of_year(
    year: int, *, basis: str, starts_on: date, zone: Zone, wording: str = ""
) -> Computation:
    """Return the last day of the reviewed year: what it planned is carried through, then all ends.

    `year` is the civil year, or the year in which the year of the convention began.
    """
    if basis == YearBasis.CIVILE:
        last = date(year, 12, 31)
        lead = f"Les engagements prévus pour l’année {year} sont menés à terme"
    else:
        first = shift_months(starts_on, 12 * (year - starts_on.year)).day
        last = shift_months(first, 12).day - ONE_DAY
        lead = f"Les engagements de l’année ouverte le {long_date(first)} sont menés à terme"
    quoted = f" : « {wording.strip().rstrip('.')} »" if wording.strip() else ""
    safe = working_day_on_or_before(last, zone)
    return Computation(
        last,
        safe,
        (step(f"{lead}, jusqu’au {long_date(last)}{quoted}", CLAUSE), safe_step(last, safe, zone)),
    )


def cure_ends(deposited_on: date, days: int) -> date:
    """Return the last day left to repair a breach, `days` after the formal notice."""
    return shift_days(deposited_on, days)


def lre_informed_on(letter: LetterDates) -> date | None:
    """Return the day the addressee was told of an electronic letter; by default, its deposit."""
    return letter.presented_on or letter.posted_on


def lre_answer_by(informed_on: date) -> date:
    """Return the last day an addressee may accept an electronic registered letter.

    Fifteen days from the day after the information was sent; the proof that it was refused or not
    claimed is there at the latest the day after (`LRE_SOURCE`; domain rules A15).
    """
    return informed_on + timedelta(days=LRE_DAYS)


@dataclass(frozen=True)
class Contradiction:
    """A date of a letter that cannot be true, and the field it stands in."""

    field: str
    message: str


def contradictions(letter: LetterDates, *, today: date) -> list[Contradiction]:
    """Return what the four dates say that cannot be, in French, field by field."""
    found = [
        Contradiction(name, typeset(f"Le {long_date(day)} n’est pas encore passé."))
        for name in ("posted_on", "presented_on", "delivered_on", "returned_on")
        if (day := getattr(letter, name)) is not None and day > today
    ]
    posted, presented = letter.posted_on, letter.presented_on
    for name in ("presented_on", "delivered_on", "returned_on"):
        day = getattr(letter, name)
        if day is not None and posted is None:
            found.append(Contradiction(name, "Donnez d’abord la date de dépôt de la lettre."))
        elif day is not None and day < posted:
            msg = f"Le {long_date(day)} précède le dépôt, le {long_date(posted)}."
            found.append(Contradiction(name, typeset(msg)))
    for name in ("delivered_on", "returned_on"):
        day = getattr(letter, name)
        if day is not None and presented is not None and day < presented:
            shown = f"la première présentation, le {long_date(presented)}"
            found.append(Contradiction(name, typeset(f"Le {long_date(day)} précède {shown}.")))
    if letter.delivered_on is not None and letter.returned_on is not None:
        msg = "Une lettre est remise ou retournée sans avoir été réclamée, pas les deux."
        found.append(Contradiction("returned_on", msg))
    return found

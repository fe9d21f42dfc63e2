"""Calling the committee of a revoyure: its agenda, its notice, its letter, in words.

Pure. A committee of the parties follows their clause alone: the five clear days of a deliberative
assembly (CGCT L. 2121-12) are not its own. A short notice is said, never refused.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from conventions.enums import LetterKind
from conventions.rules.lettre import (
    MENTIONS,
    POLITE,
    SALUTATION,
    Letter,
    Paragraph,
    Side,
    Style,
    dated,
    quote,
    say,
    written,
)
from conventions.rules.sorties import Event, LetterDates
from territories.rules.french import de, enumerate_words, long_date, short_date, typeset

SHORT_NOTICE = 8
MOST_NAMED = 8


class Purpose(StrEnum):
    """What a letter of convocation is sent for: to call, or to call off."""

    CONVOCATION = "convocation"
    ANNULATION = "annulation"


@dataclass(frozen=True)
class Due:
    """What the review has to look at, as it stands: what the first agenda is made of."""

    year: int
    missing: Sequence[str] = ()
    engagements: Sequence[str] = ()
    freeze_on: date | None = None
    transmission_on: date | None = None


def agenda_of(due: Due) -> str:
    """Return an agenda to start from, one point a line: figures, engagements, readings, next."""
    return "\n".join(typeset(line) for line in _points(due))


def _points(due: Due) -> Iterator[str]:
    if due.missing:
        yield f"Chiffres {due.year} encore sans valeur : {_named(due.missing)}"
    else:
        yield f"Chiffres de l’année {due.year}, comparés à leurs objectifs"
    if due.engagements:
        yield f"Engagements à échéance, encore ouverts : {_named(due.engagements)}"
    yield "Lecture de chacune des parties et points sur lesquels elles diffèrent"
    yield "Issue de la revoyure : maintien des engagements, avenant à préparer, ou désaccord"
    days = [("gel", due.freeze_on), ("transmission aux instances", due.transmission_on)]
    ahead = [f"{name} le {short_date(day)}" for name, day in days if day]
    if ahead:
        yield f"Calendrier : {enumerate_words(ahead)}"


def _named(names: Sequence[str]) -> str:
    kept = list(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        rest = len(names) - MOST_NAMED
        kept.append("un autre" if rest == 1 else f"{rest} autres")
    return enumerate_words(kept)


def short_notice(held_on: date, sent_on: date) -> str:
    """Warn when less than eight days are left between the sending and the meeting."""
    days = (held_on - sent_on).days
    if days >= SHORT_NOTICE:
        return ""
    left = "le jour même" if days == 0 else "la veille" if days == 1 else f"{days} jours avant"
    return typeset(
        f"Préavis court : une convocation partie {left} laisse peu de temps pour préparer la "
        f"réunion et inscrire un point à l’ordre du jour. Au moins {SHORT_NOTICE} jours sont "
        "d’usage ; rien ne vous empêche d’aller plus vite, avec l’accord de l’autre partie."
    )


def what_the_clause_asks(*, wording: str, meeting_on: date | None) -> str:
    """Say what the parties wrote on the meeting; the councils' five clear days do not apply."""
    asked = (
        f"La clause de revoyure place le comité au plus tard le {long_date(meeting_on)}"
        if meeting_on
        else "La convention ne fixe pas la date du comité"
    )
    quoted = f" : « {' '.join(wording.split()).rstrip('.')} »" if wording.strip() else ""
    return typeset(
        f"{asked}{quoted}. Elle ne demande aucun délai de convocation ; les cinq jours francs d’un "
        "conseil (CGCT, art. L. 2121-12) ne valent pas pour ce comité."
    )


def sent_event(letter: LetterDates) -> Event:
    """Return the day a convocation left: no delay runs from it, it is what was told and when."""
    if letter.posted_on is None:
        return Event(None, typeset("Elle n’est pas partie. Il manque le jour de son envoi."))
    how = "déposée" if letter.kind != LetterKind.SIMPLE else "envoyée"
    sentence = f"Convocation {how} le {long_date(letter.posted_on)} : ce jour compte."
    unread = "Elle est revenue sans avoir été lue : prévenez le destinataire autrement."
    return Event(letter.posted_on, typeset(sentence), unread if letter.returned_on else "")


@dataclass(frozen=True)
class ConvocationFacts:
    """All that a convocation says."""

    sender: Side
    addressee: Side
    title: str
    reference: str
    year: int
    held_on: date
    made_at: str
    form: str = LetterKind.SIMPLE
    signed_on: date | None = None
    begins_at: time | None = None
    place: str = ""
    agenda: str = ""
    article: str = ""
    wording: str = ""
    added: str = ""
    instead_of: date | None = None
    dated_on: date | None = None
    cancelled_on: date | None = None
    cancellation_reason: str = ""
    signatories: tuple[tuple[str, str], ...] = ()


def compose(facts: ConvocationFacts, purpose: Purpose = Purpose.CONVOCATION) -> Letter:
    """Write the convocation, or the letter that calls it off."""
    cancels = purpose is Purpose.ANNULATION
    signed = f", signée le {short_date(facts.signed_on)}" if facts.signed_on else ""
    subject = f"Convocation au comité de revoyure {facts.year}"
    if cancels:
        subject = f"Annulation du comité de revoyure du {short_date(facts.held_on)}"
    return Letter(
        purpose=purpose.value,
        reference=facts.reference,
        made_at=facts.made_at,
        sender=facts.sender.lines,
        addressee=facts.addressee.label,
        mention=MENTIONS[facts.form],
        place=dated(facts.sender, facts.cancelled_on if cancels else facts.dated_on),
        subject=typeset(subject),
        about=typeset(f"{facts.title} ({facts.reference}){signed}"),
        paragraphs=(
            say(SALUTATION),
            *(_called_off(facts) if cancels else _called(facts)),
            say(POLITE),
        ),
        signatories=facts.signatories or (("", f"Pour {facts.sender.alias}"),),
    )


def when_and_where(held_on: date, begins_at: time | None, place: str) -> str:
    """«le mardi 15 décembre 2026, à 14 h 30, salle du conseil, à Besançon»."""
    told = [f"le {long_date(held_on)}"]
    if begins_at is not None:
        told.append(f"à {hour(begins_at)}")
    if place.strip():
        told.append(" ".join(place.split()))
    return typeset(", ".join(told))


def hour(at: time) -> str:
    """«9 h», «14 h 30», with spaces that do not break."""
    minutes = f"\u00a0{at.minute:02d}" if at.minute else ""
    return f"{at.hour}\u00a0h{minutes}"


def _called(facts: ConvocationFacts) -> Iterator[Paragraph]:
    yield say(
        f"Nous vous convions, au nom {de(facts.sender.alias)}, à la réunion du comité de revoyure "
        f"de la convention citée en objet, pour l’année {facts.year}, qui se tiendra :"
    )
    yield say(when_and_where(facts.held_on, facts.begins_at, facts.place), Style.STRONG)
    if facts.instead_of:
        yield say(
            f"Cette convocation remplace celle du {short_date(facts.instead_of)}, qui est annulée."
        )
    if facts.wording:
        where = f"la convention, {facts.article}" if facts.article else "la convention"
        yield say(f"Cette réunion est prévue par {where}, en ces termes :")
        yield quote(facts.wording)
    if facts.agenda.strip():
        yield say("L’ordre du jour est le suivant :")
        yield from written(facts.agenda, Style.ITEM)
    yield from written(facts.added)
    yield say(
        "Nous vous remercions de nous confirmer votre présence, et de nous faire connaître les "
        "points que vous souhaiteriez y ajouter."
    )


def _called_off(facts: ConvocationFacts) -> Iterator[Paragraph]:
    when = when_and_where(facts.held_on, facts.begins_at, "")
    yield say(
        f"Nous vous informons, au nom {de(facts.sender.alias)}, que la réunion du comité de "
        f"revoyure de l’année {facts.year}, prévue {when}, est annulée."
    )
    yield from written(facts.cancellation_reason)
    yield say("Une nouvelle convocation vous sera adressée. Nous vous prions de nous en excuser.")

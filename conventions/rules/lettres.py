"""The letters of a way out, in words: termination, formal notice, disagreement, non-renewal.

Pure: the same facts make the same letter. A letter names the clause and quotes it, says which event
counts and what a planned day would give; what it counts is a help, and the convention prevails. The
portal writes letters, people send them (domain rules A14 to A16).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from conventions.enums import LetterKind, TerminationKind
from conventions.rules.clauses import starting_from
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
from conventions.rules.sorties import cure_ends
from conventions.rules.sorties_dates import SILENT, gesture
from territories.rules.french import de, long_date, short_date, typeset

PREVAILS = (
    "Ce décompte est donné pour faciliter nos échanges ; les termes de la convention prévalent."
)


class Object(StrEnum):
    """What a letter of a way out is sent for: to leave, or to take that back."""

    SORTIE = "sortie"
    RETRAIT = "retrait"


@dataclass(frozen=True)
class Ground:
    """The clause a letter relies on: where it stands, its words, its notice, what starts it."""

    article: str = ""
    wording: str = ""
    notice: str = ""
    trigger: str = ""


@dataclass(frozen=True)
class LetterFacts:
    """All that a letter says. `effect_on` is the last day bound were `planned_on` kept."""

    kind: str
    sender: Side
    addressee: Side
    title: str
    reference: str
    made_at: str = ""
    form: str = LetterKind.LRAR
    signed_on: date | None = None
    ground: Ground | None = None
    year: int | None = None
    disagreement: str = ""
    reason: str = ""
    breach: str = ""
    cure_days: int | None = None
    to_complete: str = ""
    planned_on: date | None = None
    effect_on: date | None = None
    added: str = ""
    signatories: tuple[tuple[str, str], ...] = ()
    event_on: date | None = None
    withdrawn_on: date | None = None
    withdrawal_reason: str = ""


def compose(facts: LetterFacts, about: Object = Object.SORTIE) -> Letter:
    """Write the letter that `facts` call for, or the one that takes it back."""
    withdraws = about is Object.RETRAIT
    day = facts.withdrawn_on if withdraws else facts.planned_on
    body = _withdrawal(facts) if withdraws else _WRITERS[TerminationKind(facts.kind)](facts)
    signed = f", signée le {short_date(facts.signed_on)}" if facts.signed_on else ""
    return Letter(
        purpose=about.value,
        reference=facts.reference,
        made_at=facts.made_at,
        sender=facts.sender.lines,
        addressee=facts.addressee.label,
        mention=MENTIONS[facts.form],
        place=dated(facts.sender, day),
        subject=typeset(_WITHDRAWN[facts.kind] if withdraws else _SUBJECTS[facts.kind]),
        about=typeset(f"{facts.title} ({facts.reference}){signed}"),
        paragraphs=(say(SALUTATION), *body, say(POLITE)),
        signatories=facts.signatories or (("", f"Pour {facts.sender.alias}"),),
    )


def warnings(facts: LetterFacts) -> list[str]:
    """Say what to check before the letter leaves: who decides, how it travels, what it proves."""
    found = [
        "Vérifiez qui peut décider de cette sortie : pour une collectivité ou une "
        "intercommunalité, une délibération peut être nécessaire avant d’écrire, exécutoire au "
        "jour de l’envoi.",
        "Le portail prépare la lettre et garde ses preuves ; il ne l’envoie pas. Un courriel n’est "
        "pas une notification.",
    ]
    if facts.form == LetterKind.LRE:
        found.append(
            "Passez par un prestataire qualifié, et téléchargez les preuves tout de suite : il "
            "peut ne les garder qu’un an."
        )
    for side in (facts.sender, facts.addressee):
        if not side.address:
            found.append(f"L’adresse {de(side.alias)} manque : complétez-la avant l’envoi.")
    if facts.kind == TerminationKind.NON_RENOUVELLEMENT:
        found.append(
            "Faites en sorte qu’elle soit reçue avant le terme : annoncée après, elle n’empêche "
            "plus de lire la poursuite de la convention comme un accord."
        )
    return [typeset(sentence) for sentence in found]


def _termination(facts: LetterFacts) -> Iterator[Paragraph]:
    yield say(
        f"Nous vous notifions, au nom {de(facts.sender.alias)}, notre décision de mettre fin à la "
        "convention citée en objet."
    )
    yield from _reason(facts)
    yield from _clause(facts)
    yield from _effect(facts)
    yield from _added(facts)
    yield from _carried_through(facts)


def _formal_notice(facts: LetterFacts) -> Iterator[Paragraph]:
    yield say(
        f"Nous vous mettons en demeure, au nom {de(facts.sender.alias)}, d’exécuter ce à quoi la "
        "convention citée en objet vous engage et qui, à ce jour, n’est pas tenu :"
    )
    yield say(facts.breach, Style.STRONG)
    yield from _reason(facts)
    yield from _clause(facts)
    if facts.cure_days:
        until = ""
        if facts.planned_on:
            last = long_date(cure_ends(facts.planned_on, facts.cure_days))
            until = f", soit jusqu’au {last} inclus si cette lettre part le jour prévu"
        yield say(
            f"Vous disposez de {facts.cure_days} jours pour y remédier{until}. Nous restons à "
            "votre disposition pour convenir des moyens d’y parvenir."
        )
    yield say(
        "À défaut, la convention prendra fin à l’expiration du délai qu’elle prévoit, sans "
        "préjudice des droits nés avant cette date."
    )
    yield from _effect(facts)
    yield from _added(facts)
    yield from _carried_through(facts)


def _disagreement(facts: LetterFacts) -> Iterator[Paragraph]:
    yield say(
        f"La revoyure de l’année {facts.year} n’a pas permis aux parties de s’accorder. Nous "
        f"prenons acte de ce désaccord et vous notifions, au nom {de(facts.sender.alias)}, notre "
        "décision de mettre fin à la convention citée en objet."
    )
    yield from _reason(facts)
    if facts.disagreement:
        yield say("La convention prévoit alors :")
        yield quote(facts.disagreement)
    yield from _clause(facts)
    yield say(
        f"Les engagements prévus pour l’année {facts.year} sont menés à terme : nous allons, comme "
        "le veut la convention, jusqu’au bout des engagements de l’année."
    )
    yield from _effect(facts)
    yield from _added(facts)
    yield from _carried_through(facts)


def _announcement(facts: LetterFacts) -> Iterator[Paragraph]:
    """Code civil, art. 1212 to 1215: the term stands, nobody owes a renewal, none is tacit."""
    yield say(
        f"Nous vous informons, au nom {de(facts.sender.alias)}, que nous ne souhaitons ni proroger "
        "ni renouveler la convention citée en objet."
    )
    if facts.effect_on:
        term = f"à son terme, le {long_date(facts.effect_on)}, à minuit"
        yield say(f"La convention prendra donc fin {term}.", Style.STRONG)
    yield from _reason(facts)
    yield from _duration(facts)
    yield say(
        "Cette lettre n’avance pas ce terme : jusque-là, chacun exécute ce à quoi la convention "
        "l’engage, et nul ne peut en exiger le renouvellement (art. 1212 du code civil). Elle "
        "écarte toute tacite reconduction (art. 1215) : ce qui devrait se poursuivre au-delà ne le "
        "pourrait que par un accord écrit."
    )
    yield from _added(facts)
    yield from _carried_through(facts)


def _duration(facts: LetterFacts) -> Iterator[Paragraph]:
    ground = facts.ground
    if ground is None:
        return
    where = f"La convention, {ground.article}," if ground.article else "La convention"
    if ground.wording:
        yield say(f"{where} fixe sa durée en ces termes :")
        yield quote(ground.wording)
    else:
        yield say(f"{where} fixe sa durée : {ground.notice}.")


def _withdrawal(facts: LetterFacts) -> Iterator[Paragraph]:
    notified = f", notifiée le {long_date(facts.event_on)}," if facts.event_on else ""
    yield say(
        f"Nous vous informons, au nom {de(facts.sender.alias)}, que nous retirons notre lettre"
        f"{notified} par laquelle {_TOLD[facts.kind]}."
    )
    if facts.withdrawal_reason:
        yield say(facts.withdrawal_reason)
    if facts.kind == TerminationKind.NON_RENOUVELLEMENT:
        yield say(
            "La convention garde son terme. Ce retrait ne la proroge ni ne la renouvelle : il nous "
            "laisse libres d’en convenir ensemble, par écrit, avant qu’il n’arrive."
        )
    elif facts.kind != TerminationKind.MISE_EN_DEMEURE:
        yield say(
            "Une notification reçue ne se retire que d’un commun accord : ce retrait prend effet "
            "avec votre accord écrit, que nous vous remercions de nous adresser. La convention se "
            "poursuit alors comme si la lettre n’avait pas été envoyée."
        )
    else:
        yield say("La convention se poursuit aux mêmes conditions.")
    yield from _added(facts)


_WRITERS = {
    TerminationKind.RESILIATION: _termination,
    TerminationKind.MISE_EN_DEMEURE: _formal_notice,
    TerminationKind.DESACCORD: _disagreement,
    TerminationKind.NON_RENOUVELLEMENT: _announcement,
}
_SUBJECTS: dict[str, str] = {
    TerminationKind.RESILIATION: "Résiliation de la convention",
    TerminationKind.MISE_EN_DEMEURE: "Mise en demeure d’exécuter la convention",
    TerminationKind.DESACCORD: "Fin de la convention après désaccord lors de la revoyure",
    TerminationKind.NON_RENOUVELLEMENT: "Non-renouvellement de la convention à son terme",
}
_WITHDRAWN: dict[str, str] = {
    TerminationKind.RESILIATION: "Retrait de la lettre de résiliation",
    TerminationKind.MISE_EN_DEMEURE: "Retrait de la mise en demeure",
    TerminationKind.DESACCORD: "Retrait de la lettre mettant fin à la convention",
    TerminationKind.NON_RENOUVELLEMENT: "Retrait de l’annonce de non-renouvellement",
}
_END: dict[str, str] = {
    TerminationKind.RESILIATION: "le dernier jour liant les parties sera",
    TerminationKind.MISE_EN_DEMEURE: "ce délai prendra fin",
    TerminationKind.DESACCORD: "le dernier jour liant les parties sera",
}
_TOLD: dict[str, str] = {
    TerminationKind.RESILIATION: "nous mettions fin à la convention citée en objet",
    TerminationKind.MISE_EN_DEMEURE: "nous vous mettions en demeure d’exécuter la convention",
    TerminationKind.DESACCORD: "nous mettions fin à la convention après désaccord",
    TerminationKind.NON_RENOUVELLEMENT: (
        "nous annoncions ne pas vouloir proroger ni renouveler la convention"
    ),
}


def _reason(facts: LetterFacts) -> Iterator[Paragraph]:
    yield from written(facts.reason)


def _clause(facts: LetterFacts) -> Iterator[Paragraph]:
    ground = facts.ground
    if ground is None:
        return
    where = f"sur la convention, {ground.article}" if ground.article else "sur la convention"
    if not ground.wording:
        yield say(f"Cette lettre se fonde {where}.")
        return
    yield say(f"Cette lettre se fonde {where}, en ces termes :")
    yield quote(ground.wording)


def _effect(facts: LetterFacts) -> Iterator[Paragraph]:
    """What the planned day gives; without one, the notice alone is said."""
    ground = facts.ground
    if facts.effect_on is not None:
        last = f"le {long_date(facts.effect_on)}, à minuit"
        if ground is None or facts.planned_on is None:
            words = f"Le dernier jour liant les parties est {last}."
        else:
            at_most = "au plus tard " if ground.trigger in SILENT else ""
            words = (
                f"Si cette lettre est {gesture(ground.trigger)} le {long_date(facts.planned_on)}, "
                f"{_END[facts.kind]} {at_most}{last}."
            )
        yield say(words, Style.STRONG)
        yield say(PREVAILS)
    elif ground is not None and ground.notice:
        start = starting_from(ground.trigger)
        yield say(f"Le préavis est de {ground.notice}{f' {start}' if start else ''}. {PREVAILS}")


def _carried_through(facts: LetterFacts) -> Iterator[Paragraph]:
    if not facts.to_complete.strip():
        return
    yield say("D’ici là, et quoi qu’il arrive, seront menés à leur terme :")
    yield from written(facts.to_complete, Style.ITEM)


def _added(facts: LetterFacts) -> Iterator[Paragraph]:
    yield from written(facts.added)

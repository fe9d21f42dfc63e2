"""What must be true before an act is signed, one reason of refusal at a time.

Source: domain rules § B. What concerns powers can be waived by the platform administrator, in
writing; the text, the accords and what the portal needs to count with cannot.
"""

from collections.abc import Iterator
from datetime import date

from accounts.rules.typographie import date_longue
from conventions.rules import habilitations
from conventions.rules.faits import ActFacts, Obstacle

WHAT_REMAINS = (
    "Il reste possible de signer une nouvelle convention. Si les parties ont continué d’exécuter "
    "celle-ci, la loi y voit une tacite reconduction : un nouveau contrat au contenu identique, "
    "mais à durée indéterminée (code civil, art. 1214 et 1215)."
)


def fewer_than_two_parties(facts: ActFacts) -> Obstacle | None:
    if len(facts.parties) >= 2:
        return None
    message = "Il faut au moins deux parties. Ajoutez celle qui manque."
    return Obstacle(message, page="conventions:parties")


def no_text(facts: ActFacts) -> Obstacle | None:
    if facts.has_text:
        return None
    if facts.is_initial:
        message = "Le texte est vide. Rédigez au moins un article."
        return Obstacle(message, page="conventions:articles")
    message = "Cet acte ne change rien encore. Écrivez ce qu’il modifie."
    return Obstacle(message, page="conventions:act", keys=(facts.number,))


def no_duration(facts: ActFacts) -> Obstacle | None:
    if facts.has_duration or not facts.is_initial:
        return None
    message = "La clause de durée manque : sans elle, le dernier jour ne peut pas être calculé."
    return Obstacle(message, page="conventions:duration_edit")


def clauses_to_confirm(facts: ActFacts) -> Obstacle | None:
    if not facts.unconfirmed:
        return None
    message = f"Une personne doit encore relire et confirmer : {', '.join(facts.unconfirmed)}."
    if facts.is_initial:
        return Obstacle(message, page="conventions:clauses")
    return Obstacle(message, page="conventions:act", keys=(facts.number,))


def missing_accords(facts: ActFacts) -> Iterator[Obstacle]:
    """Each party agrees to the very text that will be signed; another text voids the accord."""
    if facts.recorded_afterwards:
        return
    given = {approval.party: approval for approval in facts.approvals}
    for party in facts.parties:
        approval = given.get(party.name)
        if approval is None:
            message = f"{party.name} n’a pas encore donné son accord au texte."
        elif not approval.stands:
            message = (
                f"Le texte a changé depuis l’accord de {party.name}, donné le "
                f"{date_longue(approval.given_on)} : il est à redonner."
            )
        else:
            continue
        yield Obstacle(message, page="conventions:approve", keys=(facts.number,))


def ended_before(facts: ActFacts, *, signed_on: date) -> Obstacle | None:
    """A convention that has been ended, or whose term has passed, is not prorogued (1213).

    The term is whole until 24:00: what is signed on the last day comes in time.
    """
    term = facts.term
    if term.ended_on is not None and (term.moves or signed_on > term.ended_on):
        verb = "se proroge" if term.moves else "se modifie"
        return _too_late(
            f"La fin de la convention est enregistrée au {date_longue(term.ended_on)} : elle ne "
            f"{verb} plus."
        )
    if not term.moves:
        return None
    if term.ends_on is not None and signed_on > term.ends_on:
        return _too_late(
            f"La convention était à son terme le {date_longue(term.ends_on)} à minuit : la "
            "prorogation se convient avant l’expiration (code civil, art. 1213), et un acte signé "
            f"le {date_longue(signed_on)} vient trop tard."
        )
    return None


def _too_late(message: str) -> Obstacle:
    text = f"{message} {WHAT_REMAINS}"
    return Obstacle(text, field="signed_on", page="conventions:create")


def signed_in_the_future(day: date, *, today: date) -> Obstacle | None:
    if day <= today:
        return None
    message = f"Le {date_longue(day)} n’est pas encore passé : on n’enregistre qu’un acte signé."
    return Obstacle(message, field="signed_on")


def of_text(facts: ActFacts) -> list[Obstacle]:
    """What the text itself still lacks: mended before it is closed."""
    guards = (fewer_than_two_parties, no_text, no_duration, clauses_to_confirm)
    return [obstacle for guard in guards if (obstacle := guard(facts))]


def of_powers(facts: ActFacts) -> list[Obstacle]:
    """What still lacks for anyone to be empowered to sign, whatever the day."""
    steps = (
        habilitations.decisions,
        habilitations.transmissions,
        habilitations.enforceability,
        habilitations.signing,
    )
    return [obstacle for step in steps for obstacle in step(facts)]


def obstacles(facts: ActFacts, *, signed_on: date | None, today: date) -> list[Obstacle]:
    """Return every reason not to sign, all at once; without `signed_on`, those known before."""
    found = [*of_text(facts), *missing_accords(facts), *of_powers(facts)]
    if signed_on is None:
        found += [late] if (late := foreseen(facts, today=today)) else []
        return list(dict.fromkeys(found))
    dated = [
        ended_before(facts, signed_on=signed_on),
        signed_in_the_future(signed_on, today=today),
        *habilitations.dates(facts, signed_on),
    ]
    return list(dict.fromkeys([*found, *(obstacle for obstacle in dated if obstacle)]))


def foreseen(facts: ActFacts, *, today: date) -> Obstacle | None:
    """Before a date is given, a term that has passed only forbids to sign from the morrow on."""
    late = ended_before(facts, signed_on=today)
    if late is None or facts.term.ended_on is not None:
        return late
    return Obstacle(
        f"Le terme est passé depuis le {date_longue(facts.term.ends_on)} à minuit : seul un acte "
        "déjà signé ce jour-là ou avant peut encore proroger la convention (code civil, "
        f"art. 1213). {WHAT_REMAINS}",
        page="conventions:create",
    )

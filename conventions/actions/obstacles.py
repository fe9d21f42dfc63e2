"""Everything that stands before the closing of a text and before its signature, in one list."""

from dataclasses import replace
from datetime import date

from conventions.actions.checklist import checklist_obstacles
from conventions.actions.conflicts import obstacles_of_avenant
from conventions.actions.facts import facts_of, with_moves
from conventions.actions.successions import party_obstacles
from conventions.enums import Etape
from conventions.models import Act, Convention
from conventions.models.consolidated import draft_text
from conventions.rules import signature
from conventions.rules.ecriture import broken_references
from conventions.rules.faits import ActFacts, Obstacle
from conventions.rules.habilitations import warnings
from conventions.rules.parcours import Pas, rail
from conventions.signals import acte_examine


def _broken(act: Act) -> list[Obstacle]:
    """A reference that leads nowhere blocks the signature; one obstacle for each article.

    Those of an avenant are found with its conflicts.
    """
    lost: dict[str, list[str]] = {}
    for broken in broken_references(draft_text(act, with_repealed=True)):
        lost.setdefault(broken.article.label, []).append(broken.reason)
    return [
        Obstacle(
            f"Dans {label}, un renvoi ne mène nulle part : {' ; '.join(reasons)}.",
            page="conventions:articles",
        )
        for label, reasons in lost.items()
    ]


def _from_above(act: Act, *, on: date) -> list[Obstacle]:
    """What the floors above know of: the engagements and the figures an act plans."""
    answers = acte_examine.send(sender=Act, act=act, on=on)
    return [obstacle for _, found in answers for obstacle in found or ()]


def _procedure(act: Act, *, on: date) -> list[Obstacle]:
    """What the procedure asks; for what was signed on paper, it is past and kept there."""
    if act.recorded_afterwards:
        return []
    found = checklist_obstacles(act, on=on)
    return [replace(one, page="conventions:checklist", keys=(act.number,)) for one in found]


def _of_words(act: Act, *, on: date, signed_on: date | None = None) -> list[Obstacle]:
    """What the words of the act must still settle, with the text, other drafts and floors above."""
    if act.number == 0:
        return [*_broken(act), *_from_above(act, on=on)]
    return [
        *obstacles_of_avenant(act, on=on, signed_on=signed_on),
        *party_obstacles(act),
        *_from_above(act, on=on),
    ]


def obstacles_of_text(act: Act, facts: ActFacts, *, on: date) -> list[Obstacle]:
    """Return what the text still lacks before it is closed."""
    return [*signature.of_text(facts), *_of_words(act, on=on)]


def obstacles_of(act: Act, *, on: date, signed_on: date | None = None) -> list[Obstacle]:
    """Return all that stands before the signature; without a date, what is known beforehand."""
    facts = facts_of(act, on=on)
    found = [
        *signature.obstacles(facts, signed_on=signed_on, today=on),
        *_of_words(act, on=on, signed_on=signed_on),
        *_procedure(act, on=on),
    ]
    return list(dict.fromkeys(found))


def rail_of(act: Act, *, on: date) -> list[Pas]:
    """Return the way of an act to its signature, with all that each step lacks."""
    facts = facts_of(act, on=on)
    if act.is_signed:
        return rail(with_moves(facts, act))
    others = {
        Etape.VALIDATION: _of_words(act, on=on),
        Etape.SIGNEE: _procedure(act, on=on),
    }
    if late := signature.foreseen(facts, today=on):
        others[Etape.SIGNEE].append(late)
    return rail(with_moves(facts, act), others)


def warnings_of(act: Act, *, on: date) -> list[Obstacle]:
    """Return what does not forbid to sign, and deserves a look before."""
    if act.is_signed:
        return []
    return list(dict.fromkeys(warnings(facts_of(act, on=on), today=on)))


def obstacles_to_signature(
    convention: Convention, *, on: date, signed_on: date | None = None
) -> list[Obstacle]:
    """Return all that stands before the signature of the initial act."""
    return obstacles_of(convention.acts.get(number=0), on=on, signed_on=signed_on)

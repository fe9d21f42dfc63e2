"""What to do next with a convention: the pages worth a button, by situation and by right.

A button is an invitation, not a permission: each page behind it asks again.
"""

from typing import NamedTuple

from accounts.rules.roles import Capability
from conventions.enums import Situation


class Step(NamedTuple):
    """An act in words, and the name of the page where one does it."""

    page: str
    label: str
    icon: str


_SIGN = Step("conventions:sign", "Enregistrer la signature", "plume")
_SURVEY = Step("conventions:draft", "Voir ce qui retient la signature", "sablier")
_DRAFT = Step("conventions:draft", "Continuer la rédaction", "plume")
_WRITE = Step("conventions:articles", "Rédiger les articles", "acte")
_REOPEN = Step("conventions:reopen", "Rouvrir la rédaction", "retour")
_DEPOSIT = Step("conventions:document_add", "Déposer un document", "deposer")

_FOLLOW = {
    Capability.CONTRIBUTE: (
        Step("engagements:balance", "Déclarer où en est un engagement", "balance"),
        Step("engagements:indicators", "Saisir un chiffre", "chiffres"),
        _DEPOSIT,
    ),
    Capability.MANAGE: (
        Step("conventions:prorogate", "Proroger", "calendrier"),
        Step("conventions:ending_prepare", "Quitter la convention", "sortir"),
    ),
}
_STEPS: dict[Situation, dict[Capability, tuple[Step, ...]]] = {
    Situation.BROUILLON: {
        Capability.MANAGE: (_DRAFT, _WRITE),
        Capability.CONTRIBUTE: (_DEPOSIT,),
    },
    Situation.EN_NEGOCIATION: {
        Capability.MANAGE: (_DRAFT, _WRITE),
        Capability.CONTRIBUTE: (_DEPOSIT,),
    },
    Situation.EN_VALIDATION: {
        Capability.MANAGE: (
            _SURVEY,
            Step("conventions:mandates", "Habilitations et signataires", "personne"),
            _REOPEN,
        ),
        Capability.CONTRIBUTE: (_DEPOSIT,),
    },
    Situation.EN_SIGNATURE: {
        Capability.MANAGE: (
            _SIGN,
            _SURVEY,
            Step("conventions:reopen", "Rouvrir la rédaction", "retour"),
        ),
        Capability.SIGN: (_SIGN,),
        Capability.CONTRIBUTE: (_DEPOSIT,),
    },
    Situation.A_VENIR: {Capability.CONTRIBUTE: (_DEPOSIT,)},
    Situation.EN_VIGUEUR: _FOLLOW,
    Situation.EN_PREAVIS: _FOLLOW,
    Situation.POURSUITE_DE_FAIT: {
        Capability.MANAGE: (Step("conventions:close", "Constater la fin", "cadenas"),),
        Capability.CONTRIBUTE: (
            Step("engagements:balance", "Déclarer où en est un engagement", "balance"),
            _DEPOSIT,
        ),
    },
}


def next_steps(situation: Situation, rights: frozenset[Capability]) -> list[Step]:
    """Return the acts to propose, the most useful first: in the order of the table."""
    proposed = _STEPS.get(situation, {})
    steps = [step for capability, own in proposed.items() if capability in rights for step in own]
    return list(dict.fromkeys(steps))

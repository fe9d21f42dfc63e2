"""Which deadlines one side alone may close for everybody, and why the others not.

What each side decides for itself (`EACH_SIDE`) is not asked here: nobody else is silenced.
"""

from reminders.enums import AnswerKind
from reminders.enums import DeadlineKind as Kind

_TERM = (
    "Le terme est celui du contrat : il vaut pour toutes les parties, et aucune ne peut seule "
    "cesser de le rappeler aux autres. Un avenant de prorogation ou une résiliation le déplacent."
)
_NOTICE = (
    "Le préavis court jusqu’à son dernier jour : seul le retrait de la lettre, enregistré dans la "
    "convention, l’arrête."
)
_CONTROL = (
    "Les deux mois du contrôle de légalité sont fixés par la loi (CGCT, art. L. 2131-6) : ils "
    "passent d’eux-mêmes."
)
_LETTER = (
    "Le délai de quinze jours de la lettre électronique est fixé par la loi (CPCE, art. R. 53-3) : "
    "enregistrez sa remise ou son refus sur la page de la lettre."
)
_PROROGATION = (
    "Proroger se décide à plusieurs : ce jour reste rappelé à toutes les parties. Dites que vous "
    "vous en occupez ; l’avenant signé fera le reste."
)
_FORMAL_NOTICE = (
    "La mise en demeure suit son cours : dites sur sa page qu’elle est levée ou satisfaite."
)
_ENGAGEMENT = (
    "Un engagement lie qui l’a pris : c’est sur sa page que son débiteur le déclare tenu, suspendu "
    "ou sans suite."
)

# Limits that pass by themselves: nobody has anything to do for them to be met.
_NOT_DONE: dict[Kind, str] = {
    Kind.TERME: _TERM,
    Kind.FIN_PREAVIS: _NOTICE,
    Kind.CONTROLE_LEGALITE: _CONTROL,
}
# What the law, the contract or the other side holds to, whatever one side thinks of it.
_NOT_WAIVED: dict[Kind, str] = {
    **_NOT_DONE,
    Kind.PROROGATION: _PROROGATION,
    Kind.FIN_MISE_EN_DEMEURE: _FORMAL_NOTICE,
    Kind.REPONSE_LRE: _LETTER,
    Kind.ENGAGEMENT: _ENGAGEMENT,
}


def why_not(kind: str, answer: str) -> str:
    """Return, in French, why one side may not give this answer; blank when it may."""
    refused = {AnswerKind.FAITE: _NOT_DONE, AnswerKind.SANS_OBJET: _NOT_WAIVED}
    return refused.get(AnswerKind(answer), {}).get(Kind(kind), "")


def answers_to(kind: str) -> list[AnswerKind]:
    """Return the answers that one side may give to a deadline of this kind."""
    return [answer for answer in AnswerKind if not why_not(kind, answer)]

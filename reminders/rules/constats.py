"""What each finding means and what an administrator does about it, in plain words."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from reminders.enums import FindingKind

# The night's check: when nobody works, after the turn of the day in every zone of the Atlantic.
CHECKED_AT = time(3, 30)
PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Advice:
    """`word` is what monitoring reads; `headline` takes a count of one or more."""

    word: str
    one: str
    many: str
    meaning: str
    remedy: str


ADVICE = {
    FindingKind.CONVENTION_MUETTE: Advice(
        "conventions",
        "convention sans rappel à venir",
        "conventions sans rappel à venir",
        "La convention est en vigueur et a un terme, mais aucun rappel de ce terme n’est prévu : "
        "elle pourrait finir sans que personne soit prévenu.",
        "Désignez un contributeur ou un responsable dans chaque organisme partie, ou donnez à "
        "l’organisme une adresse de repli. Si des personnes sont désignées, regardez leurs choix "
        "de rappels.",
    ),
    FindingKind.SANS_RAISONNEMENT: Advice(
        "raisonnement",
        "échéance sans raisonnement",
        "échéances sans raisonnement",
        "La date est affichée sans dire comment elle a été calculée : elle ne doit pas être suivie "
        "sans relire la convention.",
        "Relisez la clause dont elle vient et confirmez-la ; la date est recalculée aussitôt. Si "
        "le raisonnement manque encore, prévenez l’assistance du portail.",
    ),
    FindingKind.PLANIFICATEUR_MUET: Advice(
        "planificateur",
        "travail de fond en panne",
        "travaux de fond en panne",
        "Une tâche de fond ne passe plus à son rythme : des rappels peuvent ne plus partir.",
        "Prévenez l’exploitation du portail : l’horloge (beat), les travailleurs (worker) et "
        "Redis doivent tourner. Ce qui attendait part dès qu’ils repassent, rien n’est perdu.",
    ),
    FindingKind.RAPPEL_ECHOUE: Advice(
        "rappels",
        "rappel qui n’a pas pu partir",
        "rappels qui n’ont pas pu partir",
        "Le serveur de courriel a refusé le message, ou n’a pas répondu pendant vingt-quatre "
        "heures : la personne n’a pas été prévenue.",
        "Prévenez-la vous-même, puis corrigez son adresse ou, si elle est partie, mettez fin à "
        "son appartenance. L’assistance peut relancer l’envoi.",
    ),
    FindingKind.PERSONNE_A_PREVENIR: Advice(
        "personne",
        "partie où il n’y a plus personne à prévenir",
        "parties où il n’y a plus personne à prévenir",
        "Pour cette partie, plus aucun compte actif et aucune adresse de repli : ses rappels "
        "n’ont pas de destinataire.",
        "Invitez un contributeur ou un responsable, ou renseignez l’adresse de repli sur la fiche "
        "de l’organisme.",
    ),
}

# What makes monitoring turn red: the portal itself is at fault, or would let a term pass in
# silence. A wrong address is for the administrators of the organisation alone.
ALARMING = frozenset(
    {
        FindingKind.CONVENTION_MUETTE,
        FindingKind.SANS_RAISONNEMENT,
        FindingKind.PLANIFICATEUR_MUET,
    }
)


def is_check_due(last: datetime | None, *, now: datetime) -> bool:
    """Whether the night's check of Paris is still to be made; missed, it is made up for."""
    local = now.astimezone(PARIS)
    tonight = datetime.combine(local.date(), CHECKED_AT, PARIS)
    if local < tonight:
        tonight = datetime.combine(local.date() - timedelta(days=1), CHECKED_AT, PARIS)
    return last is None or last < tonight

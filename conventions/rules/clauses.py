"""A clause said in one French sentence: what the parties decided, not what the law adds to it."""

from conventions.enums import Operation, TerminationGround, Trigger, Unit, YearBasis
from territories.rules.french import MONTHS, typeset

_EVENT = {
    Trigger.ENVOI: "l’envoi de la lettre",
    Trigger.DEPOT_RECEPISSE: "le dépôt de la lettre contre récépissé",
    Trigger.PREMIERE_PRESENTATION: "la première présentation de la lettre",
    Trigger.RECEPTION: "la réception de la lettre",
    Trigger.SIGNATURE: "la signature",
    Trigger.NOTIFICATION: "la notification",
    Trigger.DATE_EFFET: "la date d’effet",
    Trigger.TERME: "le terme",
}

# The letter leaves before the day of effect, or before the term at which one leaves.
COUNTED_BACK = frozenset({Trigger.DATE_EFFET, Trigger.TERME})
_ON_GROUND = {
    TerminationGround.SANS_MOTIF: "Chaque partie peut mettre fin à la convention sans motif",
    TerminationGround.MANQUEMENT: "Quand une partie manque à ses engagements, l’autre peut "
    "mettre fin à la convention",
    TerminationGround.DESACCORD: "Faute d’accord lors de la revoyure, chaque partie peut mettre "
    "fin à la convention",
}


def quantity_in_words(quantity: int, unit: str) -> str:
    """«3 mois», «1 an», «1 jour ouvrable»."""
    label = Unit(unit).label
    if quantity == 1:
        label = " ".join(
            word if word == "mois" else word.removesuffix("s") for word in label.split()
        )
    return f"{quantity}\u00a0{label}"


def starting_from(trigger: str) -> str:
    """«à compter de la signature», or nothing when the text is silent."""
    if not trigger:
        return ""
    event = _EVENT[Trigger(trigger)]
    of_event = f"du {event[3:]}" if event.startswith("le ") else f"de {event}"
    return f"à compter {of_event}"


def operation_for(trigger: str) -> str:
    """A notice counted back from the day it takes effect is a `rebours`; any other runs forward."""
    return Operation.REBOURS if trigger in COUNTED_BACK else Operation.PREAVIS


def duration_in_words(*, quantity: int, unit: str, trigger: str, prorogation_possible: bool) -> str:
    lasting = quantity_in_words(quantity, unit)
    start = starting_from(trigger)
    start = f" {start}" if start else ", sans que le texte dise à compter de quand"
    more = " Les parties peuvent la proroger par avenant." if prorogation_possible else ""
    return f"La convention dure {lasting}{start}.{more}"


def revoyure_in_words(
    *,
    year_basis: str,
    opens_month: int,
    opens_day: int,
    contribution_days: int,
    meeting_days: int,
) -> str:
    day = "1er" if opens_day == 1 else str(opens_day)
    basis = "civile" if year_basis == YearBasis.CIVILE else "de convention"
    return typeset(
        f"Une revoyure par année {basis}, ouverte le {day} {MONTHS[opens_month - 1]}. Chaque "
        f"partie a {contribution_days} jours pour contribuer ; le comité se réunit "
        f"{meeting_days} jours après l’ouverture."
    )


def termination_in_words(
    *,
    ground: str,
    form: str,
    operation: str,
    quantity: int,
    unit: str,
    trigger: str,
    carry: bool = False,
    franc: bool = False,
) -> str:
    by = f", par {form}" if form else ""
    notice = quantity_in_words(quantity, unit)
    if operation == Operation.REBOURS:
        when = (
            f" ; la lettre part au plus tard {notice} avant la date à laquelle elle veut être libre"
        )
    elif trigger:
        when = f" ; la fin intervient {notice} après {_EVENT[Trigger(trigger)]}"
    else:
        when = f", avec un préavis de {notice}, sans que le texte dise à compter de quoi"
    said = [words for is_said, words in ((franc, _FRANC), (carry, _CARRIED)) if is_said]
    return typeset(" ".join([f"{_ON_GROUND[TerminationGround(ground)]}{by}{when}.", *said]))


def warnings_of(
    *, operation: str, unit: str, trigger: str, carry: bool = False, franc: bool = False
) -> list[str]:
    """Say what in a clause is silent, said twice or at odds; a text may still say it so."""
    found = []
    open_words = _OPEN_DURATION if operation == Operation.DUREE else _OPEN
    if operation != Operation.REBOURS and trigger in open_words:
        found.append(open_words[trigger])
    if franc and unit == Unit.JOURS_FRANCS:
        found.append(_FRANC_TWICE)
    elif franc or unit == Unit.JOURS_FRANCS:
        found.append(_FRANC_ALREADY)
    if carry and operation == Operation.REBOURS:
        found.append(_CARRY_BACK)
    if carry and unit == Unit.JOURS_OUVRES:
        found.append(_CARRY_IN_VAIN)
    return [typeset(sentence) for sentence in found]


_FRANC = "Le délai est franc."
_CARRIED = "Une date qui tombe un jour non ouvré est reportée au premier jour ouvré suivant."
_OPEN = {
    "": "Le texte ne dit pas ce qui fait courir le préavis : le portail montre toutes les réponses "
    "possibles et nomme la plus prudente. Un avenant peut lever le doute.",
    Trigger.NOTIFICATION: "« Notification » se discute : par prudence, le portail y lit la "
    "réception de la lettre.",
}
_OPEN_DURATION = {
    "": "Le texte ne dit pas à compter de quand : sans autre accord, le portail compte de la prise "
    "d’effet que les parties enregistrent. Le jour à surveiller est le plus proche.",
}
_FRANC_TWICE = (
    "Le texte dit le délai franc et compte en jours francs : c’est la même chose dite deux fois, "
    "et aucun jour n’est ajouté deux fois."
)
_FRANC_ALREADY = (
    "Le préavis est compté en jours pleins de toute façon : qu’il soit franc n’y ajoute rien."
)
_CARRY_BACK = (
    "Un délai à rebours ne se reporte pas (Civ. 2e, 4 février 1998) : ce report ne donne jamais un "
    "jour de plus pour poster la lettre. S’il joue, c’est sur le jour où l’on est libre."
)
_CARRY_IN_VAIN = "Un délai compté en jours ouvrés finit un jour ouvré : le report n’y change rien."


def follow_up_in_words(*, body: str, per_year: int, year_basis: str) -> str:
    """«Comité de pilotage : au moins 2 fois par année civile.»"""
    times = "une fois" if per_year == 1 else f"{per_year} fois"
    year = "civile" if year_basis == YearBasis.CIVILE else "de convention"
    return typeset(f"{body[:1].upper()}{body[1:]} : au moins {times} par année {year}.")

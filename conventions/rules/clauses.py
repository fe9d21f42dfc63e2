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
    *, ground: str, form: str, operation: str, quantity: int, unit: str, trigger: str
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
        when = f", avec un préavis de {notice}"
    return typeset(f"{_ON_GROUND[TerminationGround(ground)]}{by}{when}.")


def follow_up_in_words(*, body: str, per_year: int, year_basis: str) -> str:
    """«Le comité de pilotage se réunit au moins deux fois par année civile.»"""
    times = "une fois" if per_year == 1 else f"{per_year} fois"
    year = "civile" if year_basis == YearBasis.CIVILE else "de convention"
    return typeset(f"{body[:1].upper()}{body[1:]} : au moins {times} par année {year}.")

"""The sentences that justify a date, each naming the rule it applies.

The day given on a page must be one a jurist would sign: these sentences say the rule, the
arithmetic and the result, in that order.
"""

from datetime import date, timedelta
from types import MappingProxyType

from conventions.rules.delais_calcul import MonthCount
from territories.enums import Zone
from territories.rules.french import (
    WEEKDAYS,
    enumerate_words,
    long_date,
    month_name,
    short_date,
    typeset,
)
from territories.rules.jours_feries import (
    SATURDAY,
    VENDREDI_SAINT,
    is_jour_ouvre,
    nom_du_jour_ferie,
    working_day_on_or_before,
)
from territories.rules.zones import IN_ZONE

ART_640 = "art. 640 CPC"
ART_641_1 = "art. 641 al. 1 CPC"
ART_641_2 = "art. 641 al. 2 CPC"
ART_641_3 = "art. 641 al. 3 CPC"
ART_642_1 = "art. 642 al. 1 CPC"
ART_642_2 = "art. 642 al. 2 CPC"
FRANC = "CE, 15 décembre 2023, n° 472836"
PREAVIS_DE_JOUR_A_JOUR = "Civ. 3e, 28 octobre 2003"
PREAVIS_SANS_REPORT = "pratique constante des préavis, service-public.fr, fiche F1168"
DUREE_CONTRACTUELLE = "Soc., 15 mars 2006, n° 04-44.544"
REBOURS_DEPUIS_LA_VEILLE = "Civ. 2e, 20 octobre 2005, n° 04-10.138"
REBOURS_FRANC = "Com., 14 mars 2018, n° 16-26.996"
REBOURS_SANS_REPORT = "Civ. 2e, 4 février 1998, n° 96-13.391"
PRUDENCE = "règle de prudence du portail"
SILENCE_DE_LA_LOI = "règle du portail, la loi étant muette"


def step(sentence: str, *rules: str) -> str:
    """Close a sentence on the rules it applies."""
    return typeset(f"{sentence} ({' ; '.join(rules)}).")


# What is asked of an operation to which it changes nothing.
IN_VAIN = MappingProxyType(
    {
        "carry": step(
            "Le report au jour ouvrable est demandé, mais il ne vaut que pour un délai de "
            "procédure, de recours ou légal : la date n’est pas reportée",
            PREAVIS_SANS_REPORT,
            REBOURS_SANS_REPORT,
        ),
        "franc": step(
            "Un délai franc est demandé : cette opération n’y gagne aucun jour, ne retenant que "
            "des jours pleins",
            REBOURS_FRANC,
        ),
    }
)


def why_nobody_works(day: date, zone: Zone) -> str:
    """Say what a day off is: «un samedi», «férié en Guadeloupe (…)», or nothing."""
    reasons = []
    if day.weekday() >= SATURDAY:
        reasons.append(f"un {WEEKDAYS[day.weekday()]}")
    name = nom_du_jour_ferie(day, zone)
    if name:
        reasons.append(f"férié {IN_ZONE[zone]} : {name}")
    return ", ".join(reasons)


def months_step(lead: str, found: str, count: MonthCount, rule: str) -> str:
    """Say a count in months, and the quantième that its last month lacks."""
    if count.missing:
        return step(
            f"{lead} : {found}, mais {month_name(count.day)} n’a pas de {count.missing}, et l’on "
            f"retient le dernier jour de ce mois, le {long_date(count.day)}",
            rule,
        )
    return step(f"{lead} : {found}, soit le {long_date(count.day)}", rule)


def days_step(found: str, end: date, *, after_months: bool) -> str:
    """Say a count in days, from the day that does not count or after the months."""
    if after_months:
        return step(
            f"Les mois sont comptés d’abord, les jours ensuite : {found}, soit le {long_date(end)}",
            ART_641_3,
        )
    return step(
        f"Compté en jours, le délai ne comprend pas le jour dont il part : {found}, soit le "
        f"{long_date(end)}",
        ART_641_1,
    )


def franc_step(end: date) -> str:
    """Say that a franc delay lasts until the day after its due day."""
    return step(
        "Le délai est franc : le jour de l’échéance n’est pas compté non plus, et l’acte est "
        f"encore possible le lendemain, le {long_date(end)}",
        FRANC,
    )


def eve_step(end: date) -> str:
    """Say that a delay counted backward asks to act before the day it leads to."""
    return step(
        "Le délai est franc : il faut agir avant ce jour, au plus tard la veille, le "
        f"{long_date(end)}",
        REBOURS_FRANC,
    )


def earlier_step(counted: date, kept: date) -> str:
    """Say that the day counted backward would be too late once counted forward."""
    return step(
        f"Recompté en avant depuis le {short_date(counted)}, le préavis dépasserait la date "
        f"d’effet : on retient le {long_date(kept)}",
        ART_641_3,
        PRUDENCE,
    )


def _named_day_off(day: date, zone: Zone) -> str:
    name = nom_du_jour_ferie(day, zone)
    return f"{long_date(day)} ({name})" if name else long_date(day)


def carry_steps(day: date, carried: date, zone: Zone) -> list[str]:
    """Say why a deadline moves to the next working day, or why it stays."""
    if day == carried:
        return [
            step(
                f"Le {long_date(day)} n’est ni un samedi, ni un dimanche, ni un jour férié "
                f"{IN_ZONE[zone]} : l’échéance n’est pas reportée",
                ART_642_2,
            )
        ]
    skipped = [day + timedelta(days=shift) for shift in range((carried - day).days)]
    steps = [_carried_step(skipped, carried, zone), _contractual_step(day, zone)]
    if any(VENDREDI_SAINT in nom_du_jour_ferie(off, zone) for off in skipped):
        steps.append(_vendredi_saint_step())
    return steps


def _carried_step(skipped: list[date], carried: date, zone: Zone) -> str:
    days_off = enumerate_words([f"le {_named_day_off(off, zone)}" for off in skipped])
    return step(
        f"L’échéance ne peut tomber un samedi, un dimanche ou un jour férié {IN_ZONE[zone]} : on "
        f"passe {days_off}, et le délai est prorogé jusqu’au premier jour ouvrable suivant, le "
        f"{long_date(carried)}",
        ART_642_2,
    )


def _contractual_step(day: date, zone: Zone) -> str:
    """Warn that case law conflicts on whether art. 642 saves a contractual act."""
    earlier = working_day_on_or_before(day, zone)
    return step(
        "Ce report vaut pour la procédure, les recours et les délais légaux ; pour un acte "
        f"contractuel, ne pas compter dessus et agir au plus tard le {long_date(earlier)}",
        PRUDENCE,
    )


def _vendredi_saint_step() -> str:
    return step(
        "Le Vendredi saint est compté pour toute l’Alsace-Moselle, alors qu’il n’est férié que "
        "dans les communes dotées d’un temple protestant ou d’une église mixte : ailleurs, ne pas "
        "compter sur ce report",
        "art. L. 3134-13 du code du travail",
    )


def no_carry_step(day: date, zone: Zone, reason: str, *rules: str) -> str:
    """Say that a day off does not move the date, and that this one is one when it is."""
    kept = "" if is_jour_ouvre(day, zone) else f" : le {_named_day_off(day, zone)} est maintenu"
    return step(f"{reason}{kept}", *rules)


def safe_step(result: date, safe: date, zone: Zone) -> str:
    """Give the day to write in a diary: the last working day on or before the result."""
    if safe == result:
        return step(f"Date sûre pour agir : le {long_date(safe)}, qui est ouvré", PRUDENCE)
    return step(
        f"Date sûre pour agir : le {long_date(safe)}, dernier jour ouvré avant le "
        f"{short_date(result)}, {why_nobody_works(result, zone)}",
        PRUDENCE,
    )


def nearest_step(result: date, safe: date, zone: Zone) -> str:
    """Give the working day nearest a change that asks for no act."""
    if safe == result:
        return step(f"Le {long_date(safe)} est un jour ouvré {IN_ZONE[zone]}", PRUDENCE)
    return step(
        f"Le {short_date(result)} n’est pas ouvré ({why_nobody_works(result, zone)}) ; le dernier "
        f"jour ouvré qui le précède est le {long_date(safe)}",
        PRUDENCE,
    )

"""Counting a quantity forward, backward or as a duration, with the sentences that say it."""

from datetime import date, timedelta

from conventions.rules import delais_phrases as phrases
from conventions.rules.delais_calcul import Quantity, in_bounds, shift_days, shift_months
from territories.rules.french import long_date, month_name, short_date

EXPIRES = "Compté en mois, le délai expire le jour du dernier mois qui porte le même quantième"
GOES_BACK = "Compté en mois, le délai remonte au jour qui porte le même quantième"


def count_forward(
    start: date, quantity: Quantity, *, rule: str = phrases.ART_641_2
) -> tuple[date, list[str]]:
    """Count from a day that does not count itself (art. 641 CPC): months first, then days."""
    day, steps = in_bounds(start), []
    if quantity.all_months:
        count = shift_months(day, quantity.all_months)
        found = f"{quantity.in_months} après le {short_date(day)}"
        steps.append(phrases.months_step(EXPIRES, found, count, rule))
        day = count.day
    if quantity.days:
        end = shift_days(day, quantity.days)
        found = f"{quantity.in_days} après le {short_date(day)}"
        steps.append(phrases.days_step(found, end, after_months=bool(quantity.all_months)))
        day = end
    return day, steps


def count_backward(effect: date, quantity: Quantity) -> tuple[date, list[str]]:
    """Count back from a day that does not count itself: months first, then days."""
    day, steps = in_bounds(effect), []
    if quantity.all_months:
        count = shift_months(day, -quantity.all_months)
        found = f"{quantity.in_months} avant le {short_date(day)}"
        rule = f"{phrases.ART_641_2}, transposé à rebours"
        steps.append(phrases.months_step(GOES_BACK, found, count, rule))
        day = count.day
    if quantity.days:
        end = shift_days(day, -quantity.days)
        found = f"{quantity.in_days} avant le {short_date(day)}"
        steps.append(phrases.days_step(found, end, after_months=bool(quantity.all_months)))
        day = end
    return day, steps


def last_day_in_time_for(effect: date, quantity: Quantity, *, at_most: date) -> date:
    """Return the last day, not after `at_most`, whose notice is over when the effect is wanted.

    Counting months then days backward does not always undo counting them forward (1 month and 15
    days before 10 March): an act is in time only if its own notice ends before the effect.
    """
    day = at_most
    while count_forward(day, quantity)[0] >= effect:
        day = shift_days(day, -1)
    return day


def count_duration(start: date, quantity: Quantity) -> tuple[date, list[str]]:
    """Count a duration whose first day counts (Soc., 15 March 2006): months first, then days."""
    day, steps = in_bounds(start) - timedelta(days=1), []
    if quantity.all_months:
        day, sentence = _last_day_of_months(start, quantity)
        steps.append(sentence)
    if quantity.days:
        begins = day + timedelta(days=1)
        day = shift_days(day, quantity.days)
        steps.append(_duration_in_days(begins, quantity, day))
    return in_bounds(day), steps


def _duration_in_days(begins: date, quantity: Quantity, last: date) -> str:
    counted = (
        f"{quantity.in_days} à compter du {short_date(begins)}, ce jour compris, jusqu’au "
        f"{long_date(last)}"
    )
    if quantity.all_months:
        sentence = f"Les mois sont comptés d’abord, les jours ensuite : {counted}"
        return phrases.step(sentence, phrases.ART_641_3)
    return phrases.step(f"La durée est de {counted}", phrases.DUREE_CONTRACTUELLE)


def _last_day_of_months(start: date, quantity: Quantity) -> tuple[date, str]:
    """Return the eve of the anniversary, or the month's last day when that eve does not exist."""
    lasting = f"Une durée de {quantity.in_months} à compter du {short_date(start)}"
    if start.day == 1:
        day = shift_months(start, quantity.all_months).day - timedelta(days=1)
        return day, phrases.step(
            f"{lasting} s’achève la veille de l’anniversaire, dernier jour du mois, le "
            f"{long_date(day)}",
            phrases.DUREE_CONTRACTUELLE,
        )
    count = shift_months(start, quantity.all_months, quantieme=start.day - 1)
    if count.missing:
        return count.day, phrases.step(
            f"{lasting} s’achèverait un {count.missing}, mais {month_name(count.day)} n’a pas de "
            f"{count.missing} : elle s’achève le dernier jour de ce mois, le "
            f"{long_date(count.day)}",
            phrases.SILENCE_DE_LA_LOI,
        )
    return count.day, phrases.step(
        f"{lasting} s’achève la veille de l’anniversaire, le jour qui porte le quantième "
        f"précédent ({count.day.day}), soit le {long_date(count.day)}",
        phrases.DUREE_CONTRACTUELLE,
    )

"""What the summary of a convention borrows from the floors above it: balance and next dates."""

from collections import Counter
from datetime import date

from django import template

from conventions.models import Convention
from engagements.models import Engagement
from engagements.rules.beam import beam
from engagements.rules.situations import situation_on, still_owed
from reminders.models import Deadline

register = template.Library()

SHOWN = 5


@register.inclusion_tag("reporting/_glance.html")
def balance_glance(convention: Convention, on: date) -> dict:
    """Weigh what each party still owes; two parties make scales, more make a list."""
    debtors, owed = _read(convention, on)
    owing = {pk for who in debtors.values() for pk in who}
    parties = [
        party for party in convention.parties.all() if party.pk in owing or party.is_bound_on(on)
    ]
    total, due = Counter(), Counter()
    joint = kept = 0
    for pk, who in debtors.items():
        if not who or 1 < len(parties) <= len(who):
            joint += 1
            kept += not owed[pk]
            continue
        total.update(who)
        due.update(who if owed[pk] else ())
    sides = [
        {"name": party.alias, "owed": due[party.pk], "total": total[party.pk]} for party in parties
    ]
    context = {"convention": convention, "sides": sides, "joint": joint, "kept": kept}
    context["is_empty"] = not debtors
    if debtors and len(sides) == 2:
        context["beam"] = beam(sides[0]["owed"], sides[1]["owed"])
    return context


def _read(convention: Convention, on: date) -> tuple[dict[int, list[int]], dict[int, bool]]:
    """Return who owes each engagement, and whether something is still expected of it."""
    debtors: dict[int, list[int]] = {}
    owed: dict[int, bool] = {}
    rows = Engagement.objects.standing(on=on).filter(convention=convention).order_by("number")
    columns = ("pk", "state", "due_on", "recurrence", "debts__party_id")
    for pk, state, due_on, recurrence, party_id in rows.values_list(*columns):
        debtors.setdefault(pk, [])
        if party_id:
            debtors[pk].append(party_id)
        owed[pk] = still_owed(situation_on(on, state=state, due_on=due_on, recurrence=recurrence))
    return debtors, owed


@register.inclusion_tag("reporting/_next_deadlines.html")
def next_deadlines(convention: Convention, on: date) -> dict:
    """List the first dates still to come."""
    coming = Deadline.objects.upcoming(on=on).filter(convention=convention)
    shown = coming.only("title", "due_on", "kind", "source", "rolling").order_by("due_on", "pk")
    return {"convention": convention, "deadlines": shown[:SHOWN], "on": on}

"""The way of an act to its signature, drawn on every page that shows one."""

from datetime import date

from django import template
from django.urls import reverse

from accounts.rules.roles import Capability
from conventions.access import capabilities_in
from conventions.actions.obstacles import rail_of
from conventions.enums import ConventionVerb
from conventions.models import Act, Convention
from conventions.rules.faits import Obstacle
from conventions.rules.parcours import PAGES

register = template.Library()

# The one page that is of no convention in particular.
_ELSEWHERE = frozenset({"conventions:create"})


@register.simple_tag
def place_of(obstacle: Obstacle, convention: Convention) -> str:
    """Return the address of the page where one mends what stands in the way, if there is one."""
    if not obstacle.page:
        return ""
    if obstacle.page in _ELSEWHERE:
        return reverse(obstacle.page)
    return reverse(obstacle.page, args=[convention.pk, *obstacle.keys])


@register.simple_tag
def place_of_move(verb: ConventionVerb, act: Act) -> str:
    """Return the address of the page where an act makes this move."""
    return reverse(PAGES[verb], args=[act.convention_id, act.number])


@register.inclusion_tag("conventions/_parcours_rail.html", takes_context=True)
def parcours_rail(context, act: Act, on: date) -> dict:
    """Draw the steps of an act; links to mend are for those who may."""
    rights = capabilities_in(context["request"].user, act.convention, on=on)
    return {
        "steps": rail_of(act, on=on),
        "convention": act.convention,
        "may_mend": Capability.MANAGE in rights,
    }

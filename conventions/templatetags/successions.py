"""What an act does to the parties, on its page."""

from django import template

from conventions.actions.successions import party_obstacles
from conventions.models import Act

register = template.Library()


@register.inclusion_tag("conventions/_succession_changes.html", takes_context=True)
def party_changes(context, act: Act, may_write: bool = False) -> dict:
    """List the changes of parties of an act, and what they still lack while it is a draft."""
    return {
        "act": act,
        "may_write": may_write,
        "changes": act.party_changes.select_related("party", "organisation"),
        "obstacles": [] if act.is_signed else party_obstacles(act),
        "csrf_token": context.get("csrf_token"),
    }

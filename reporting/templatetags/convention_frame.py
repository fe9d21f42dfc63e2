"""The head of every page of a convention: what it is today, and the tabs it has reached.

It stands on this floor because its facts and its counts come from all of them.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django import template
from django.db.models import prefetch_related_objects
from django.urls import reverse

from accounts.rules.roles import Capability
from conventions.access import capabilities_in
from conventions.enums import ConventionStatus, Situation
from conventions.models import Convention, Party, Round
from conventions.models.listing import parties_in_order
from conventions.models.negotiation_read import open_turns
from conventions.rules.cycle import LIVING
from reporting.models.portrait import Portrait, portrait_of

register = template.Library()


class Tab(NamedTuple):
    href: str
    label: str
    count: int
    is_current: bool


# Key, label, address. A tab exists once it has something to show.
_TABS = (
    ("synthese", "Synthèse", "conventions:detail"),
    ("texte", "Texte", "conventions:text"),
    ("engagements", "Engagements", "engagements:balance"),
    ("indicateurs", "Indicateurs", "engagements:indicators"),
    ("echeances", "Échéances", "reminders:convention_deadlines"),
    ("actes", "Actes", "conventions:acts"),
    ("revoyures", "Revoyures", "engagements:convention_revoyures"),
    ("documents", "Documents", "conventions:documents"),
    ("journal", "Journal", "conventions:journal"),
)
_ALWAYS = {"synthese", "journal"}
# Where a signed convention tells whose turn it is in the drafts of its avenants.
_TURNS_TOLD = {"synthese", "actes"}
# What a contributor may begin though it is still empty.
_TO_BEGIN = {"texte", "engagements", "indicateurs", "documents"}
_UNCOUNTED = {"texte"}
# Situations that must be explained before anything else is read.
_NOTICED = {
    Situation.BROUILLON,
    Situation.EN_NEGOCIATION,
    Situation.EN_VALIDATION,
    Situation.EN_SIGNATURE,
    Situation.POURSUITE_DE_FAIT,
}


@register.inclusion_tag("conventions/_frame.html", takes_context=True)
def convention_frame(
    context,
    convention: Convention,
    on: date,
    *,
    tab: str = "synthese",
    heading: str = "",
    lead: str = "",
) -> dict:
    """Draw header, facts and tabs. With `heading`, the page has a title of its own and no facts."""
    user = context["request"].user
    prefetch_related_objects([convention], parties_in_order())
    portrait = portrait_of(convention, on=on)
    situation = convention.situation_on(on)
    rights = capabilities_in(user, convention, on=on)
    last_day = convention.terminated_on or convention.ends_on
    return {
        "convention": convention,
        "on": on,
        "heading": heading,
        "lead": lead,
        "parties": named(party for party in convention.parties.all() if party.is_bound_on(on)),
        "situation": situation,
        "is_running": situation in LIVING,
        "days": (last_day - on).days if last_day else None,
        "portrait": portrait,
        "tabs": tabs(convention, portrait, rights, tab),
        "has_notice": situation in _NOTICED,
        "turns": _turns(context, convention, tab),
        "at_desk": "desk" in context,
    }


def _turns(context, convention: Convention, tab: str) -> list[Round]:
    """Whose turn it is: said of a draft everywhere, of drafts of avenants where acts are listed.

    The page of a negotiation (it has a desk) says it itself.
    """
    is_told = convention.status == ConventionStatus.EN_NEGOCIATION or tab in _TURNS_TOLD
    return open_turns(convention) if is_told and "desk" not in context else []


def named(parties: Iterable[Party]) -> list[tuple[str, str, str]]:
    """Return (what joins it to the one before, alias, legal nature as signed) for each party."""
    parties = list(parties)
    told = []
    for rank, party in enumerate(parties, start=1):
        after_nature = rank > 1 and bool(told[-1][2])
        last = f"{',' if after_nature else ''} et "
        joint = "Entre " if rank == 1 else last if rank == len(parties) else ", "
        told.append((joint, party.alias, _nature(party)))
    return told


def _nature(party: Party) -> str:
    """The nature as signed; said to be past when the organisation has another today."""
    then, now = party.legal_nature_as_signed, party.organisation.legal_nature
    return f"{then} lors de la signature" if then and now and then != now else then


def tabs(
    convention: Convention, portrait: Portrait, rights: frozenset[Capability], current: str
) -> list[Tab]:
    """List the tabs this person finds on this convention, the current one always among them."""
    begun = {key for key, count in portrait.counts.items() if count} | _ALWAYS | {current}
    if Capability.CONTRIBUTE in rights:
        begun |= _TO_BEGIN
    if Capability.MANAGE in rights and portrait.has_revoyure_clause and not convention.is_draft:
        begun.add("revoyures")
    return [
        Tab(
            href=reverse(name, args=[convention.pk]),
            label=label,
            count=0 if key in _UNCOUNTED else portrait.counts.get(key, 0),
            is_current=key == current,
        )
        for key, label, name in _TABS
        if key in begun
    ]

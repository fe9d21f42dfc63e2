"""Telling what is done in an act to those who may know of it."""

from django.db import models

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import User
from conventions.access import PRIVATE
from conventions.models import Act


def record_in_act(act: Act, subject: models.Model, *, by: User | None, verb: Verb, **data) -> None:
    """Write a line of the convention's journal about an act or what it holds.

    While the act is private its lines are reserved to the side that drafts it, for ever: the other
    side reads the journal from the day the negotiation opens (`access.entries_visible_to`), which
    its first round tells.
    """
    if act.number and act.status in PRIVATE and not act.rounds.exists():
        data["reserved_to"] = act.drafted_by_id
    record(by, verb, subject, dossier=act.convention_id, **data)

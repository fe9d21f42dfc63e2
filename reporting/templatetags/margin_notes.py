"""Notes in the margin of the text: what each article makes someone owe, and what dates it sets."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django import template
from django.db.models import prefetch_related_objects
from django.urls import reverse

from conventions.models import Convention
from conventions.models.listing import parties_in_order
from conventions.rules.texte import Block, place
from engagements.enums import EngagementSituation
from engagements.models import Engagement
from engagements.rules.situations import situation_on
from reminders.models import Deadline

register = template.Library()

DATES_AN_ARTICLE = 2
_SIDES = {1: "note--party-a", 2: "note--party-b"}


class EngagementNote(NamedTuple):
    code: str
    title: str
    href: str
    state: str
    label: str
    debtors: str
    side: str
    passage: str


class DateNote(NamedTuple):
    title: str
    due_on: date
    href: str


class Notes(NamedTuple):
    engagements: Mapping[int, list[EngagementNote]]
    dates: Mapping[int, list[DateNote]]


class Row(NamedTuple):
    """One block of the wording with the notes that stand beside it."""

    block: Block
    engagements: list[EngagementNote]
    dates: list[DateNote]

    @property
    def has_notes(self) -> bool:
        return bool(self.engagements or self.dates)

    @property
    def is_crowded(self) -> bool:
        """More than two promises in one paragraph: one line each, titles on their own page."""
        return len(self.engagements) > 2


@register.simple_tag
def margin_notes(convention: Convention, on: date) -> Notes:
    """Read the notes of every article: one query for engagements, one for dates."""
    prefetch_related_objects([convention], parties_in_order())
    return Notes(_engagements(convention, on), _dates(convention, on))


@register.filter
def rows_with(article, notes: Notes) -> list[Row]:
    """Set each note beside the paragraph it comes from, dates beside the first one."""
    article_id = article.version.article_id
    shown = article.blocks or [Block()]
    beside = defaultdict(list)
    for note in notes.engagements.get(article_id, ()):
        beside[place(note.passage, shown)].append(note)
    dates = notes.dates.get(article_id, [])
    return [
        Row(block, beside[rank], dates if rank == 0 else []) for rank, block in enumerate(shown)
    ]


def _engagements(convention: Convention, on: date) -> dict[int, list[EngagementNote]]:
    parties = {party.pk: party for party in convention.parties.all()}
    rows = Engagement.objects.standing(on=on).filter(convention=convention, article__isnull=False)
    columns = ("pk", "number", "article_id", "title", "wording", "state", "due_on", "recurrence")
    debtors, facts = defaultdict(list), {}
    for pk, *fact, party_id in rows.order_by("number").values_list(*columns, "debts__party_id"):
        facts[pk] = fact
        if party_id in parties:
            debtors[pk].append(parties[party_id])
    notes = defaultdict(list)
    for pk, (number, article_id, title, wording, state, due_on, recurrence) in facts.items():
        situation = situation_on(on, state=state, due_on=due_on, recurrence=recurrence)
        notes[article_id].append(
            EngagementNote(
                code=f"E{number}",
                title=title,
                href=reverse("engagements:detail", args=[pk]),
                state=situation.replace("_", "-"),
                label=EngagementSituation(situation).label,
                debtors=_who(debtors[pk], len(parties)),
                side=_side(debtors[pk]),
                passage=wording,
            )
        )
    return notes


def _who(debtors: list, parties: int) -> str:
    if not debtors or 1 < parties <= len(debtors):
        return "ensemble"
    return ", ".join(party.alias for party in debtors)


def _side(debtors: list) -> str:
    return _SIDES.get(debtors[0].position, "") if len(debtors) == 1 else ""


def _dates(convention: Convention, on: date) -> dict[int, list[DateNote]]:
    coming = Deadline.objects.upcoming(on=on).filter(
        convention=convention, article__isnull=False, engagement__isnull=True
    )
    notes = defaultdict(list)
    for pk, article_id, title, due_on in coming.order_by("due_on", "pk").values_list(
        "pk", "article_id", "title", "due_on"
    ):
        if len(notes[article_id]) < DATES_AN_ARTICLE:
            notes[article_id].append(
                DateNote(title, due_on, reverse("reminders:detail", args=[pk]))
            )
    return notes

"""Notes in the margin of the text: what each article makes someone owe, and what dates it sets."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django import template
from django.db.models import prefetch_related_objects
from django.urls import reverse

from conventions.models import Convention
from conventions.models.convention import owing_on
from conventions.models.listing import parties_in_order
from conventions.rules.texte import Block, place
from engagements.enums import EngagementSituation
from engagements.models import Engagement, Target
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


class TargetNote(NamedTuple):
    name: str
    year: int
    quantity: Decimal
    unit: str
    href: str


class Notes(NamedTuple):
    engagements: Mapping[int, list[EngagementNote]]
    targets: Mapping[int, list[TargetNote]]
    dates: Mapping[int, list[DateNote]]


class Row(NamedTuple):
    """One block of the wording with the notes that stand beside it."""

    block: Block
    engagements: list[EngagementNote]
    targets: list[TargetNote]
    dates: list[DateNote]

    @property
    def has_notes(self) -> bool:
        return bool(self.engagements or self.targets or self.dates)

    @property
    def is_crowded(self) -> bool:
        """More than two promises in one paragraph: one line each, titles on their own page."""
        return len(self.engagements) > 2


@register.simple_tag
def margin_notes(convention: Convention, on: date, read_on: date) -> Notes:
    """Read what each article made owed and aimed at on `read_on`, as it stands today.

    One query for engagements, one for targets, one for dates; a text of the past has no date ahead.
    """
    prefetch_related_objects([convention], parties_in_order())
    return Notes(
        _engagements(convention, on, read_on),
        _targets(convention, read_on),
        _dates(convention, on) if read_on >= on else {},
    )


@register.filter
def rows_with(article, notes: Notes) -> list[Row]:
    """Set each note beside the paragraph it comes from, targets and dates beside the first one."""
    article_id = article.version.article_id
    shown = article.blocks or [Block()]
    beside = defaultdict(list)
    for note in notes.engagements.get(article_id, ()):
        beside[place(note.passage, shown)].append(note)
    first = (notes.targets.get(article_id, []), notes.dates.get(article_id, []))
    return [
        Row(block, beside[rank], *(first if rank == 0 else ([], [])))
        for rank, block in enumerate(shown)
    ]


def _engagements(
    convention: Convention, on: date, read_on: date
) -> dict[int, list[EngagementNote]]:
    parties = {party.pk: party for party in owing_on(convention.parties.all(), read_on)}
    rows = Engagement.objects.standing(on=read_on).filter(
        convention=convention, article__isnull=False
    )
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


def _targets(convention: Convention, read_on: date) -> dict[int, list[TargetNote]]:
    """What each article aims at for the year one reads it in."""
    rows = Target.objects.binding(on=read_on).filter(
        convention=convention, article__isnull=False, year=read_on.year
    )
    notes = defaultdict(list)
    page = reverse("engagements:indicators", args=[convention.pk])
    for article_id, quantity, name, unit in rows.order_by("indicator__code", "pk").values_list(
        "article_id", "quantity", "indicator__name", "indicator__unit"
    ):
        notes[article_id].append(TargetNote(name, read_on.year, quantity, unit, page))
    return notes


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

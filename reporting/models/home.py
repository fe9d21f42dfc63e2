"""What the home page reads: rows of every floor, for one person on one day."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from accounts.models import JournalEntry
from conventions.enums import ActStatus, ConventionStatus, ProposalStatus, Situation
from conventions.models import (
    ArticleVersion,
    Convention,
    Party,
    Reading,
    RevoyureClause,
    Round,
)
from conventions.rules.cycle import BINDING, situation_on
from engagements.enums import RevoyureStatus, State
from engagements.models import Contribution, Debt, Engagement
from engagements.rules.situations import PROCHE
from reminders.models import Deadline
from reminders.models.listing import open_to

SOON = 183


def followed(conventions: QuerySet[Convention], *, on: date) -> QuerySet[Convention]:
    """Signed and not known to have ended: those whose engagements and dates still count."""
    return conventions.signees().filter(closed_on__isnull=True).exclude(terminated_on__lt=on)


def engagements_to_answer(
    parties: QuerySet[Party], conventions: QuerySet[Convention], *, on: date
) -> QuerySet[Engagement]:
    """What these parties owe and is late, near, or contested."""
    mine = Debt.objects.filter(engagement=OuterRef("pk"), party__in=parties.order_by())
    near = Engagement.objects.standing(on=on).awaited().filter(due_on__lte=on + PROCHE)
    contested = Engagement.objects.standing(on=on).filter(state=State.CONTESTE)
    return (
        (near | contested)
        .filter(Exists(mine), convention__in=followed(conventions, on=on))
        .select_related("convention")
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )


def contributions_awaited(parties: QuerySet[Party]) -> QuerySet[Contribution]:
    """The contributions these parties have not handed over to a review that is open."""
    days = (
        RevoyureClause.objects.standing()
        .filter(convention=OuterRef("revoyure__convention"))
        .order_by("-act__number")
    )
    return (
        Contribution.objects.filter(
            party__in=parties.order_by(),
            handed_over_at__isnull=True,
            revoyure__status=RevoyureStatus.OUVERTE,
        )
        .select_related("revoyure__convention", "party")
        .annotate(days=Subquery(days.values("contribution_days")[:1]))
        .order_by("revoyure__opened_on", "pk")
    )


def conventions_to_move(parties: QuerySet[Party], signing: QuerySet[Party]) -> QuerySet[Convention]:
    """What waits to be read by these parties, or to be signed by those.

    Where rounds are open, `turns_held` and `texts_to_read` say who must act.
    """
    in_rounds = Round.objects.filter(
        act__convention=OuterRef("pk"), act__number=0, closed_at__isnull=True
    )
    to_read = Q(
        ~Q(Exists(in_rounds), status=ConventionStatus.EN_NEGOCIATION),
        pk__in=parties.order_by().values("convention"),
        status__in=[
            ConventionStatus.EN_NEGOCIATION,
            ConventionStatus.EN_VALIDATION,
            ConventionStatus.EN_SIGNATURE,
        ],
    )
    to_sign = Q(
        pk__in=signing.order_by().values("convention"), status=ConventionStatus.EN_SIGNATURE
    )
    return Convention.objects.filter(to_read | to_sign).order_by("reference")


def _open_rounds(parties: QuerySet[Party]) -> QuerySet[Round]:
    """The rounds open in the negotiations of these parties, oldest first."""
    return (
        Round.objects.filter(
            closed_at__isnull=True,
            act__status=ActStatus.EN_NEGOCIATION,
            act__convention__in=parties.order_by().values("convention"),
        )
        .select_related("act__convention", "holder")
        .order_by("opened_at", "pk")
    )


def turns_held(parties: QuerySet[Party]) -> QuerySet[Round]:
    """The texts whose pen these parties hold, each with how many proposals wait for an answer."""
    waiting = Q(act__proposals__status=ProposalStatus.OUVERTE)
    return (
        _open_rounds(parties)
        .filter(holder__in=parties.order_by())
        .annotate(waiting=Count("act__proposals", filter=waiting))
    )


def texts_to_read(parties: QuerySet[Party], user) -> QuerySet[Round]:
    """The texts another party writes, which the person has not read since its round began."""
    read = Reading.objects.filter(
        act=OuterRef("act"), reader=user, read_at__gte=OuterRef("opened_at")
    )
    return _open_rounds(parties).filter(~Exists(read)).exclude(holder__in=parties.order_by())


def coming_deadlines(
    deadlines: QuerySet[Deadline], parties: QuerySet[Party], *, on: date
) -> QuerySet[Deadline]:
    """The next of the dates one may see; `is_own` where the person acts for a party.

    What one's own sides have closed for themselves is left out.
    """
    own = parties.order_by().filter(convention=OuterRef("convention"))
    return (
        open_to(deadlines.upcoming(on=on), parties)
        .select_related("convention")
        .annotate(is_own=Exists(own))
        .order_by("due_on", "pk")
    )


def late_engagements(conventions: QuerySet[Convention], *, on: date) -> QuerySet[Engagement]:
    """What anyone owes and is late, the oldest first, with debtors and article number."""
    numbers = ArticleVersion.objects.numbering().filter(article=OuterRef("article"))
    return (
        Engagement.objects.overdue(on=on)
        .filter(convention__in=followed(conventions, on=on))
        .select_related("convention")
        .prefetch_related(Prefetch("debts", Debt.objects.select_related("party")))
        .annotate(article_number=Subquery(numbers.values("number")[:1]))
        .order_by("due_on", "pk")
    )


def recent_lines(conventions: QuerySet[Convention]) -> QuerySet[JournalEntry]:
    """The last acts in these conventions, each with the reference it happened in."""
    reference = Convention.objects.filter(pk=OuterRef("dossier_id")).values("reference")
    return JournalEntry.objects.filter(dossier_id__in=conventions.order_by().values("pk")).annotate(
        reference=Subquery(reference[:1])
    )


def by_term(conventions: QuerySet[Convention], *, on: date) -> QuerySet[Convention]:
    """Those that still live, the nearest term first."""
    return (
        conventions.exclude(terminated_on__lt=on)
        .filter(closed_on__isnull=True)
        .prefetch_related(Prefetch("parties", Party.objects.order_by("position")))
        .order_by(F("ends_on").asc(nulls_last=True), "reference")
    )


@dataclass
class RegionLine:
    """A region's conventions, counted by what they are on the day."""

    code: str
    name: str
    running: int = 0
    ending: int = 0
    past: int = 0
    late: int = 0


def by_region(conventions: QuerySet[Convention], *, on: date) -> list[RegionLine]:
    """One line a region: how many are in force, ending soon, past their term; what is late."""
    soon = on + timedelta(days=SOON)
    lines: dict[int, RegionLine] = {}
    rows = conventions.filter(region__isnull=False).order_by("region__name")
    dates = ("status", "starts_on", "ends_on", "closed_on", "terminated_on")
    for pk, code, name, *fact in rows.values_list(
        "region_id", "region__code", "region__name", *dates
    ):
        line = lines.setdefault(pk, RegionLine(code, name))
        situation = situation_on(on, **dict(zip(dates, fact, strict=True)))
        line.running += situation in BINDING
        line.past += situation == Situation.POURSUITE_DE_FAIT
        ends_on = fact[2]
        line.ending += situation in BINDING and bool(ends_on and ends_on <= soon)
    for pk, late in _late_by_region(conventions, on=on):
        if pk in lines:
            lines[pk].late = late
    return list(lines.values())


def _late_by_region(conventions: QuerySet[Convention], *, on: date) -> QuerySet:
    late = Engagement.objects.overdue(on=on).filter(convention__in=followed(conventions, on=on))
    return late.order_by().values_list("convention__region").annotate(count=Count("pk"))

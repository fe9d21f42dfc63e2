"""The list of dates as one question: filters, words looked for, order; and its count by place."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet
from django.utils.http import urlencode

from conventions.models import Convention, Party
from conventions.models.listing import covering
from reminders.enums import AnswerKind, DeadlineSituation
from reminders.models.added import CLOSING, DeadlineAnswer, DeadlineNote
from reminders.models.deadline import Deadline, DeadlineQuerySet, late_on
from reminders.rules.deadlines import EACH_SIDE
from reminders.rules.liste import (
    ALL,
    AWAITING,
    COMING,
    DONE,
    ELAPSED,
    LATE,
    REPLACED,
    VOID,
    Filtres,
    folded,
)
from territories.enums import TerritoryKind
from territories.models import Containment, Territory

# How far ahead a count by place looks.
SOON = timedelta(days=90)
_CLOSED = {
    AnswerKind.FAITE: DeadlineSituation.FAITE,
    AnswerKind.SANS_OBJET: DeadlineSituation.SANS_OBJET,
}


def listed(
    deadlines: DeadlineQuerySet, filtres: Filtres, sides: QuerySet[Party], *, on: date
) -> DeadlineQuerySet:
    """Return the dates that answer `filtres`, in the order asked for.

    `sides` are the parties whose people the reader is one of: what they closed for themselves is
    closed on their list, and «ce qui m’attend» is what none of them answered.
    """
    rows = _in_state(deadlines, filtres.etat, sides, on=on)
    if filtres.nature:
        rows = rows.filter(kind=filtres.nature)
    if filtres.periode:
        rows = rows.around(on, days=int(filtres.periode))
    if filtres.attend:
        rows = rows.filter(_awaits(sides))
    conventions = _conventions(filtres, rows, on=on)
    if conventions is not None:
        rows = rows.filter(convention__in=conventions)
    return rows.order_by(*filtres.order)


def for_list(
    rows: DeadlineQuerySet, answers: QuerySet[DeadlineAnswer], notes: QuerySet[DeadlineNote]
) -> DeadlineQuerySet:
    """Bring what a line shows: convention, parties, answers and notes that one may know of."""
    known = Prefetch("answers", answers.select_related("party", "by"), to_attr="known_answers")
    noted = notes.filter(convention=OuterRef("convention"), key=OuterRef("key"))
    return (
        rows.with_context()
        .select_related("owner", "reserved_to", "party")
        .prefetch_related(known)
        .annotate(has_notes=Exists(noted))
    )


def situation_here(deadline: Deadline, on: date) -> DeadlineSituation:
    """Return what a line of `for_list` is to its reader, whose side may have closed it apart."""
    if deadline.kind in EACH_SIDE and deadline.is_live and deadline.done_on is None:
        for one in deadline.known_answers:
            if one.kind in CLOSING:
                return _CLOSED[one.kind]
    return deadline.situation_on(on)


def open_to(deadlines: DeadlineQuerySet, sides: QuerySet[Party]) -> DeadlineQuerySet:
    """Leave out what one's own sides have all closed for themselves."""
    return deadlines.exclude(_closed_apart(sides))


def _in_state(
    deadlines: DeadlineQuerySet, state: str, sides: QuerySet[Party], *, on: date
) -> DeadlineQuerySet:
    if state in {DONE, VOID}:
        closed = Q(done_on__isnull=False, not_applicable=state == VOID)
        kind = AnswerKind.SANS_OBJET if state == VOID else AnswerKind.FAITE
        return deadlines.fixed().filter(closed | _closed_apart(sides, kind=kind))
    if state == REPLACED:
        return deadlines.filter(retired_at__isnull=False, rolling=False)
    if state == ELAPSED:
        return deadlines.elapsed(on=on)
    if state == ALL:
        return deadlines.fixed()
    asked = {LATE: deadlines.overdue, COMING: deadlines.upcoming, AWAITING: deadlines.awaiting}
    return open_to(asked[state](on=on), sides)


def _closed_apart(sides: QuerySet[Party], *, kind: str = "") -> Q:
    """What every side of the reader closed for itself, where each side answers for itself."""
    closing = DeadlineAnswer.objects.closing()
    if kind:
        closing = closing.filter(kind=kind)
    said = closing.filter(deadline=OuterRef("pk"), party__in=sides.order_by())
    silent = _silent(sides, DeadlineAnswer.objects.closing())
    return Q(kind__in=EACH_SIDE) & Q(Exists(said)) & ~Q(Exists(silent))


def _awaits(sides: QuerySet[Party]) -> Q:
    """What concerns a side of the reader that has not answered it, and their own dates."""
    silent = _silent(sides, DeadlineAnswer.objects.standing())
    everybody = Q(party__isnull=True, engagement__isnull=True) & Q(Exists(silent))
    one_party = Q(Exists(silent.filter(pk=OuterRef("party"))))
    debtors = Q(Exists(silent.filter(debts__engagement=OuterRef("engagement"))))
    concerned = Q(owner__isnull=False) | everybody | one_party | debtors
    return Q(done_on__isnull=True, retired_at__isnull=True) & concerned


def _silent(sides: QuerySet[Party], answers: QuerySet[DeadlineAnswer]) -> QuerySet[Party]:
    """The sides of a deadline's convention of which none of these answers is."""
    said = answers.filter(deadline=OuterRef(OuterRef("pk")), party=OuterRef("pk"))
    return sides.order_by().filter(~Exists(said), convention=OuterRef("convention"))


def _conventions(
    filtres: Filtres, rows: DeadlineQuerySet, *, on: date
) -> QuerySet[Convention] | None:
    """The conventions that the words and the places leave, or None for all."""
    if not (filtres.convention or filtres.region or filtres.territoire):
        return None
    found = Convention.objects.order_by()
    if filtres.region:
        found = found.filter(region__code=filtres.region)
    if filtres.territoire:
        found = found.filter(_there(filtres.territoire, on=on))
    if filtres.convention:
        found = found.filter(pk__in=_named(filtres.convention, rows))
    return found


def _there(name: str, *, on: date) -> Q:
    """Conventions of a place, of what holds it, or of a département around them."""
    known = Q(name__icontains=name) | Q(code=name)
    around = Territory.objects.filter(known, kind=TerritoryKind.DEPARTEMENT)
    held = Containment.objects.in_force(on=on)
    inside = held.filter(parent__in=around).values("child")
    astride = held.filter(child__in=inside).values("parent")
    return covering(name, on=on) | Q(territory__in=inside) | Q(territory__in=astride)


def _named(words: str, rows: DeadlineQuerySet) -> list[int]:
    """Those whose reference, title, parties or organisations hold these words, accents or not.

    The names are compared here: the two databases fold letters differently, and there are a few
    thousand conventions at the most.
    """
    sought = folded(words)
    seen = Convention.objects.order_by().filter(pk__in=rows.order_by().values("convention"))
    found = {
        pk for pk, *names in seen.values_list("pk", "reference", "title")
        if any(sought in folded(name) for name in names)
    }  # fmt: skip
    parties = Party.objects.order_by().filter(convention__in=seen)
    names = parties.values_list("convention", "alias", "name_as_signed", "organisation__name")
    return list(found | {pk for pk, *said in names if any(sought in folded(n) for n in said)})


@dataclass(frozen=True)
class Place:
    """A region or a territory, with what its dates are worth looking at."""

    code: str
    name: str
    conventions: int
    late: int
    soon: int
    next_on: date | None
    query: str

    @property
    def late_words(self) -> str:
        return str(self.late)


def by_region(deadlines: DeadlineQuerySet, *, on: date) -> QuerySet:
    """Count the dates by region, in one query: `Place`s as mappings."""
    return _counted(deadlines, "region", on=on)


def by_territory(deadlines: DeadlineQuerySet, region: str, *, on: date) -> QuerySet:
    """Count the dates of a region by territory (EPCI), in one query."""
    return _counted(deadlines.filter(convention__region__code=region), "territory", on=on)


def _counted(deadlines: DeadlineQuerySet, place: str, *, on: date) -> QuerySet:
    code, name = f"convention__{place}__code", f"convention__{place}__name"
    coming = Q(due_on__gte=on)
    return (
        deadlines.awaiting(on=on)
        .filter(**{f"convention__{place}__isnull": False})
        .order_by(name, code)
        .values(code, name)
        .annotate(
            conventions=Count("convention", distinct=True),
            late=Count("pk", filter=late_on(on)),
            soon=Count("pk", filter=coming & Q(due_on__lte=on + SOON)),
            next_on=Min("due_on", filter=coming),
        )
    )


def places(rows, *, region: str) -> list[Place]:
    """Read what `by_region` counts or, with a region, `by_territory`."""
    place = "territory" if region else "region"
    found = []
    for row in rows:
        code = row[f"convention__{place}__code"]
        name = row[f"convention__{place}__name"]
        within = {"region": region, "territoire": code} if region else {"region": code}
        counted = (row[key] for key in ("conventions", "late", "soon", "next_on"))
        found.append(Place(code, name, *counted, urlencode(within)))
    return found

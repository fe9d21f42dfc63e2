"""What the simulator reads: the ways out, act after act, and what falls while a notice runs.

Nothing here writes: a question leaves no trace, so that nobody learns that it was asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from accounts.access import scope_of
from accounts.models import Membership, User
from accounts.rules.roles import Capability, roles_with
from conventions.access import acting_parties
from conventions.models import Act, Convention, Party, TerminationClause
from conventions.models.endings_read import KIND_OF, Way, review_clause, ways_of
from engagements.models import Engagement
from engagements.rules.recurrence import next_due_on
from engagements.rules.situations import awaited
from reminders.access import visible_to
from reminders.actions.gathering_clauses import origin_of, termination_facts
from reminders.enums import DeadlineKind
from reminders.models import Deadline
from reminders.rules.facts import TerminationFacts
from reminders.rules.simulator import Frame, Route, Version
from territories.enums import Zone

ONE_DAY = timedelta(days=1)
NAMED = 8
COUNTED = frozenset(KIND_OF.values())


def frame_of(convention: Convention) -> Frame:
    """Return the limits of a signed convention."""
    return Frame(convention.starts_on, convention.ends_on, Zone(convention.zone))


@dataclass(frozen=True)
class Outlet:
    """A way out as the page shows it: its words and article today, its versions in time."""

    way: Way
    route: Route


def outlets(convention: Convention, *, since: date, until: date) -> list[Outlet]:
    """Return every way out that binds some day from `since` to `until`, with its versions.

    The clause of an article that an act writes anew follows the former one; so does one that says
    which it replaces.
    """
    first = max(since, convention.starts_on)
    acts = {act.pk: act for act in convention.acts.signed()}
    days = [first, *_days_of_change(convention, acts.values(), first, until)]
    found: dict[object, list[tuple[Way, Version]]] = {}
    for day, ends_on in zip(days, [*days[1:], None], strict=True):
        review = review_clause(convention, on=day)
        for way in prevailing(_leaving(convention, day), acts):
            version = _version(way, review, acts, convention, from_on=day, until_on=ends_on)
            _join(found, way, version)
    return [
        Outlet(known[-1][0], Route(known[-1][0].kind, tuple(version for _, version in known)))
        for known in found.values()
    ]


def _leaving(convention: Convention, day: date) -> list[Way]:
    """The ways that set a date of their own: going to the term asks for no count."""
    return [way for way in ways_of(convention, on=day) if way.kind in COUNTED]


def prevailing(ways: list[Way], acts: dict[int, Act]) -> list[Way]:
    """Keep, of an article that acts wrote more than once, the clauses of the last one."""
    last: dict[int, int] = {}
    for way in ways:
        if way.clause and way.clause.article_id:
            number = acts[way.clause.act_id].number
            last[way.clause.article_id] = max(number, last.get(way.clause.article_id, 0))
    return [
        way
        for way in ways
        if not way.clause
        or not way.clause.article_id
        or acts[way.clause.act_id].number == last[way.clause.article_id]
    ]


def _days_of_change(
    convention: Convention, acts: Iterable[Act], first: date, until: date
) -> list[date]:
    clauses = TerminationClause.objects.filter(convention=convention, act__in=[*acts])
    later = {act.effective_on for act in acts} | set(clauses.values_list("effective_on", flat=True))
    return sorted(day for day in later if day is not None and first < day <= until)


def _version(
    way: Way, review, acts: dict[int, Act], convention: Convention, *, from_on: date, until_on
) -> Version:
    act_id = way.clause.act_id if way.clause else review.act_id
    # The first version binds since its own day, not since the day of the question.
    written_on = acts[act_id].effective_on or from_on
    begins = max(min(from_on, written_on), convention.starts_on)
    return Version(
        act=str(acts[act_id]),
        from_on=begins,
        until_on=until_on,
        clause=_facts(way) if way.clause else None,
        basis=review.year_basis if review else "",
        disagreement=review.disagreement if review else "",
    )


def _facts(way: Way) -> TerminationFacts:
    clause = way.clause
    labels = {clause.article_id: way.article.label} if way.article else {}
    return termination_facts(clause, origin_of(clause, labels))


def _join(found: dict[object, list[tuple[Way, Version]]], way: Way, version: Version) -> None:
    """Set a version after the one it continues, or begin a way out."""
    for known in found.values():
        last_way, last = known[-1]
        if not _continues(way, last_way):
            continue
        if (last.clause, last.act, last.basis) == (version.clause, version.act, version.basis):
            known[-1] = (way, replace(last, until_on=version.until_on))
        elif last.until_on is not None:
            known.append((way, replace(version, from_on=last.until_on)))
        else:
            continue
        return
    found[object()] = [(way, version)]


def _continues(way: Way, former: Way) -> bool:
    if way.kind != former.kind:
        return False
    if way.clause is None or former.clause is None:
        return way.clause is former.clause
    same_article = way.clause.article_id and way.clause.article_id == former.clause.article_id
    return bool(
        way.clause.pk == former.clause.pk
        or way.clause.replaces_id == former.clause.pk
        or (same_article and way.clause.act_id != former.clause.act_id)
    )


@dataclass(frozen=True)
class Due:
    """One thing to finish, or a day of this very count: its day, its name, its page if any."""

    day: date
    title: str
    source: str
    deadline: Deadline | None = None
    engagement: Engagement | None = None


def meanwhile(user, convention: Convention, *, since: date, until: date, on: date) -> list[Due]:
    """Return what falls from `since` to `until`, in order: dates, then later turns of what recurs.

    The last days to post other letters are left out: this letter is the question.
    """
    rows = (
        visible_to(user, on=on)
        .to_do()
        .filter(convention=convention, due_on__range=(since, until))
        .exclude(kind=DeadlineKind.RESILIATION)
    )
    found = [Due(row.due_on, row.title, row.source, deadline=row) for row in rows]
    found += _turns(convention, since=since, until=until, on=on)
    return sorted(found, key=lambda due: (due.day, due.title))


def _turns(convention: Convention, *, since: date, until: date, on: date) -> list[Due]:
    """The turns after the next one, of which no deadline is projected yet."""
    rows = convention.engagements.standing(on=on).filter(due_on__isnull=False, due_on__lt=until)
    found = []
    for row in rows:
        if not awaited(row.state, row.recurrence):
            continue
        last = min(until, row.ends_on) if row.ends_on else until
        day = next_due_on(row.due_on, row.recurrence, until=last)
        while day is not None:
            if day >= since:
                title = f"{row.code} {row.title}"
                found.append(Due(day, title, row.get_recurrence_display(), engagement=row))
            day = next_due_on(day, row.recurrence, until=last)
    return found


def late_now(user, convention: Convention, *, on: date) -> int:
    """Count what is already late: it is owed whatever the letter says."""
    return visible_to(user, on=on).overdue(on=on).filter(convention=convention).count()


def own_parties(user, convention: Convention, *, on: date) -> list[Party]:
    """The parties whose bodies would have to decide: one's own; all of them for the platform."""
    if scope_of(user, on=on).is_platform:
        return list(convention.parties.in_force(on=on).select_related("organisation"))
    parties = acting_parties(user, convention, Capability.READ, on=on)
    return list(parties.select_related("organisation"))


def colleagues(user, parties: Iterable[Party], *, on: date) -> list[User]:
    """Name those of one's own organisations who may open the same address."""
    scope = scope_of(user, on=on)
    bound = {party.organisation_id for party in parties}
    through = [pk for pk in scope.organisations_with(Capability.READ) if pk in bound]
    through += [row.organisation_id for row in scope.regional if row.acts_for_id in bound]
    members = Membership.objects.in_force(on=on).filter(
        organisation__in=through, role__in=roles_with(Capability.READ)
    )
    people = User.objects.filter(is_active=True, pk__in=members.order_by().values("user"))
    return list(people.exclude(pk=user.pk).order_by("last_name", "first_name", "pk")[: NAMED + 1])

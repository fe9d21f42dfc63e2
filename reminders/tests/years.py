"""Five years of dates made by chance, and what should have been said of them, told another way.

The story is plain data: dates, people, and what happens to them on which evening. `Years` plays it
on the portal; `expected` tells from the same data, without the portal's code, who should read what
on which local day. Only the numbers of the ladders, and which kinds are expected once late, come
from the rules.

Every day has two instants: the sender passes when it is evening nowhere and eight o'clock is behind
everywhere, then people act. What they do holds from the next day.
"""

import calendar
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from reminders.enums import DeadlineKind as Kind
from reminders.enums import Rhythm
from reminders.rules.deadlines import EXPECTED
from reminders.rules.ladder import LADDERS

FIRST, LAST = date(2027, 1, 1), date(2031, 12, 31)
DAY = timedelta(days=1)
# Those with few rungs are many, for the sake of time; some are told once late, some escalate.
KINDS = (
    *[Kind.CONTROLE_LEGALITE] * 6, *[Kind.AJOUTEE] * 3, Kind.REPONSE_LRE, Kind.FIN_PREAVIS,
    Kind.HABILITATION, Kind.ENGAGEMENT,
)  # fmt: skip
RHYTHMS = (Rhythm.CHACUN, Rhythm.QUOTIDIEN, Rhythm.HEBDOMADAIRE)


@dataclass(frozen=True)
class Side:
    """The people of one convention and what becomes of them; names stand for addresses."""

    number: int
    rhythm: Rhythm
    joined_on: date | None = None
    left_on: date | None = None
    emptied_on: date | None = None
    absences: tuple[tuple[date, date], ...] = ()
    has_outsider: bool = False

    def name(self, who: str) -> str:
        return f"{who}{self.number}@exemple.fr"

    def told(self, on: date) -> set[str]:
        """Who hears of what the body owes: those who follow, else who runs it, else an address."""
        follow = set()
        if self.left_on is None or on <= self.left_on:
            follow.add(self.name("responsable"))
        if self.joined_on is not None and on > self.joined_on and not self._is_empty(on):
            follow.add(self.name("contributeur"))
        if not follow:
            follow = {self.name("repli" if self._is_empty(on) else "administrateur")}
        return follow | ({self.name("notaire")} if self.has_outsider else set())

    def above(self, on: date) -> set[str]:
        boss = self.name("repli" if self._is_empty(on) else "administrateur")
        if boss not in self.told(on):
            return {boss}
        return {self.name("repli")} - self.told(on)

    def reader(self, name: str, on: date) -> str:
        """Whoever reads the mail of an absent person that day."""
        away = any(start <= on <= end for start, end in self.absences)
        return self.name("administrateur") if away and name == self.name("responsable") else name

    def _is_empty(self, on: date) -> bool:
        return self.emptied_on is not None and on > self.emptied_on


@dataclass
class Plan:
    """One date: since which evening it is known, and when it is done, taken up again, replaced."""

    number: str
    kind: Kind
    side: Side
    of_partner: bool
    due_on: date
    known_on: date = FIRST - DAY
    done_on: date | None = None
    reopened_on: date | None = None
    moved_on: date | None = None
    becomes: "Plan | None" = None

    @property
    def title(self) -> str:
        return f"Date {self.number}"

    def is_silent(self, on: date) -> bool:
        """Whether nothing may leave that day: done and not taken up again, or replaced."""
        if self.moved_on is not None and on > self.moved_on:
            return True
        done = self.done_on is not None and on > self.done_on
        return done and (self.reopened_on is None or on <= self.reopened_on)


@dataclass
class Story:
    sides: list[Side]
    plans: list[Plan] = field(default_factory=list)


def make_story(count: int, *, sides: int, seed: int) -> Story:
    chance = Random(seed)
    story = Story([_side(rank, chance) for rank in range(sides)])
    while len(story.plans) < count:
        story.plans.append(_plan(len(story.plans), chance.choice(story.sides), chance))
    return story


def _side(rank: int, chance: Random) -> Side:
    """Each with its rhythm; one in three is left by its people, another takes somebody on."""
    joined = FIRST + chance.randrange(200, 900) * DAY if rank % 3 == 0 else None
    left = FIRST + chance.randrange(300, 900) * DAY if rank % 3 == 1 else None
    return Side(
        number=rank,
        # Those who leave have no rhythm: what was moved to a Monday would blur when they left.
        rhythm=RHYTHMS[rank // 3 % 3],
        joined_on=joined,
        left_on=left,
        emptied_on=left and left + chance.randrange(100, 500) * DAY,
        absences=tuple(_absences(chance)) if rank % 3 == 2 else (),
        has_outsider=rank % 4 == 0,
    )


def _absences(chance: Random) -> Iterator[tuple[date, date]]:
    start = FIRST
    while (start := start + chance.randrange(60, 300) * DAY) < LAST:
        end = start + chance.randrange(0, 30) * DAY
        yield start, end
        start = end


def _plan(rank: int, side: Side, chance: Random) -> Plan:
    """Nobody closes the dates of those who left; the other fates are everybody's."""
    due_on = FIRST + chance.randrange(45, 1800) * DAY
    plan = Plan(f"{rank:05d}", chance.choice(KINDS), side, chance.random() < 0.2, due_on)
    fate = chance.random()
    if fate < 0.06:
        plan.known_on = due_on - chance.randrange(1, 12) * DAY
    elif fate < 0.14 and (plan.of_partner or side.left_on is None):
        plan.done_on = due_on - chance.randrange(-3, 30) * DAY
        if fate > 0.10:
            plan.reopened_on = plan.done_on + chance.randrange(1, 15) * DAY
    elif 0.14 <= fate < 0.22:
        plan.moved_on = due_on - chance.randrange(2, 40) * DAY
        moved = due_on + chance.choice((-1, 1)) * chance.randrange(1, 40) * DAY
        becomes = max(moved, plan.moved_on + DAY)
        if becomes == due_on:
            becomes += DAY
        plan.becomes = Plan(
            f"{rank:05d}b", plan.kind, side, plan.of_partner, becomes, known_on=plan.moved_on
        )
    return plan


# What should be read ------------------------------------------------------------------------------


def expected(story: Story) -> Counter:
    """Count what should be read: (day, address, title, how it is meant)."""
    found: Counter = Counter()
    for plan in story.plans:
        first = Counter(_readings(plan))
        found += first
        if plan.becomes is not None:
            found += Counter(_readings(plan.becomes))
            found += _corrections(plan, first)
    return Counter({(*what[:3], what[4]): times for what, times in found.items()})


def _readings(plan: Plan) -> Iterator[tuple]:
    """Yield (day, address read, title, person meant, nature) for each thing said of one date."""
    for name in _names(plan):
        for day in _told_days(plan, name):
            if FIRST <= day <= LAST and name in _told(plan, day) and not plan.is_silent(day):
                yield day, _reader(plan, name, day), plan.title, name, "rappel"
    escalates = LADDERS[plan.kind].escalates
    if escalates is None or plan.of_partner:
        return
    day = plan.due_on - escalates * DAY
    if plan.known_on < day <= LAST and not plan.is_silent(day):
        for name in plan.side.above(day):
            yield day, name, plan.title, name, "escalade"


def _corrections(plan: Plan, said: Counter) -> Counter:
    """Whoever had read the old date is told, the day after it moved; for who left, the address."""
    day = plan.moved_on + DAY
    names = {name for (_, _, _, name, _) in said}
    if day > LAST:
        return Counter()
    follow = _told(plan, day)
    heirs = {plan.side.name("repli")} if names - follow else set()
    title = plan.becomes.title
    return Counter(
        (day, _reader(plan, name, day), title, name, "correction")
        for name in (names | heirs) & follow
    )


def _names(plan: Plan) -> set[str]:
    if plan.of_partner:
        return {"partenaire@exemple.fr"}
    people = ("responsable", "contributeur", "administrateur", "repli", "notaire")
    return {plan.side.name(who) for who in people}


def _told(plan: Plan, day: date) -> set[str]:
    return {"partenaire@exemple.fr"} if plan.of_partner else plan.side.told(day)


def _reader(plan: Plan, name: str, day: date) -> str:
    return name if plan.of_partner else plan.side.reader(name, day)


def _told_days(plan: Plan, name: str) -> Iterator[date]:
    """Yield the days of one person's reminders; of what comes too late, one at once."""
    before, late = _rung_days(plan)
    ahead = [day for day in before if day > plan.known_on]
    if not ahead and name in _told(plan, plan.known_on + DAY):
        yield plan.known_on + DAY
    weekly = name == plan.side.name("responsable") and plan.side.rhythm == Rhythm.HEBDOMADAIRE
    for day in ahead:
        monday = day - day.weekday() * DAY
        yield monday if weekly and _leaves_on(plan, monday) else day
    yield from (day for day in late if day > plan.known_on)


def _leaves_on(plan: Plan, monday: date) -> bool:
    """Whether the Monday was still ahead when the reminder was planned, or planned again."""
    if plan.reopened_on is not None and plan.done_on < monday <= plan.reopened_on:
        return False
    return monday > plan.known_on


def _rung_days(plan: Plan) -> tuple[list[date], list[date]]:
    ladder = LADDERS[plan.kind]
    before = {months_before(plan.due_on, months) for months in ladder.months}
    before |= {plan.due_on - days * DAY for days in ladder.days}
    late = ladder.late if plan.kind in EXPECTED else ()
    return sorted(before), [plan.due_on + days * DAY for days in late]


def months_before(day: date, months: int) -> date:
    """The same quantième so many months earlier, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

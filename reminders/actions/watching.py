"""What must not go unnoticed, and who sees it (promises R7, R8, R11 and R12). Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from accounts.access import scope_of
from accounts.rules.roles import Capability
from accounts.rules.typographie import moment
from conventions.access import visible_to as conventions_visible_to
from conventions.models import Convention, Party
from reminders.access import visible_to
from reminders.actions.heartbeat import Watch, silent_watches
from reminders.enums import DeadlineKind, FindingKind
from reminders.models import Deadline, Finding, Reminder
from reminders.rules.constats import ADVICE, ALARMING, PARIS, Advice

# A reminder still unsent so long after its instant: nobody sends, or nobody sends enough.
OVERDUE = timedelta(minutes=30)
# Begins the key of a finding about a task that no longer passes.
TASK_KEY = "tache:"


@dataclass(frozen=True)
class Trouble:
    """Findings of one kind, with what they mean and what to do."""

    kind: FindingKind
    findings: tuple[Finding, ...]

    @property
    def advice(self) -> Advice:
        return ADVICE[self.kind]

    @property
    def headline(self) -> str:
        advice, count = self.advice, len(self.findings)
        return f"{count} {advice.one if count == 1 else advice.many}"


@dataclass(frozen=True)
class Troubles:
    """What an administrator must look at: what stands, and the tasks silent at this moment."""

    by_kind: tuple[Trouble, ...] = ()
    silent: tuple[str, ...] = ()
    is_shown: bool = False

    def __bool__(self) -> bool:
        return bool(self.by_kind or self.silent)


def silent_conventions(*, on: date) -> QuerySet[Convention]:
    """Conventions in force, with a term still ahead of its last rung, and no reminder to come."""
    waiting = Reminder.objects.unsent().filter(
        deadline__convention=OuterRef("pk"),
        deadline__kind=DeadlineKind.TERME,
        deadline__retired_at__isnull=True,
    )
    settled = Deadline.objects.done().filter(convention=OuterRef("pk"), kind=DeadlineKind.TERME)
    told_all = on + timedelta(days=1)
    return Convention.objects.en_vigueur(on=on).filter(
        ~Exists(waiting), ~Exists(settled), ends_on__gt=told_all
    )


def unreasoned_deadlines(*, on: date) -> QuerySet[Deadline]:
    """Dates to come whose reasoning is empty; one that a person added has none to give."""
    rows = Deadline.every.live().filter(done_on__isnull=True, due_on__gte=on, steps=[])
    return rows.exclude(kind=DeadlineKind.AJOUTEE)


def overdue_reminders(*, now: datetime) -> QuerySet[Reminder]:
    return Reminder.objects.due(now=now - OVERDUE)


def may_watch(user, *, on: date) -> bool:
    """Whether the person administers the portal or an organisation."""
    scope = scope_of(user, on=on)
    return scope.is_platform or bool(scope.organisations_with(Capability.ADMINISTER))


def findings_visible_to(user, *, on: date) -> QuerySet[Finding]:
    """What one may read of what was found: the platform everything, an administrator their own.

    `readable` is false for a finding about a date kept to somebody else: its words would tell it.
    """
    own = Case(
        When(Q(deadline__isnull=True) | Exists(_readable(user, on=on)), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    findings = Finding.objects.annotate(readable=own).select_related("convention", "organisation")
    scope = scope_of(user, on=on)
    if scope.is_platform:
        return findings
    administered = scope.organisations_with(Capability.ADMINISTER)
    if not administered:
        return findings.none()
    followed = conventions_visible_to(user, on=on).order_by().values("pk")
    return findings.filter(
        Q(organisation__in=administered) | Q(organisation__isnull=True, convention__in=followed)
    )


def _readable(user, *, on: date) -> QuerySet[Deadline]:
    return visible_to(user, on=on).filter(pk=OuterRef("deadline"))


def grouped(findings: Iterable[Finding]) -> tuple[Trouble, ...]:
    """Gather findings by kind, in the order of the vocabulary."""
    rank = {kind: place for place, kind in enumerate(FindingKind)}
    rows = sorted(findings, key=lambda row: (rank[FindingKind(row.kind)], row.found_at, row.pk))
    return tuple(
        Trouble(FindingKind(kind), tuple(group))
        for kind, group in groupby(rows, key=lambda row: row.kind)
    )


def troubles_for(user, *, on: date, now: datetime) -> Troubles:
    """Return what an administrator, of the portal or of an organisation, should look at now.

    The silence of a task is read from its sign of life: when nothing runs, nothing writes it down.
    """
    if not may_watch(user, on=on):
        return Troubles()
    standing = findings_visible_to(user, on=on).filter(cleared_at__isnull=True)
    standing = standing.exclude(kind=FindingKind.PLANIFICATEUR_MUET, key__startswith=TASK_KEY)
    silent = tuple(words for _, words in silences(now=now))
    return Troubles(grouped(standing), silent, is_shown=True)


def silences(*, now: datetime) -> list[tuple[Watch, str]]:
    """Say which tasks no longer pass, and since when."""
    return [
        (watch, f"{watch.task.capitalize()} {_since(last)}.")
        for watch, last in silent_watches(now=now)
    ]


def _since(last: datetime | None) -> str:
    if last is None:
        return "n’est encore jamais passé"
    return f"ne passe plus depuis le {moment(last.astimezone(PARIS))}"


def failing_words(*, now: datetime) -> list[str]:
    """One word for each thing that monitoring must know of; nothing when all is well."""
    words = [watch.word for watch, _ in silent_watches(now=now)]
    if overdue_reminders(now=now).exists():
        words.append("rappels")
    kinds = Finding.objects.standing().filter(kind__in=ALARMING - {FindingKind.PLANIFICATEUR_MUET})
    words += [ADVICE[FindingKind(kind)].word for kind in kinds.values_list("kind", flat=True)]
    return list(dict.fromkeys(words))


def concerned_organisations(findings: Iterable[Finding]) -> dict[int, set[int]]:
    """Return, for each finding by primary key, the organisations whose administrators it concerns.

    Its own organisation, or the parties of its convention and the delegations that act for them
    there; none for what only the platform can mend.
    """
    found = {row.pk: {row.organisation_id} - {None} for row in findings}
    waiting = [row for row in findings if row.organisation_id is None and row.convention_id]
    parties = Party.objects.filter(convention__in={row.convention_id for row in waiting})
    bodies: dict[int, set[int]] = {}
    acting = Q(organisation__delegations__regions=F("convention__region"))
    for convention, organisation in parties.values_list("convention", "organisation"):
        bodies.setdefault(convention, set()).add(organisation)
    pairs = parties.filter(acting).values_list("convention", "organisation__delegations")
    for convention, delegation in pairs:
        bodies.setdefault(convention, set()).add(delegation)
    for row in waiting:
        found[row.pk] |= bodies.get(row.convention_id, set())
    return found

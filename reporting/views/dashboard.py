"""«Accueil»: what waits for the person today, then what is coming in their conventions."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import scope_of
from accounts.models import JournalEntry
from accounts.rules.roles import Capability
from accounts.rules.typographie import date_longue, pluriel, typo
from conventions.access import entries_visible_to, parties_acted_for, visible_to
from conventions.enums import ConventionStatus
from conventions.models import Convention, Round
from engagements.enums import State
from engagements.models import Contribution, Engagement
from reminders.access import visible_to as deadlines_visible_to
from reminders.actions.watching import troubles_for
from reminders.enums import DeadlineKind
from reminders.models import Deadline
from reporting.models import home
from reporting.rules.accueil import Task, greeting, in_order
from reporting.rules.chronologie import chronologie

TASKS, LATE, LINES, MINE = 6, 6, 6, 8
DATES, DRAWN, ENGAGEMENTS = 60, 8, 3
NEAR = timedelta(days=30)
# Dates that announce nothing to do, or that another task already says.
_NOT_A_TASK = {
    DeadlineKind.ENGAGEMENT,
    DeadlineKind.RESILIATION,
    DeadlineKind.CONTROLE_LEGALITE,
    DeadlineKind.REVOYURE_CONTRIBUTIONS,
}


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    scope = scope_of(request.user, on=on)
    conventions = visible_to(request.user, on=on)
    parties = parties_acted_for(request.user, Capability.CONTRIBUTE, on=on)
    seen = deadlines_visible_to(request.user, on=on)
    coming = list(home.coming_deadlines(seen, parties, on=on)[:DATES])
    tasks = in_order(_tasks(request.user, conventions, coming, on=on))
    dates = _together(_mixed(coming), on=on)[:DRAWN]
    mine = list(home.by_term(conventions, on=on)[:MINE])
    is_new = not mine and not conventions.exists()
    context = {
        "on": on,
        "is_new": is_new,
        "greeting": greeting(tasks, on=on, is_new=is_new),
        "troubles": troubles_for(request.user, on=on, now=timezone.now()),
        "tasks": tasks[:TASKS],
        "more_tasks": max(0, len(tasks) - TASKS),
        "late": home.late_engagements(conventions, on=on)[:LATE],
        "coming": dates,
        "chronologie": chronologie(((d.due_on, d.title, d.is_term) for d in dates), on=on),
        "entries": _last_lines(request.user, conventions, on=on),
        "mine": [(row, row.situation_on(on), _days(row, on)) for row in mine],
        "portfolio": _portfolio(scope, conventions, on=on),
        "belongs": bool(scope.capabilities) or scope.is_platform,
        "may_create": scope.is_platform or bool(scope.organisations_with(Capability.MANAGE)),
    }
    return render(request, "reporting/dashboard.html", context)


def _last_lines(user, conventions: QuerySet[Convention], *, on: date) -> QuerySet[JournalEntry]:
    return entries_visible_to(user, home.recent_lines(conventions), on=on)[:LINES]


def _days(convention: Convention, on: date) -> int | None:
    return (convention.ends_on - on).days if convention.ends_on else None


class Coming(NamedTuple):
    """One date to come, told once though several conventions share it."""

    due_on: date
    days: int
    title: str
    is_term: bool
    href: str
    where: str


def _mixed(coming: list[Deadline]) -> list[Deadline]:
    """Keep the nearest engagements only: their list is above, and would hide the other dates."""
    engagements = [row for row in coming if row.kind == DeadlineKind.ENGAGEMENT]
    hidden = {row.pk for row in engagements[ENGAGEMENTS:]}
    return [row for row in coming if row.pk not in hidden]


def _together(coming: list[Deadline], *, on: date) -> list[Coming]:
    groups: dict[tuple[date, str], list[Deadline]] = {}
    for row in coming:
        groups.setdefault((row.due_on, row.title), []).append(row)
    return [_coming(rows, on=on) for rows in groups.values()]


def _coming(rows: list[Deadline], *, on: date) -> Coming:
    first = rows[0]
    if len(rows) == 1:
        href, where = _address(first), first.convention.title
    else:
        href, where = reverse("reminders:list"), pluriel(len(rows), "convention")
    is_term = first.kind == DeadlineKind.TERME
    return Coming(first.due_on, (first.due_on - on).days, first.title, is_term, href, where)


def _address(deadline: Deadline) -> str:
    return reverse("reminders:detail", args=[deadline.pk])


def _portfolio(scope, conventions: QuerySet[Convention], *, on: date) -> list[home.RegionLine]:
    """The regions of a delegation, or all of them for the platform."""
    if not scope.regional and not scope.is_platform:
        return []
    return home.by_region(conventions, on=on)


def _tasks(
    user, conventions: QuerySet[Convention], coming: list[Deadline], *, on: date
) -> list[Task]:
    parties = parties_acted_for(user, Capability.CONTRIBUTE, on=on)
    signing = parties_acted_for(user, Capability.SIGN, on=on)
    near = [row for row in coming if row.is_own and row.due_on <= on + NEAR]
    return [
        *map(_contribution_task, home.contributions_awaited(parties)[:TASKS]),
        *map(_engagement_task, home.engagements_to_answer(parties, conventions, on=on)[:TASKS]),
        *map(_turn_task, home.turns_held(parties)[:TASKS]),
        *map(_reading_task, home.texts_to_read(parties, user)[:TASKS]),
        *map(_convention_task, home.conventions_to_move(parties, signing)[:TASKS]),
        *(_deadline_task(row) for row in near if row.kind not in _NOT_A_TASK),
    ]


def _contribution_task(contribution: Contribution) -> Task:
    revoyure = contribution.revoyure
    convention = revoyure.convention
    days = contribution.days
    return Task(
        title=f"Rendre votre contribution à la revoyure {revoyure.year}",
        text=typo(
            f"{convention.title} : {contribution.party} n’a pas encore rendu sa lecture de l’année."
        ),
        href=reverse("engagements:contribution", args=[contribution.pk]),
        act="Écrire votre contribution",
        due_on=revoyure.opened_on + timedelta(days=days) if days else None,
        icon="plume",
    )


def _engagement_task(engagement: Engagement) -> Task:
    contested = engagement.state == State.CONTESTE
    verb = "Répondre à la contestation de" if contested else "Tenir"
    return Task(
        title=f"{verb} {engagement.code} : {engagement.title}",
        text=engagement.convention.title,
        href=reverse("engagements:detail", args=[engagement.pk]),
        act=f"Ouvrir l’engagement {engagement.code}",
        due_on=None if contested else engagement.due_on,
        icon="balance",
    )


def _turn_task(turn: Round) -> Task:
    """The pen is ours: write, answer, hand over."""
    told = (
        f"La main est à {turn.holder} depuis le {date_longue(timezone.localdate(turn.opened_at))}"
    )
    if turn.waiting:
        told += f" ; {pluriel(turn.waiting, 'proposition attend,propositions attendent')} réponse"
    return Task(
        title=f"Écrire le texte : {turn.act}",
        text=typo(f"{turn.act.convention.title}. {told}."),
        href=_negotiation(turn),
        act="Ouvrir la négociation",
        icon="plume",
    )


def _reading_task(turn: Round) -> Task:
    return Task(
        title=f"Lire le texte en négociation : {turn.act}",
        text=typo(
            f"{turn.act.convention.title}. {turn.holder} écrit ; vous pouvez commenter et proposer."
        ),
        href=_negotiation(turn),
        act="Lire et commenter",
        icon="acte",
    )


def _negotiation(turn: Round) -> str:
    return reverse("conventions:negotiation", args=[turn.act.convention_id, turn.act.number])


def _convention_task(convention: Convention) -> Task:
    if convention.status == ConventionStatus.EN_SIGNATURE:
        page, title, act = "conventions:detail", "Signer la convention", "Ouvrir la convention"
        text = f"{convention.title} est en signature : le texte est arrêté."
    elif convention.status == ConventionStatus.EN_VALIDATION:
        page, title = "conventions:draft", "Donner l’accord sur le texte"
        act = "Voir où en est la convention"
        text = f"{convention.title} est en validation : le texte est arrêté."
    else:
        page, title, act = "conventions:text", "Relire le projet de convention", "Lire le projet"
        text = f"{convention.title} est en négociation : le texte peut encore changer."
    href = reverse(page, args=[convention.pk])
    return Task(title=title, text=typo(text), href=href, act=act, icon="acte")


def _deadline_task(deadline: Deadline) -> Task:
    return Task(
        title=deadline.title,
        text=deadline.convention.title,
        href=_address(deadline),
        act="Comprendre cette date",
        due_on=deadline.due_on,
        icon="calendrier",
    )

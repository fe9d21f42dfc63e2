"""«Et si je postais ?», «pour être libre ?»: asked in the address, answered without a trace."""

from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.rules.roles import Capability
from conventions.access import can, get_convention_or_404
from conventions.enums import Situation, TerminationKind
from conventions.models import Convention
from conventions.rules.delais_calcul import DelaiError
from engagements.models import Revoyure
from reminders.actions.simulating import (
    NAMED,
    Due,
    Outlet,
    colleagues,
    frame_of,
    late_now,
    meanwhile,
    outlets,
    own_parties,
)
from reminders.forms.simulator import SimulatorForm
from reminders.rules.leaps import count_back
from reminders.rules.simulator import (
    ONE_DAY,
    Answer,
    Post,
    Route,
    examples,
    if_posted,
    if_unclaimed,
    why_no_figures,
)
from reminders.rules.simulator_back import Target, to_be_free

# Events follow the deposit by less than this, whatever one supposes of the post.
_EVENTS_WITHIN = timedelta(days=60)
_OPEN = frozenset({Situation.EN_VIGUEUR, Situation.A_VENIR})


@require_safe
def simulator(request: HttpRequest, pk: int) -> HttpResponse:
    """Count from the day of a letter, or back from the day wanted free, for whoever may read."""
    user, on = request.user, timezone.localdate()
    convention = get_convention_or_404(user, pk, on=on)
    form = SimulatorForm(request.GET if _asks(request) else None)
    context = {"form": form, "tab": "echeances", "reason": _closed_today(convention, on)}
    if not context["reason"] and form.is_valid():
        try:
            context |= _answered(user, convention, form, on)
            context |= _shared(user, convention, form, on)
        except DelaiError as error:
            form.add_error("envoi" if form.cleaned_data["envoi"] else "libre", str(error))
    context |= {"convention": convention, "on": on}
    return render(request, "reminders/simulator.html", context)


def _asks(request: HttpRequest) -> bool:
    return any(name in request.GET for name in SimulatorForm.base_fields)


def _closed_today(convention: Convention, on: date) -> str:
    """Say why nothing may be asked at all: unsigned, over, or about to be."""
    return "" if convention.situation_on(on) in _OPEN else _why(convention, on)


def _why(convention: Convention, day: date) -> str:
    return why_no_figures(
        convention.situation_on(day),
        day,
        starts_on=convention.starts_on,
        last_day=convention.terminated_on,
    )


def _answered(user, convention: Convention, form: SimulatorForm, on: date) -> dict:
    posted, free = form.cleaned_data["envoi"], form.cleaned_data["libre"]
    context = {"post": form.post, "posted": posted, "free": free}
    if posted:
        reason = _why(convention, posted)
        return context | (
            {"no_figures": reason} if reason else _forward(user, convention, posted, form.post, on)
        )
    if free <= convention.starts_on:
        return context | {"no_figures": _why(convention, convention.starts_on - ONE_DAY)}
    context["ends_first"] = convention.ends_on is not None and free > convention.ends_on
    return context if context["ends_first"] else context | _back(convention, free, form.post, on)


def _forward(user, convention: Convention, posted: date, post: Post, on: date) -> dict:
    frame = frame_of(convention)
    found = outlets(convention, since=posted, until=posted + _EVENTS_WITHIN)
    answers = [if_posted(outlet.route, posted, post=post, frame=frame) for outlet in found]
    last = _last_day(answers, convention)
    return {
        "rows": [
            {"outlet": outlet, "answer": answer, "pointless": answer.is_pointless(frame)}
            for outlet, answer in zip(found, answers, strict=True)
        ],
        "without": _leaves_only_with_reason(found),
        "examples": [
            if_posted(route, posted, post=post, frame=frame)
            for route in _examples(convention, found)
        ],
        "unclaimed": if_unclaimed(posted, post),
        "until": last,
        "dues": _dues(user, convention, found, answers, since=posted, until=last, on=on),
        "late": late_now(user, convention, on=on),
        "review": Revoyure.objects.open().filter(convention=convention).first(),
        "past": posted < on,
    }


def _dues(
    user,
    convention: Convention,
    found: list[Outlet],
    answers: list[Answer],
    *,
    since: date,
    until: date | None,
    on: date,
) -> list[Due]:
    """What falls meanwhile, with the last day that each clause binds in its place among it."""
    if until is None:
        return []
    ends = [
        Due(answer.headline.last_bound_on, outlet.way.title, "fin de ce délai, selon ce calcul")
        for outlet, answer in zip(found, answers, strict=True)
        if answer.headline and answer.headline.last_bound_on <= until
    ]
    dues = meanwhile(user, convention, since=since, until=until, on=on)
    return sorted([*dues, *ends], key=lambda due: due.day)


def _leaves_only_with_reason(found: list[Outlet]) -> bool:
    return all(outlet.route.kind != TerminationKind.RESILIATION for outlet in found)


def _examples(convention: Convention, found: list[Outlet]) -> tuple[Route, ...]:
    """Lengths that no text sets, where the law asks for a reasonable one."""
    endless = convention.ends_on is None and _leaves_only_with_reason(found)
    return examples() if endless else ()


def _last_day(answers: list[Answer], convention: Convention) -> date | None:
    """The last day bound by any clause, or the term that comes before it."""
    days = [answer.headline.last_bound_on for answer in answers if answer.headline]
    if not days:
        return convention.ends_on
    return min(max(days), convention.ends_on or max(days))


def _back(convention: Convention, free: date, post: Post, on: date) -> dict:
    asked = {"post": post, "frame": frame_of(convention), "on": on}
    found = outlets(convention, since=on, until=free)
    targets = [to_be_free(outlet.route, free, **asked) for outlet in found]
    return {
        "rows": [
            {"outlet": outlet, "target": target, "drawing": _drawing(target, free)}
            for outlet, target in zip(found, targets, strict=True)
        ],
        "without": _leaves_only_with_reason(found),
        "examples": [to_be_free(row, free, **asked) for row in _examples(convention, found)],
    }


def _drawing(target: Target, free: date):
    """Draw the count of a notice; the year that a disagreement carries through has no leap."""
    aim = target.headline
    if aim is None or aim.version.clause is None or target.route.carries_the_year:
        return None
    return count_back(
        aim.version.clause,
        effect=free,
        last=aim.event_on,
        safe=aim.safe_on or aim.post_on,
        posted=aim.post_on,
    )


def _shared(user, convention: Convention, form: SimulatorForm, on: date) -> dict:
    """What goes with the answer: its address, who may open it, whose body decides first."""
    parties = own_parties(user, convention, on=on)
    people = colleagues(user, parties, on=on)
    path = reverse("reminders:simulator", args=[convention.pk])
    return {
        "link": f"{settings.SITE_URL}{path}?{urlencode(form.address)}",
        "people": people[:NAMED],
        "more_people": len(people) > NAMED,
        "deciding": parties,
        "may_prepare": can(user, convention, Capability.MANAGE, on=on) and bool(parties),
    }

"""The wizard of ways out: who, by which clause, on which day, with what effect; then the letter.

Every question is a GET: nothing is recorded, and nobody else knows, before the last button. That
button itself only prepares: the convention ends by the letter that people send.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.rules.roles import Capability
from conventions.access import acting_parties, endings_visible_to
from conventions.actions.counting import effect_if
from conventions.actions.terminations import prepare_ending
from conventions.enums import TerminationKind, TerminationStatus
from conventions.forms.terminations import NO_WAY, DayForm, EndingForm, WayForm, WhoForm
from conventions.models import Convention, Party, Termination
from conventions.models.endings_read import Way, ways_of
from conventions.rules.delais import Computation
from conventions.rules.delais_calcul import DelaiError
from conventions.rules.lectures import Reading, possible_readings
from conventions.rules.non_renouvellement import too_late
from conventions.rules.sorties import reason_not_to_leave
from conventions.rules.sorties_dates import (
    SILENT,
    Trial,
    last_day_for,
    last_posting,
    planned_event,
    trials_around,
    trigger_of,
)
from conventions.views.writing import carried_out, show, writing

SPEAKS_FOR_NOBODY = "Une sortie se prépare au nom d’une partie : la plateforme n’en est pas une."
ONE_DAY = timedelta(days=1)
LATER = ("voie", "annee", "jour", "libre")


@dataclass
class Plan:
    """What was answered so far in the address, and what follows from it."""

    convention: Convention
    on: date
    who: WhoForm
    party: Party | None = None
    way_form: WayForm | None = None
    way: Way | None = None
    without_clause: bool = False
    day_form: DayForm | None = None
    year: int | None = None
    day: date | None = None
    effect: Computation | None = None
    wanted: date | None = None
    latest: Computation | None = None
    trials: list[Trial] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)

    @property
    def clause(self):
        return self.way.clause if self.way else None

    @property
    def trigger(self) -> str:
        return trigger_of(self.clause) if self.clause else ""

    @property
    def event_on(self) -> date | None:
        return planned_event(self.clause.trigger, self.day) if self.clause else self.day

    @property
    def free_on(self) -> date:
        return self.effect.result + ONE_DAY

    @property
    def announces(self) -> bool:
        """The letter declines a renewal: it moves no date."""
        return self.way.kind == TerminationKind.NON_RENOUVELLEMENT

    @property
    def is_pointless(self) -> bool:
        """The convention would have ended by itself before."""
        term = self.convention.ends_on
        return not self.announces and term is not None and self.effect.result >= term

    @property
    def posting_days(self) -> tuple[date, date]:
        """The last day and the safe one to write, for the day wanted free."""
        trigger = self.clause.trigger
        return tuple(
            last_posting(trigger, day) for day in (self.latest.result, self.latest.safe_date)
        )

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What the next question must carry along."""
        told = [("qui", self.party.pk if self.party else ""), ("voie", self._slug())]
        told += [("annee", self.year or "")]
        return [(name, str(value)) for name, value in told if value]

    def _slug(self) -> str:
        return NO_WAY if self.without_clause else self.way.slug if self.way else ""


@require_http_methods(["GET", "HEAD", "POST"])
@writing("actes")
def ending_prepare(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    parties = acting_parties(request.user, convention, Capability.MANAGE, on=today)
    if not parties.exists():
        raise PermissionDenied(SPEAKS_FOR_NOBODY)
    if reason := reason_not_to_leave(convention.situation_on(today)):
        closed = {"tab": "actes", "reason": reason}
        return show(request, "conventions/termination_closed.html", convention, today, **closed)
    plan = read_plan(request.GET, convention, parties, today)
    form = _form_of(request, plan) if plan.effect else None
    prepared: list[Termination] = []
    if form is not None and carried_out(
        request,
        form,
        lambda: prepared.append(_prepare(request, plan, form)),
        convention,
        done="La lettre est préparée. Votre côté seul le sait tant qu’elle n’est pas notifiée.",
    ):
        return redirect("conventions:ending", pk=convention.pk, ending_pk=prepared[0].pk)
    running = endings_visible_to(request.user, convention, on=today).exclude(
        status__in=(TerminationStatus.RETIREE, TerminationStatus.REMEDIEE)
    )
    # Who comes from a date of the calendar has said the rest already.
    carried = [(name, request.GET[name]) for name in LATER if name in request.GET]
    context = {"tab": "actes", "plan": plan, "form": form, "running": running, "carried": carried}
    return show(request, "conventions/termination_prepare.html", convention, today, **context)


def _form_of(request: HttpRequest, plan: Plan) -> EndingForm:
    survival = plan.clause.survival if plan.clause else ""
    data = request.POST if request.method == "POST" else None
    return EndingForm(data, kind=plan.way.kind, initial={"to_complete": survival})


def _prepare(request: HttpRequest, plan: Plan, form: EndingForm) -> Termination:
    return prepare_ending(
        plan.convention,
        by=request.user,
        on=plan.on,
        party=plan.party,
        kind=plan.way.kind,
        clause=plan.clause,
        year=plan.year,
        planned_event_on=plan.day,
        **form.cleaned_data,
    )


def read_plan(asked: QueryDict, convention: Convention, parties: QuerySet[Party], on: date) -> Plan:
    """Read the answers of the address, one after the other, as far as they hold."""
    plan = Plan(convention, on, WhoForm(asked if "qui" in asked else None, parties=parties))
    plan.party = plan.who.cleaned_data["qui"] if plan.who.is_valid() else _only(parties)
    if plan.party is None:
        return plan
    ways = ways_of(convention, on=on)
    plan.way_form = WayForm(asked if "voie" in asked else None, ways=ways)
    if plan.way_form.is_valid():
        chosen = plan.way_form.cleaned_data["voie"]
        plan.without_clause = chosen == NO_WAY
        plan.way = next((way for way in ways if way.slug == chosen), None)
    if plan.way is not None:
        _read_day(plan, asked)
    return plan


def _only(parties: QuerySet[Party]) -> Party | None:
    found = list(parties[:2])
    return found[0] if len(found) == 1 else None


def _read_day(plan: Plan, asked: QueryDict) -> None:
    given = any(name in asked for name in ("jour", "libre"))
    plan.day_form = DayForm(asked if given else None, way=plan.way, on=plan.on)
    if not plan.day_form.is_valid():
        return
    answers = plan.day_form.cleaned_data
    plan.year, plan.wanted = answers.get("annee"), answers.get("libre")
    try:
        if answers["jour"]:
            _count_on(plan, answers["jour"])
        elif plan.wanted:
            plan.latest = _last_day(plan)
        else:
            plan.day_form.add_error("jour", "Donnez un jour.")
    except ValidationError as error:
        plan.day_form.refuse(error)
    except DelaiError as error:
        plan.day_form.refuse(ValidationError(str(error)))


def _count_on(plan: Plan, day: date) -> None:
    if plan.announces and (late := too_late(day, plan.convention.ends_on)):
        raise ValidationError({"jour": late}, code="too_late")
    plan.day = day
    plan.effect = effect_if(_tried(plan), plan.event_on)
    if plan.clause is not None and plan.way.kind != TerminationKind.DESACCORD:
        zone = plan.convention.zone
        plan.trials = trials_around(plan.clause, plan.event_on, zone=zone)
        if plan.clause.trigger in SILENT:
            plan.readings = possible_readings(plan.clause, day, zone=zone)


def _tried(plan: Plan) -> Termination:
    """A way out that is only tried: it is never saved."""
    return Termination(
        convention=plan.convention,
        party=plan.party,
        kind=plan.way.kind,
        clause=plan.clause,
        year=plan.year,
    )


def _last_day(plan: Plan) -> Computation:
    latest = last_day_for(plan.clause, plan.wanted, zone=plan.convention.zone)
    if plan.way.kind == TerminationKind.DESACCORD:
        carried = effect_if(_tried(plan), latest.result).result
        if carried >= plan.wanted:
            msg = (
                "Les engagements de l’année sont menés à terme : on n’est libre qu’après le "
                f"{carried:%d/%m/%Y}."
            )
            raise ValidationError({"libre": msg}, code="too_early")
    return latest

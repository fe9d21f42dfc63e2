"""What an avenant does to engagements and targets: planned in its draft, bound when signed."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min

from accounts.enums import Verb
from accounts.rules.typographie import date_longue
from conventions.actions.draft import enter_draft_of
from conventions.actions.journal import record_in_act
from conventions.models import Act, Article, Party
from conventions.rules.signature import Obstacle
from engagements.actions.engagements import (
    aliases,
    link,
    next_number,
    set_debtors,
    write_facts,
)
from engagements.actions.figures import check_aim
from engagements.models import Debt, Engagement, Indicator, Target
from engagements.rules.lecture import written
from engagements.rules.quantities import check_target_year
from engagements.signals import engagement_changed
from territories.models import Territory
from territories.rules.french import de


@transaction.atomic
def plan_engagement(
    act: Act,
    *,
    by,
    on: date,
    debtors: Collection[Party],
    counterparts: Collection[Engagement] = (),
    new_theme: str = "",
    replaces: Engagement | None = None,
    effective_on: date | None = None,
    **facts,
) -> Engagement:
    """Write in a draft act an engagement to add, or, with `replaces`, one to write anew.

    Without `effective_on` it follows the act's own date of effect.
    """
    enter_draft_of(act, by=by, on=on)
    if replaces is not None:
        check_replaceable(act, replaces)
    row = Engagement(
        convention=act.convention,
        number=replaces.number if replaces else _planned_number(act),
        act=act,
        planned=True,
        replaces=replaces,
        effective_on=effective_on,
    )
    _write(row, debtors, counterparts, facts, new_theme=new_theme, on=on)
    _say(act, row, "modification" if replaces else "ajout", by=by, debtors=aliases(debtors))
    return row


@transaction.atomic
def plan_end(
    act: Act, *, by, on: date, engagement: Engagement, effective_on: date | None = None
) -> Engagement:
    """Write in a draft act that an engagement ceases; what was owed until then stays told."""
    enter_draft_of(act, by=by, on=on)
    check_replaceable(act, engagement)
    row = Engagement(
        convention=act.convention,
        number=engagement.number,
        title=engagement.title,
        article=engagement.article,
        theme=engagement.theme,
        act=act,
        planned=True,
        replaces=engagement,
        repeals=True,
        effective_on=effective_on,
    )
    row.full_clean()
    row.save()
    set_debtors(row, list(engagement.debtors.all()))
    _say(act, row, "fin", by=by)
    return row


@transaction.atomic
def change_planned(
    row: Engagement,
    *,
    by,
    on: date,
    debtors: Collection[Party],
    counterparts: Collection[Engagement] = (),
    new_theme: str = "",
    effective_on: date | None = None,
    **facts,
) -> Engagement:
    """Write again what a draft act plans of an engagement."""
    enter_draft_of(row.act, by=by, on=on)
    row.effective_on = effective_on
    changed = _write(row, debtors, counterparts, facts, new_theme=new_theme, on=on)
    _say(row.act, row, "reprise", by=by, changes=changed)
    return row


@transaction.atomic
def unplan(row: Engagement | Target, *, by, on: date) -> None:
    """Take an operation out of a draft act; the engagement or the target stays as it is."""
    enter_draft_of(row.act, by=by, on=on)
    _say(row.act, row, "retrait", by=by)
    row.delete()


@transaction.atomic
def plan_target(
    act: Act,
    *,
    by,
    on: date,
    indicator: Indicator,
    territory: Territory,
    year: int,
    quantity: Decimal | None,
    engagement: Engagement | None = None,
    article: Article | None = None,
    effective_on: date | None = None,
) -> Target:
    """Write in a draft act what is aimed at in a year; no `quantity` gives the target up.

    Writing the same cell twice corrects what the draft says of it.
    """
    enter_draft_of(act, by=by, on=on)
    check_target_year(year, on=on)
    cell = {"indicator": indicator, "territory": territory, "year": year}
    known = act.convention.targets.filter(replaced_on__isnull=True, **cell).first()
    if quantity is None and known is None:
        msg = "Aucun objectif n’est fixé là : il n’y a rien à abandonner."
        raise ValidationError({"quantity": msg}, code="nothing")
    row = Target.every.planned_by(act).filter(**cell).first()
    row = row or Target(convention=act.convention, act=act, planned=True, **cell)
    row.withdrawn = quantity is None
    row.quantity = known.quantity if quantity is None else quantity
    row.engagement, row.article, row.effective_on = engagement, article, effective_on
    check_aim(row)
    row.full_clean()
    row.save()
    told = "abandonné" if row.withdrawn else written(row.quantity, indicator.unit)
    _say(act, row, "objectif", by=by, quantity=told)
    return row


def check_replaceable(act: Act, engagement: Engagement) -> None:
    """An act changes what stands, once; what another signed act changes is read in its new form."""
    if engagement.convention_id != act.convention_id or engagement.planned:
        raise ValidationError("Cet engagement n’est pas de cette convention.", code="elsewhere")
    if reason := _already_changed(engagement):
        raise ValidationError(reason, code="replaced")
    if Engagement.every.planned_by(act).filter(replaces=engagement).exists():
        msg = f"L’acte change déjà {engagement.code} : reprenez ce qu’il en dit."
        raise ValidationError(msg, code="twice")


def _already_changed(engagement: Engagement) -> str:
    if engagement.replaced_on is None:
        return ""
    return (
        f"Un acte signé change déjà {engagement.code} le {date_longue(engagement.replaced_on)} : "
        "partez de sa nouvelle rédaction."
    )


def _planned_number(act: Act) -> int:
    """The next number, after what this draft already adds; signature settles it."""
    own = Engagement.every.planned_by(act).filter(replaces__isnull=True).count()
    return next_number(act.convention) + own


def _write(
    row: Engagement,
    debtors: Collection[Party],
    counterparts: Collection[Engagement],
    facts: dict,
    *,
    new_theme: str,
    on: date,
) -> dict:
    bound_on = row.effective_on or row.act.effective_on or on
    changed = write_facts(row, debtors, facts, new_theme=new_theme, on=bound_on)
    row.save()
    set_debtors(row, debtors)
    link(row, counterparts)
    return changed


def _say(act: Act, row: Engagement | Target, change: str, *, by, **told) -> None:
    record_in_act(act, act, by=by, verb=Verb.ACT_OPERATION, row=str(row), change=change, **told)


def obstacles_of(act: Act) -> list[Obstacle]:
    """Return why what a draft act plans of engagements cannot bind as it is written."""
    rows = Engagement.every.planned_by(act).select_related("replaces__act")
    changed = [row for row in rows if row.replaces is not None]
    reasons = [_already_changed(row.replaces) or _too_early(row, act) for row in changed]
    return [Obstacle(reason) for reason in reasons if reason]


def _too_early(row: Engagement, act: Act) -> str:
    """What an act writes anew cannot stop before the day it begins: two wordings would stand."""
    day, begins = row.effective_on or act.effective_on, row.replaces.effective_on
    if day is None or begins is None or day >= begins:
        return ""
    return (
        f"L’{row.replaces.act} ne donne cette rédaction {de(row.code)} que le "
        f"{date_longue(begins)} : ce qui la change ne peut pas prendre effet avant, le "
        f"{date_longue(day)}. Choisissez ce jour-là ou un jour suivant."
    )


@transaction.atomic
def bind_planned(act: Act, *, by, on: date) -> None:
    """Make what an act planned owed from its date: called while the act is being signed.

    Raises `ValidationError` when another act has meanwhile changed the same engagement.
    """
    if reasons := [obstacle.message for obstacle in obstacles_of(act)]:
        raise ValidationError(reasons, code="replaced")
    _hand_on_debts(act)
    rows = list(Engagement.every.planned_by(act).select_related("replaces"))
    for row in rows:
        _bind(row, act)
    for target in Target.every.planned_by(act):
        _bind_target(target, act)
    for row in rows:
        standing = row.replaces if row.repeals else row
        engagement_changed.send(sender=Engagement, engagement=standing, by=by, on=on)


def _hand_on_debts(act: Act) -> None:
    """What a party owed, who succeeds it owes; the old debt stays, for the time it was its own."""
    heirs = {
        party.replaces_id: party
        for party in act.convention.parties.filter(replaces__changes__act=act)
    }
    owed = Debt.objects.filter(party__in=heirs)
    Debt.objects.bulk_create(
        [Debt(engagement_id=debt.engagement_id, party=heirs[debt.party_id]) for debt in owed],
        ignore_conflicts=True,
    )


def _bind(row: Engagement, act: Act) -> None:
    """A new wording goes on from where the old one stood: state, next date, answers."""
    row.effective_on = row.effective_on or act.effective_on
    row.planned = False
    if row.replaces is None:
        row.number = next_number(act.convention)
    else:
        row.state = row.replaces.state
        row.replaces.replaced_on = row.effective_on
        row.replaces.save(update_fields=["replaced_on"])
    row.full_clean()
    row.save()


def _bind_target(target: Target, act: Act) -> None:
    """Give a target its time, between the one it follows and the next already signed, if any.

    Acts may take effect in another order than the one they are signed in.
    """
    target.effective_on = target.effective_on or act.effective_on
    cell = {name: getattr(target, name) for name in ("indicator", "territory", "year")}
    others = act.convention.targets.filter(**cell)
    later = others.filter(effective_on__gt=target.effective_on)
    target.replaced_on = later.aggregate(first=Min("effective_on"))["first"]
    others.standing(on=target.effective_on).update(replaced_on=target.effective_on)
    target.planned = False
    target.full_clean()
    target.save()

"""Targets aimed at and results observed: set, entered, corrected, never overwritten."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.rules.roles import Capability
from accounts.rules.typographie import date_longue
from conventions.access import check_acts_for, check_can
from conventions.actions.draft import enter
from conventions.models import Article, Convention, Party
from engagements.enums import ValueStatus
from engagements.models import Engagement, Indicator, Measurement, Target
from engagements.rules.lecture import written
from engagements.rules.quantities import check_measured_year, check_quantity, check_target_year
from territories.models import Territory


@transaction.atomic
def set_target(
    convention: Convention,
    *,
    by,
    on: date,
    indicator: Indicator,
    territory: Territory,
    year: int,
    quantity: Decimal,
    engagement: Engagement | None = None,
    article: Article | None = None,
) -> Target:
    """Set what is aimed at for a year, or change it; the journal keeps before and after."""
    enter(convention, by=by, on=on)
    check_target_year(year, on=on)
    cell = {"indicator": indicator, "territory": territory, "year": year}
    known = convention.targets.filter(replaced_on__isnull=True, **cell).first()
    if known is not None and known.act_id is not None:
        msg = f"L’{known.act}, signé, fixe cet objectif : un nouvel avenant le modifie."
        raise ValidationError(msg, code="signed")
    target = known or Target(convention=convention, **cell)
    before = "" if known is None else written(known.quantity, indicator.unit)
    target.quantity, target.engagement, target.article = quantity, engagement, article
    check_aim(target)
    target.full_clean()
    target.save()
    _say_aim(target, before=before, by=by)
    return target


@transaction.atomic
def enter_measurement(
    convention: Convention,
    *,
    by,
    on: date,
    indicator: Indicator,
    territory: Territory,
    year: int,
    provider: Party,
    **value,
) -> Measurement:
    """Enter the first value of a year, for one's own party. A second one is a correction.

    `value`: quantity, status, source, as_of, comment.
    """
    check_can(by, convention, Capability.CONTRIBUTE, on=on)
    _check_provider(convention, provider, by=by, on=on)
    measurement = Measurement(
        convention=convention,
        indicator=indicator,
        territory=territory,
        year=year,
        provider=provider,
        entered_by=by,
        **value,
    )
    _check_value(measurement, on=on)
    _save(measurement, refusal=ALREADY_THERE, field="year")
    _say(measurement, Verb.MEASUREMENT_ENTERED, before="", by=by)
    return measurement


ALREADY_THERE = (
    "Une valeur existe déjà pour cette année et ce territoire : corrigez-la, elle restera visible."
)
ALREADY_CORRECTED = "Cette valeur vient d’être corrigée : reprenez à partir de la plus récente."


@transaction.atomic
def correct_measurement(
    measurement: Measurement, *, by, on: date, comment: str, **value
) -> Measurement:
    """Put a newer value in the place of one's own party's; the old one stays, with the reason.

    `value`: quantity, status, source, as_of.
    """
    check_acts_for(by, measurement.provider, Capability.CONTRIBUTE, on=on)
    correction = Measurement(
        convention=measurement.convention,
        indicator=measurement.indicator,
        territory=measurement.territory,
        year=measurement.year,
        provider=measurement.provider,
        comment=comment.strip(),
        supersedes=measurement,
        entered_by=by,
        **value,
    )
    _check_value(correction, on=on)
    _check_correction(measurement, correction)
    _save(correction, refusal=ALREADY_CORRECTED)
    _say(correction, Verb.MEASUREMENT_CORRECTED, before=_words(measurement), by=by)
    return correction


def _check_value(measurement: Measurement, *, on: date) -> None:
    year, as_of = measurement.year, measurement.as_of
    check_measured_year(year, as_of, on=on)
    check_quantity(measurement.quantity, measurement.status)
    if measurement.supersedes_id is None:
        _check_indicator(measurement.convention, measurement.indicator)
        day = as_of or date(year, 12, 31)
        _check_territory(measurement.convention, measurement.territory, on=day)


def _check_correction(measurement: Measurement, correction: Measurement) -> None:
    if not correction.comment:
        raise ValidationError({"comment": "Dites pourquoi la valeur change."})
    if Measurement.objects.filter(supersedes=measurement).exists():
        raise ValidationError(ALREADY_CORRECTED, code="corrected")
    if _same(measurement, correction):
        raise ValidationError("Rien ne change : la valeur est déjà celle-là.", code="same")


def check_aim(target: Target) -> None:
    """Refuse what is not counted by this convention, or not in its territory that year."""
    _check_indicator(target.convention, target.indicator)
    _check_territory(target.convention, target.territory, on=date(target.year, 12, 31))
    _check_origin(target)


def _check_origin(target: Target) -> None:
    for name in ("engagement", "article"):
        chosen = getattr(target, name)
        if chosen is not None and chosen.convention_id != target.convention_id:
            raise ValidationError({name: "Choisissez-le dans cette convention."})


def _check_provider(convention: Convention, provider: Party, *, by, on: date) -> None:
    """A party's figures are entered by its own people, and by nobody else."""
    if provider.convention_id != convention.pk:
        raise ValidationError({"provider": f"{provider} n’est pas partie à cette convention."})
    check_acts_for(by, provider, Capability.CONTRIBUTE, on=on)


def _check_indicator(convention: Convention, indicator: Indicator) -> None:
    if indicator.convention_id not in {None, convention.pk}:
        raise ValidationError({"indicator": "Cet indicateur est celui d’une autre convention."})


def _check_territory(convention: Convention, territory: Territory, *, on: date) -> None:
    """The convention's own territory, or a commune that it holds on that day."""
    whole = convention.territory
    if territory.pk == whole.pk:
        return
    if not Territory.objects.communes_of(whole, on=on).filter(pk=territory.pk).exists():
        name = territory.name_on(on)
        msg = f"{name} n’est pas une commune de {whole.name} au {date_longue(on)}."
        raise ValidationError({"territory": msg})


def _save(measurement: Measurement, *, refusal: str, field: str = "") -> None:
    """Save, telling in French when someone else entered the same value at the same instant."""
    measurement.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            measurement.save()
    except IntegrityError as error:
        raise ValidationError({field: refusal} if field else refusal, code="taken") from error


def _same(one: Measurement, other: Measurement) -> bool:
    facts = ("quantity", "status", "source", "as_of")
    return all(getattr(one, name) == getattr(other, name) for name in facts)


def _words(measurement: Measurement) -> str:
    if measurement.quantity is None:
        return ValueStatus(measurement.status).label
    return written(measurement.quantity, measurement.indicator.unit)


def _say(measurement: Measurement, verb: Verb, *, before: str, by) -> None:
    record(
        by,
        verb,
        measurement,
        dossier=measurement.convention_id,
        territory=measurement.territory.name,
        provider=measurement.provider.alias,
        source=measurement.source,
        reason=measurement.comment,
        changes={"quantity": [before, _words(measurement)]},
    )


def _say_aim(target: Target, *, before: str, by) -> None:
    record(
        by,
        Verb.TARGET_SET,
        target,
        dossier=target.convention_id,
        territory=target.territory.name,
        changes={"quantity": [before, written(target.quantity, target.indicator.unit)]},
    )

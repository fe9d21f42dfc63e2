"""Engagements, figures and revoyures for tests."""

from datetime import date
from decimal import Decimal

from accounts.tests.factories import make_user
from conventions.models import Convention, Party
from engagements.enums import IndicatorNature, IndicatorUnit
from engagements.models import (
    Contribution,
    Debt,
    Engagement,
    Indicator,
    Measurement,
    Revoyure,
    Target,
)


def make_engagement(convention: Convention, *debtors: Party, **fields) -> Engagement:
    """Return an engagement owed by `debtors`, by all parties jointly when none is given."""
    number = convention.engagements.count() + 1
    fields.setdefault("number", number)
    fields.setdefault("title", f"Tenir la promesse {number}")
    engagement = Engagement.objects.create(convention=convention, **fields)
    for party in debtors or convention.parties.all():
        Debt.objects.create(engagement=engagement, party=party)
    return engagement


def make_indicator(**fields) -> Indicator:
    fields.setdefault("code", f"IND-{Indicator.objects.count() + 1:02d}")
    fields.setdefault("name", "logements produits")
    fields.setdefault("unit", IndicatorUnit.NOMBRE)
    fields.setdefault("nature", IndicatorNature.FLUX)
    return Indicator.objects.create(**fields)


def make_target(convention: Convention, indicator: Indicator, **fields) -> Target:
    fields.setdefault("territory", convention.territory)
    fields.setdefault("year", 2018)
    fields.setdefault("quantity", Decimal(170))
    return Target.objects.create(convention=convention, indicator=indicator, **fields)


def make_measurement(convention: Convention, indicator: Indicator, **fields) -> Measurement:
    fields.setdefault("territory", convention.territory)
    fields.setdefault("year", 2018)
    fields.setdefault("quantity", Decimal(131))
    fields.setdefault("source", "tableau de bord de l’habitat")
    fields.setdefault("provider", fields.pop("provider", None) or convention.parties.first())
    fields.setdefault("entered_by", fields.pop("entered_by", None) or make_user())
    return Measurement.objects.create(convention=convention, indicator=indicator, **fields)


def make_revoyure(convention: Convention, **fields) -> Revoyure:
    fields.setdefault("year", 2018)
    fields.setdefault("opened_on", date(2018, 10, 1))
    fields.setdefault("opened_by", fields.pop("opened_by", None) or make_user())
    revoyure = Revoyure.objects.create(convention=convention, **fields)
    for party in convention.parties.all():
        Contribution.objects.create(revoyure=revoyure, party=party)
    return revoyure

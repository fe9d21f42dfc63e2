"""Which row of this house a file's shared row is: the same place, body, person, model or count."""

from django.db import models

from accounts.enums import OrganisationKind
from accounts.models import Organisation, User
from conventions.models import Canevas, CanevasClause
from engagements.models import Indicator
from territories.models import Territory


def known(model: type[models.Model], values: dict) -> models.Model | None:
    """Return this house's own row, or None when it has to be made."""
    return _FINDERS[model](values)


def _territory(values: dict) -> Territory | None:
    return Territory.objects.filter(kind=values["kind"], code=values["code"]).first()


def _organisation(values: dict) -> Organisation | None:
    """A SIREN names one body; without it, the same nature, name and RNA do."""
    if values["siren"] and values["kind"] != OrganisationKind.DELEGATION:
        bearers = Organisation.objects.exclude(kind=OrganisationKind.DELEGATION)
        return bearers.filter(siren=values["siren"]).first()
    identity = {name: values[name] for name in ("kind", "name", "siren", "rna")}
    return Organisation.objects.filter(**identity).order_by("pk").first()


def _person(values: dict) -> User | None:
    return User.objects.filter(email__iexact=values["email"]).first()


def _canevas(values: dict) -> Canevas | None:
    return Canevas.objects.filter(key=values["key"], version=values["version"]).first()


def _clause(values: dict) -> CanevasClause | None:
    return CanevasClause.objects.filter(canevas=values["canevas_id"], key=values["key"]).first()


def _indicator(values: dict) -> Indicator | None:
    """One's own indicators are never known before: their convention is new."""
    if values["convention_id"] is not None:
        return None
    return Indicator.objects.filter(convention=None, code=values["code"]).first()


_FINDERS = {
    Canevas: _canevas,
    CanevasClause: _clause,
    Indicator: _indicator,
    Organisation: _organisation,
    Territory: _territory,
    User: _person,
}

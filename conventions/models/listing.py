"""The list of conventions as one question: filters, words looked for, order."""

from datetime import date
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from conventions.enums import Situation
from conventions.models.convention import Party
from conventions.rules.liste import Filtres
from conventions.rules.recherche import Place, places
from territories.models import Containment


def listed(conventions: QuerySet, filtres: Filtres, *, on: date) -> QuerySet:
    """Return the conventions that answer `filtres`, in the order asked for."""
    if filtres.situation:
        conventions = conventions.en_situation(Situation(filtres.situation), on=on)
    if filtres.type:
        conventions = conventions.filter(kind=filtres.type)
    if filtres.region:
        conventions = conventions.filter(region__code=filtres.region)
    if filtres.territoire:
        conventions = conventions.filter(covering(filtres.territoire, on=on))
    if filtres.q:
        conventions = conventions.filter(mentioning(filtres.q))
    return conventions.order_by(*filtres.order, "pk")


def parties_in_order() -> Prefetch:
    """The parties as their sides stand, with what their organisations are called today."""
    return Prefetch("parties", Party.objects.select_related("organisation").order_by("position"))


def covering(name: str, *, on: date) -> Q:
    """Conventions of a territory of this name or code, or that holds one of this name."""
    inside = Containment.objects.in_force(on=on).filter(
        parent=OuterRef("territory"), child__name__icontains=name
    )
    return Q(territory__name__icontains=name) | Q(territory__code=name) | Q(Exists(inside))


def mentioning(text: str) -> Q:
    """Conventions that say `text`: reference, title, territory, or any place a floor added."""
    own = [
        Q(reference__icontains=text),
        Q(title__icontains=text),
        Q(territory__name__icontains=text),
    ]
    return reduce(or_, own + [Q(_said_in(place, text)) for place in places()])


def _said_in(place: Place, text: str) -> Exists:
    spoken = reduce(or_, (Q(**{f"{field}__icontains": text}) for field in place.fields))
    rows = getattr(apps.get_model(place.model)._default_manager, place.rows)()
    return Exists(rows.filter(spoken, **{place.convention: OuterRef("pk")}))

"""Finding a territory or an organisation by what people know of it: its SIREN or its name.

No list of 1 255 names to scroll and no script: the server looks, and when several answer, the form
comes back with those few to choose from.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django import forms
from django.db import models
from django.db.models import Case, Q, QuerySet, Value, When

from accounts.models import Organisation
from territories.enums import TerritoryKind
from territories.models import Territory

MOST = 12
_NUMBER_IN_BRACKETS = re.compile(r"\(([0-9A-Z ]+)\)\s*\Z")
SOUGHT = {
    TerritoryKind.EPCI: 0,
    TerritoryKind.COMMUNE: 1,
    TerritoryKind.DEPARTEMENT: 2,
    TerritoryKind.REGION: 3,
}


class SuggestInput(forms.TextInput):
    """A text box with a few likely answers, which the browser offers as one types."""

    template_name = "conventions/widgets/suggest.html"

    def __init__(self, suggestions: Iterable[str] = (), attrs=None):
        super().__init__(attrs)
        self.suggestions = tuple(suggestions)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}-suggestions"
        context["widget"]["attrs"] |= {"autocomplete": "off"}
        if self.suggestions:
            context["widget"]["attrs"]["list"] = list_id
        context["widget"] |= {"suggestions": self.suggestions, "list_id": list_id}
        return context


def _number_in(text: str) -> str:
    """Return the number people gave, alone or as in «Grand Lac (200 068 674)», without spaces."""
    found = _NUMBER_IN_BRACKETS.search(text.upper())
    candidate = found[1] if found else text
    number = re.sub(r"\s", "", candidate).upper()
    return number if re.fullmatch(r"[0-9][0-9AB][0-9]{3,7}", number) else ""


def _named(rows: QuerySet, text: str) -> QuerySet:
    for word in re.findall(r"[\w’']+", text):
        rows = rows.filter(name__icontains=word)
    return rows


def find_territories(text: str, *, on: date) -> QuerySet[Territory]:
    """Return the territories, in force that day, whose number or name this is."""
    rows = Territory.objects.in_force(on=on).filter(kind__in=SOUGHT)
    level = Case(
        *(When(kind=kind, then=Value(rank)) for kind, rank in SOUGHT.items()),
        output_field=models.IntegerField(),
    )
    rows = rows.annotate(level=level).order_by("level", "name", "code")
    number = _number_in(text)
    if number:
        return rows.filter(Q(code=number) | Q(siren=number))
    return _named(rows, text)


def find_organisations(text: str, *, on: date) -> QuerySet[Organisation]:
    number = _number_in(text)
    rows = Organisation.objects.order_by("name", "pk")
    return rows.filter(siren=number) if number else _named(rows, text)


def territory_label(territory: Territory) -> str:
    return f"{territory.name} ({territory.get_kind_display()}, {territory.code})"


def organisation_label(organisation: Organisation) -> str:
    number = f" ({organisation.siren})" if organisation.siren else ""
    return f"{organisation.name}{number}"


@dataclass(frozen=True)
class Lookup:
    """How one kind of thing is sought, shown, and spoken of when it is not found."""

    find: Callable[..., QuerySet]
    label: Callable[[models.Model], str]
    none: str
    several: str
    too_many: str


TERRITORY = Lookup(
    find=find_territories,
    label=territory_label,
    none=(
        "Aucun territoire ne porte ce nom ou ce numéro aujourd’hui. Vérifiez l’orthographe, ou "
        "donnez le SIREN de l’intercommunalité ou le code INSEE de la commune."
    ),
    several="Plusieurs territoires répondent à « {text} » : choisissez le vôtre.",
    too_many="Trop de territoires répondent à « {text} » : précisez le nom ou donnez le numéro.",
)
ORGANISATION = Lookup(
    find=find_organisations,
    label=organisation_label,
    none=(
        "Aucun organisme ne porte ce nom ou ce SIREN ici. Vérifiez l’orthographe et chaque "
        "chiffre, ou demandez à l’administration du portail d’ajouter l’organisme."
    ),
    several="Plusieurs organismes répondent à « {text} » : choisissez le bon.",
    too_many="Trop d’organismes répondent à « {text} » : précisez le nom ou donnez le SIREN.",
)


def choice_name(name: str) -> str:
    return f"{name}_choice"


def resolve(form: forms.BaseForm, name: str, lookup: Lookup, *, on: date) -> models.Model | None:
    """Return the one thing the answer designates; else put the question, or why not, to the form.

    When several answer, the form gains a field `<name>_choice`, and the next sending settles it.
    """
    text = form.cleaned_data.get(name, "").strip()
    if not text:
        return None
    found = list(lookup.find(text, on=on)[: MOST + 1])
    if len(found) == 1:
        return found[0]
    if not found:
        form.add_error(name, lookup.none)
        return None
    if len(found) > MOST:
        form.add_error(name, lookup.too_many.format(text=text))
        return None
    return _chosen(form, name, lookup, found, text)


def _chosen(form, name: str, lookup: Lookup, found: list, text: str) -> models.Model | None:
    given = form.data.get(form.add_prefix(choice_name(name)), "")
    form.fields[choice_name(name)] = forms.ChoiceField(
        label="Lequel ?",
        choices=[(str(row.pk), lookup.label(row)) for row in found],
        widget=forms.RadioSelect,
    )
    for row in found:
        if str(row.pk) == given:
            return row
    form.add_error(choice_name(name), lookup.several.format(text=text))
    return None

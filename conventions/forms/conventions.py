"""Beginning a convention, and correcting its card."""

from datetime import date

from django import forms

from accounts.models import Organisation
from conventions.access import visible_to
from conventions.actions.conventions import organisations_that_may_draft
from conventions.enums import ConventionKind
from conventions.forms.base import SectionedForm, SeenForm
from conventions.forms.lookup import (
    ORGANISATION,
    TERRITORY,
    SuggestInput,
    choice_name,
    resolve,
)
from conventions.models import Convention
from conventions.models.convention import REFERENCE
from territories.enums import Zone
from territories.models import Territory

FEW = 30
NO_PARENT = "Aucune convention que vous pouvez lire ne porte cette référence."


class OrganisationChoice(forms.ModelChoiceField):
    def label_from_instance(self, organisation: Organisation) -> str:
        return ORGANISATION.label(organisation)


class CardForm(SectionedForm, forms.Form):
    """The card of a convention. `user` and `on` say what one may know of."""

    sections = (
        ("L’organisme qui rédige", ("drafted_by", "drafted_by_choice")),
        ("La convention", ("reference", "title", "kind")),
        ("Le territoire", ("territory", "territory_choice", "zone")),
        ("Si elle décline une convention-cadre", ("parent",)),
    )

    reference = forms.CharField(
        label="Référence",
        max_length=40,
        help_text=(
            "En capitales, chiffres et tirets, par exemple BESANCON-2017. Elle figure sur tous les "
            "documents."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    title = forms.CharField(
        label="Titre", max_length=300, help_text="Tel qu’il figurera en tête du texte."
    )
    kind = forms.ChoiceField(label="Type", choices=ConventionKind.choices)
    territory = forms.CharField(
        label="Territoire",
        max_length=200,
        help_text="Le SIREN ou le nom de l’intercommunalité, ou de la commune.",
    )
    zone = forms.ChoiceField(
        label="Zone des jours fériés",
        required=False,
        choices=[("", "celle du territoire"), *Zone.choices],
        help_text="À changer en Alsace-Moselle ou outre-mer, si le territoire ne le dit pas déjà.",
    )
    parent = forms.CharField(
        label="Référence de la convention-cadre",
        max_length=40,
        required=False,
        help_text="Pour une convention opérationnelle qui en dépend.",
    )

    def __init__(self, *args, user, on: date, suggestions: tuple[str, ...] = (), **kwargs):
        self.user, self.on = user, on
        super().__init__(*args, **kwargs)
        self.fields["territory"].widget = SuggestInput(suggestions)

    def clean_reference(self) -> str:
        reference = self.cleaned_data["reference"].strip().upper()
        REFERENCE(reference)
        return reference

    def clean_parent(self) -> Convention | None:
        reference = self.cleaned_data["parent"].strip().upper()
        if not reference:
            return None
        parent = visible_to(self.user, on=self.on).filter(reference=reference).first()
        if parent is None:
            raise forms.ValidationError(NO_PARENT, code="unknown")
        return parent

    def clean(self) -> dict:
        cleaned = super().clean()
        self._resolve("territory", TERRITORY)
        return cleaned

    def _resolve(self, name: str, lookup) -> None:
        if name not in self.cleaned_data:
            return
        found = resolve(self, name, lookup, on=self.on)
        if found is not None:
            self.cleaned_data[name] = found
        self.cleaned_data.pop(choice_name(name), None)


class CreateForm(CardForm):
    """A new convention, in the name of an organisation one manages."""

    sections = (*CardForm.sections, ("Si elle est déjà signée", ("recorded_afterwards",)))

    recorded_afterwards = forms.BooleanField(
        label="Cette convention est déjà signée : je la reprends",
        required=False,
        help_text=(
            "Les accords ont été donnés sur papier et ne seront pas redemandés ; les habilitations "
            "et les dates de signature, elles, se saisissent."
        ),
    )

    def __init__(self, *args, user, on: date, **kwargs):
        super().__init__(*args, user=user, on=on, **kwargs)
        organisations = organisations_that_may_draft(user, on=on).order_by("name")
        self.by_search = organisations[: FEW + 1].count() > FEW
        if self.by_search:
            self.fields["drafted_by"] = forms.CharField(
                label="Organisme", max_length=250, help_text="Son SIREN ou son nom."
            )
        else:
            self.fields["drafted_by"] = OrganisationChoice(
                organisations,
                label="Organisme",
                empty_label=None if len(organisations) == 1 else "Choisissez…",
                help_text=(
                    "Lui seul verra le brouillon, jusqu’à ce que vous ouvriez la négociation."
                ),
            )

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.by_search:
            self._resolve("drafted_by", ORGANISATION)
        return cleaned


class EditForm(SeenForm, CardForm):
    """The card of a draft; `seen` is the convention's version when it was opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def initial_of(cls, convention: Convention) -> dict:
        return {
            "reference": convention.reference,
            "title": convention.title,
            "kind": convention.kind,
            "territory": str(convention.territory),
            "zone": convention.zone,
            "parent": convention.parent.reference if convention.parent else "",
            "seen": convention.version,
        }

    def answers(self) -> dict:
        """Return the action's arguments."""
        given = dict(self.cleaned_data)
        return {"version": given.pop("seen"), **given}


def likely_territories(user, *, on: date) -> tuple[str, ...]:
    """Return the territories this person most probably writes for, as the box offers them."""
    own = organisations_that_may_draft(user, on=on)[:FEW]
    around = Territory.objects.filter(organisations__in=[row.pk for row in own])
    return tuple(str(territory) for territory in around.order_by("name").distinct()[:FEW])

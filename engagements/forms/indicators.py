"""Entering a figure, correcting one, setting what is aimed at."""

from datetime import date

from django import forms

from conventions.models import Article, Convention, Party
from engagements.enums import IndicatorUnit, ValueStatus
from engagements.forms.base import ArticleField, SectionedForm, date_field
from engagements.models import Engagement, Indicator, Measurement
from engagements.models.titles import article_titles
from engagements.rules.lecture import written
from engagements.rules.quantities import EARLIEST_YEAR, parse_quantity
from territories.models import Territory


class QuantityField(forms.CharField):
    """A figure as people type or paste it: «1 100,5», «25 %», «3 000 €»."""

    def __init__(self, **options) -> None:
        super().__init__(
            max_length=40,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            **options,
        )
        self.unit: IndicatorUnit | None = None

    def clean(self, value):
        return parse_quantity(super().clean(value), self.unit)


class TerritoryField(forms.ModelChoiceField):
    """Offers the convention's places; takes any other, for the action to say why it is refused."""

    def __init__(self, **options) -> None:
        super().__init__(
            queryset=Territory.objects.all(),
            empty_label=None,
            error_messages={"invalid_choice": "Ce territoire n’existe pas."},
            **options,
        )

    def offer(self, convention: Convention, *, on: date) -> None:
        whole = convention.territory
        communes = Territory.objects.communes_of(whole, on=on).order_by("name")
        self.choices = [
            (whole.pk, f"{whole.name}, en entier"),
            *((commune.pk, commune.name) for commune in communes),
        ]


_QUANTITY = "Par exemple 1 100,5. Vide si la valeur n’est pas communiquée : ce n’est pas zéro."
_STATUS_HELP = {
    ValueStatus.PROVISOIRE: "Elle peut encore changer, l’année n’étant pas close.",
    ValueStatus.NON_COMMUNIQUE: "La valeur existe mais n’a pas été donnée.",
    ValueStatus.SANS_OBJET: "Il n’y a rien à compter cette année-là.",
}


class ValueForm(SectionedForm):
    """What a value is made of, first entered or corrected."""

    quantity = QuantityField(label="Valeur", required=False, help_text=_QUANTITY)
    status = forms.ChoiceField(
        label="Statut",
        choices=ValueStatus.choices,
        widget=forms.RadioSelect,
        initial=ValueStatus.DEFINITIF,
    )
    as_of = date_field(
        "Arrêtée au", required=False, help_text="Le jour où elle a été comptée, s’il est connu."
    )
    source = forms.CharField(
        label="Source",
        max_length=300,
        help_text="D’où elle vient : « tableau de bord de l’habitat », « bilan PEEC »…",
    )
    comment = forms.CharField(label="Commentaire", max_length=300, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choice_help = _STATUS_HELP


class MeasurementForm(ValueForm):
    sections = (
        ("Ce qui est compté", ("indicator", "territory", "year")),
        ("La valeur", ("quantity", "status", "as_of")),
        ("D’où elle vient", ("provider", "source", "comment")),
    )

    indicator = forms.ModelChoiceField(
        label="Indicateur", queryset=Indicator.objects.none(), empty_label=None
    )
    territory = TerritoryField(label="Territoire")
    year = forms.IntegerField(label="Année", min_value=EARLIEST_YEAR, max_value=9999)
    provider = forms.ModelChoiceField(
        label="Fournie par",
        queryset=Party.objects.none(),
        empty_label=None,
        error_messages={
            "invalid_choice": "Seul un membre habilité de cette partie peut saisir en son nom."
        },
    )

    field_order = ("indicator", "territory", "year")

    def __init__(
        self, data=None, *, convention: Convention, parties, on: date, initial: dict
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["indicator"].queryset = Indicator.objects.offered_to(convention)
        self.fields["provider"].queryset = parties
        year = str((data or initial).get("year") or on.year)
        known = year.isdigit() and EARLIEST_YEAR <= int(year) <= on.year
        self.fields["territory"].offer(convention, on=date(int(year) if known else on.year, 12, 31))

    def _clean_fields(self) -> None:
        """The indicator comes first: its unit says which sign a number may carry."""
        chosen = self.data.get(self.add_prefix("indicator"), "")
        if chosen.isdigit():
            indicator = self.fields["indicator"].queryset.filter(pk=chosen).first()
            self.fields["quantity"].unit = indicator and indicator.unit
        super()._clean_fields()


class CorrectionForm(ValueForm):
    sections = (
        ("La valeur corrigée", ("quantity", "status", "as_of")),
        ("D’où elle vient", ("source", "comment")),
    )

    def __init__(self, data=None, *, measurement: Measurement) -> None:
        quantity = measurement.quantity
        unit = measurement.indicator.unit
        super().__init__(
            data,
            initial={
                "quantity": "" if quantity is None else written(quantity, IndicatorUnit.NOMBRE),
                "status": measurement.status,
                "as_of": measurement.as_of,
                "source": measurement.source,
            },
        )
        self.fields["quantity"].unit = unit
        comment = self.fields["comment"]
        comment.label, comment.required = "Pourquoi elle change", True
        comment.help_text = "L’ancienne valeur reste visible, avec cette raison."
        comment.error_messages["required"] = "Dites pourquoi la valeur change."


class TargetForm(SectionedForm):
    sections = (
        ("Ce qui est visé", ("indicator", "territory", "year", "quantity")),
        ("Où c’est écrit", ("engagement", "article")),
    )

    indicator = forms.ModelChoiceField(
        label="Indicateur", queryset=Indicator.objects.none(), empty_label=None
    )
    territory = TerritoryField(label="Territoire")
    year = forms.IntegerField(label="Année", min_value=EARLIEST_YEAR, max_value=9999)
    quantity = QuantityField(
        label="Objectif",
        help_text="Par exemple 170, ou 25 pour 25 %.",
        error_messages={"required": "Donnez le nombre visé."},
    )
    engagement = forms.ModelChoiceField(
        label="Engagement", queryset=Engagement.objects.none(), required=False, empty_label="aucun"
    )
    article = ArticleField(
        label="Article", queryset=Article.objects.none(), required=False, empty_label="aucun"
    )

    def __init__(self, data=None, *, convention: Convention, on: date, initial: dict) -> None:
        super().__init__(data, initial=initial)
        self.fields["indicator"].queryset = Indicator.objects.offered_to(convention)
        self.fields["territory"].offer(convention, on=on)
        self.fields["engagement"].queryset = convention.engagements.standing(on=on).defer("wording")
        self.fields["article"].offer(article_titles(convention, on=on))

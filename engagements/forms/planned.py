"""What an avenant does to an engagement or to a target, from which day."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from conventions.models import Act, Article
from conventions.models.consolidated import draft_text
from engagements.enums import IndicatorUnit
from engagements.forms.base import ArticleField, SectionedForm, date_field
from engagements.forms.engagement import EngagementForm
from engagements.forms.indicators import QuantityField, TerritoryField
from engagements.models import Engagement, Indicator, Target
from engagements.models.titles import title_of
from engagements.rules.lecture import written


def effect_field(label: str = "Prend effet le") -> forms.DateField:
    return date_field(
        label,
        required=False,
        help_text="Vide : à la date d’effet de l’acte.",
    )


def titles_of(act: Act) -> dict:
    """The articles as they will read once the act is signed, those it inserts included."""
    return {article.article_id: title_of(article) for article in draft_text(act, with_body=False)}


class PlannedEngagementForm(EngagementForm):
    """An engagement as the act will write it: the same facts, and its date of effect."""

    sections = (*EngagementForm.sections, ("À partir de quand", ("effective_on",)))
    effective_on = effect_field()

    def __init__(self, data=None, *, act: Act, on: date, row: Engagement | None = None) -> None:
        standing = row.replaces if row is not None and row.pk is None else row
        super().__init__(data, convention=act.convention, on=on, engagement=standing)
        self.fields["theme"].queryset = act.convention.themes.in_use(act)
        self.fields["article"].offer(titles_of(act))
        if row is not None and row.pk is not None:
            self.initial["effective_on"] = row.effective_on
            if row.replaces_id and "counterparts" in self.fields:
                field = self.fields["counterparts"]
                field.queryset = field.queryset.exclude(pk=row.replaces_id)


class EndForm(SectionedForm):
    sections = (("À partir de quand", ("effective_on",)),)
    effective_on = effect_field("Cesse le")


class PlannedTargetForm(SectionedForm):
    """A target the act sets or moves; without a number, it gives it up."""

    sections = (
        ("Ce qui est visé", ("indicator", "territory", "year", "quantity", "given_up")),
        ("Où c’est écrit", ("engagement", "article")),
        ("À partir de quand", ("effective_on",)),
    )

    indicator = forms.ModelChoiceField(
        label="Indicateur", queryset=Indicator.objects.none(), empty_label=None
    )
    territory = TerritoryField(label="Territoire")
    year = forms.IntegerField(label="Année", min_value=1900, max_value=9999)
    quantity = QuantityField(
        label="Nouvel objectif", required=False, help_text="Par exemple 200, ou 25 pour 25 %."
    )
    given_up = forms.BooleanField(
        label="L’objectif est abandonné",
        required=False,
        help_text="Rien n’est plus visé pour cette année ; l’ancien objectif reste lisible.",
    )
    engagement = forms.ModelChoiceField(
        label="Engagement", queryset=Engagement.objects.none(), required=False, empty_label="aucun"
    )
    article = ArticleField(
        label="Article", queryset=Article.objects.none(), required=False, empty_label="aucun"
    )
    effective_on = effect_field()

    def __init__(self, data=None, *, act: Act, on: date, row: Target | None = None) -> None:
        super().__init__(data, initial=_initial(row))
        convention = act.convention
        self.fields["indicator"].queryset = Indicator.objects.offered_to(convention)
        self.fields["territory"].offer(convention, on=on)
        self.fields["engagement"].queryset = convention.engagements.standing(on=on).defer("wording")
        self.fields["article"].offer(titles_of(act))

    def clean(self) -> dict:
        """Either a number, or the word that there is none any more."""
        cleaned = super().clean()
        given_up = cleaned.pop("given_up", False)
        if "quantity" not in self.errors and given_up == (cleaned.get("quantity") is not None):
            msg = "Donnez le nouvel objectif, ou cochez qu’il est abandonné."
            self.add_error("quantity", ValidationError(msg, code="either"))
        return cleaned


def _initial(row: Target | None) -> dict:
    if row is None:
        return {}
    return {
        "indicator": row.indicator_id,
        "territory": row.territory_id,
        "year": row.year,
        "quantity": "" if row.withdrawn else written(row.quantity, IndicatorUnit.NOMBRE),
        "given_up": row.withdrawn,
        "engagement": row.engagement_id,
        "article": row.article_id,
        "effective_on": row.effective_on,
    }

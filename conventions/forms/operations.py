"""What an avenant does to an article, asked one operation at a time."""

from collections.abc import Iterable

from django import forms

from conventions.enums import ArticleKind
from conventions.forms.base import SectionedForm, SeenForm
from conventions.forms.editor import WordingField
from conventions.models import Act, Article
from conventions.models.consolidated import ConsolidatedArticle, draft_text

WHEN = ("À partir de quand", ("effective_on",))
WORDS = ("La rédaction", ("heading", "body"))
SUFFIXED, PUSHED, CHOSEN = "bis", "suivant", "choisi"
NUMBERINGS = (
    (SUFFIXED, "un numéro intermédiaire (« 3 bis »), les suivants ne changent pas"),
    (PUSHED, "le numéro suivant, et renuméroter ceux qui suivent"),
    (CHOSEN, "le numéro écrit ci-dessous, ou aucun"),
)


class StandingArticleChoice(forms.ModelChoiceField):
    """The articles of a text as it would stand, indented as in its plan."""

    def __init__(self, text: Iterable[ConsolidatedArticle], **options) -> None:
        titles = {article.article_id: _title(article) for article in text}
        rows = Article.objects.filter(pk__in=titles)
        super().__init__(rows, required=False, **options)
        self.choices = [("", self.empty_label), *titles.items()]


def _title(article: ConsolidatedArticle) -> str:
    words = f"{article.number} {article.heading}".strip() or article.label
    return f"{'— ' * (article.depth - 1)}{words}"


def effect_field() -> forms.DateField:
    return forms.DateField(
        label="Prend effet le",
        required=False,
        help_text="Vide : à la date d’effet de l’acte.",
    )


class OperationForm(SeenForm, forms.Form):
    """What every operation asks: from when. The hidden field says on which state it was filled."""

    sections: tuple = (WHEN,)
    effective_on = effect_field()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, act: Act, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "body" in self.fields:
            self.fields["body"].offer(draft_text(act, with_body=False))


class RepealForm(OperationForm):
    """Nothing else to ask."""


class RenumberForm(OperationForm):
    sections = (("Le numéro", ("number",)), WHEN)
    number = forms.CharField(label="Nouveau numéro", max_length=20)


class ReplaceForm(OperationForm):
    sections = (WORDS, WHEN)
    heading = forms.CharField(label="Titre", max_length=300, required=False)
    body = WordingField(label="Texte")


class RestoreForm(ReplaceForm):
    sections = (("La rédaction", ("number", "heading", "body")), WHEN)
    number = forms.CharField(label="Numéro", max_length=20, required=False)


class InsertionForm(ReplaceForm):
    """An article the draft already inserts: it stays where it was put."""

    sections = (("L’article", ("kind", "number", "heading", "body")), WHEN)
    kind = forms.ChoiceField(label="Nature", choices=ArticleKind.choices)
    number = forms.CharField(
        label="Numéro", max_length=20, required=False, help_text="Vide : sans numéro."
    )


class InsertForm(SectionedForm, forms.Form):
    sections = (
        ("Sa place", ("after", "parent")),
        ("Son numéro", ("kind", "numbering", "number")),
        WORDS,
        WHEN,
    )

    kind = forms.ChoiceField(
        label="Nature", choices=ArticleKind.choices, initial=ArticleKind.ARTICLE
    )
    numbering = forms.ChoiceField(
        label="Il prend", choices=NUMBERINGS, initial=SUFFIXED, widget=forms.RadioSelect
    )
    number = forms.CharField(label="Numéro choisi", max_length=20, required=False)
    heading = forms.CharField(label="Titre", max_length=300, required=False)
    body = WordingField(label="Texte")
    effective_on = effect_field()

    def __init__(self, *args, act: Act, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        text = draft_text(act, with_repealed=True, with_body=False)
        self.fields["after"] = StandingArticleChoice(
            text,
            label="Après",
            empty_label="aucun : en premier",
            help_text="L’article se place derrière celui-ci et tout ce qu’il contient.",
        )
        standing = [article for article in text if not article.repealed]
        self.fields["parent"] = StandingArticleChoice(
            standing,
            label="Sinon, en premier dans",
            empty_label="le texte, au premier niveau",
            help_text="Ne sert que si « Après » ne désigne aucun article.",
        )
        self.fields["body"].offer(standing)

    def clean(self) -> dict:
        """Turn how it is numbered into what the action asks; a place behind decides alone."""
        cleaned = super().clean()
        numbering = cleaned.pop("numbering", SUFFIXED)
        number = cleaned.pop("number", "")
        cleaned["number"] = number if numbering == CHOSEN else None
        cleaned["push_on"] = numbering == PUSHED
        if cleaned.get("after"):
            cleaned["parent"] = None
        return cleaned

"""Writing the text: articles, and what opens an act."""

from django import forms
from django.db.models import Prefetch

from conventions.enums import ArticleKind
from conventions.forms.base import SectionedForm, SeenForm
from conventions.models import Act, ArticleVersion

BODY_HELP = (
    "Une ligne vide sépare deux alinéas ; une ligne qui commence par « - » est un élément de liste."
)


class ArticleChoice(forms.ModelChoiceField):
    """Articles as the plan shows them: indented by their depth, by number and heading."""

    def label_from_instance(self, article) -> str:
        version = article.draft_version[0]
        words = f"{version.number} {version.heading}".strip() or version.label
        return f"{'— ' * (version.depth - 1)}{words}"


class NewArticleForm(SectionedForm, forms.Form):
    sections = (
        ("Sa place", ("kind", "parent")),
        ("Son texte", ("number", "heading", "body")),
    )

    kind = forms.ChoiceField(label="Nature", choices=ArticleKind.choices, initial="article")
    number = forms.CharField(
        label="Numéro",
        max_length=20,
        required=False,
        help_text="Laissez vide pour le numéro qui suit.",
    )
    heading = forms.CharField(label="Titre", max_length=300, required=False)
    body = forms.CharField(
        label="Texte",
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=BODY_HELP,
    )

    def __init__(self, *args, act: Act, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"] = ArticleChoice(
            plan_of(act),
            label="Dans",
            required=False,
            empty_label="le texte, au premier niveau",
        )

    def clean(self) -> dict:
        cleaned = super().clean()
        _ask_for_words(self)
        cleaned["number"] = cleaned.get("number") or None
        return cleaned


class ArticleForm(SeenForm, forms.Form):
    sections = (
        ("Sa place", ("kind", "parent")),
        ("Son texte", ("number", "heading", "body")),
    )

    kind = forms.ChoiceField(label="Nature", choices=ArticleKind.choices)
    number = forms.CharField(
        label="Numéro", max_length=20, required=False, help_text="Vide : sans numéro."
    )
    heading = forms.CharField(label="Titre", max_length=300, required=False)
    body = forms.CharField(
        label="Texte",
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=BODY_HELP,
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, version: ArticleVersion, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"] = ArticleChoice(
            plan_of(version.act).exclude(pk=version.article_id),
            label="Dans",
            required=False,
            empty_label="le texte, au premier niveau",
            help_text="L’article part avec tout ce qu’il contient, à la fin de sa nouvelle place.",
        )

    def clean(self) -> dict:
        cleaned = super().clean()
        _ask_for_words(self)
        return cleaned


class VisasForm(SeenForm, forms.Form):
    """The whole opening of the act, one reference or reason a paragraph."""

    sections = (("Ce qui ouvre l’acte", ("visas", "considerants")),)

    visas = forms.CharField(
        label="Visas",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Un par ligne : « Vu le code de la construction et de l’habitation ; ».",
    )
    considerants = forms.CharField(
        label="Considérants",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Un par ligne : « Considérant que… ».",
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def clean_visas(self) -> list[str]:
        return _lines(self.cleaned_data["visas"])

    def clean_considerants(self) -> list[str]:
        return _lines(self.cleaned_data["considerants"])


def _ask_for_words(form: forms.Form) -> None:
    if not form.cleaned_data.get("heading") and not form.cleaned_data.get("body"):
        form.add_error("heading", "Donnez au moins un titre ou un texte.")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def plan_of(act: Act):
    """Return the articles of a draft in reading order, each with its `draft_version`."""
    versions = ArticleVersion.objects.filter(act=act)
    return (
        act.convention.articles.filter(versions__act=act)
        .prefetch_related(Prefetch("versions", versions, to_attr="draft_version"))
        .order_by("versions__position")
    )

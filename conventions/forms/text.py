"""Writing the text: articles, and what opens an act."""

from django import forms
from django.db.models import Prefetch

from conventions.actions.revisions import Words
from conventions.enums import ArticleKind
from conventions.forms.base import SectionedForm, SeenForm
from conventions.forms.editor import WordingField
from conventions.models import Act, ArticleVersion
from conventions.models.consolidated import draft_text


class ArticleChoice(forms.ModelChoiceField):
    """Articles as the plan shows them: indented by their depth, by number and heading."""

    def label_from_instance(self, article) -> str:
        version = article.draft_version[0]
        words = f"{version.number} {version.heading}".strip() or version.label
        return f"{'— ' * (version.depth - 1)}{words}"


class WrittenForm(SectionedForm, forms.Form):
    """The questions of an article, asked by number, title and wording."""

    sections = (
        ("Sa place", ("kind", "parent")),
        ("Son texte", ("number", "heading", "body")),
    )

    kind = forms.ChoiceField(label="Nature", choices=ArticleKind.choices, initial="article")
    number = forms.CharField(label="Numéro", max_length=20, required=False)
    heading = forms.CharField(
        label="Titre",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"data-autosaved": True}),
    )
    body = WordingField(label="Texte")

    def __init__(self, *args, act: Act, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"] = ArticleChoice(
            plan_of(act), label="Dans", required=False, empty_label="le texte, au premier niveau"
        )
        self.fields["body"].offer(draft_text(act, with_body=False))
        if act.automatic_numbering:
            del self.fields["number"]

    def clean(self) -> dict:
        cleaned = super().clean()
        if not cleaned.get("heading") and not cleaned.get("body"):
            self.add_error("heading", "Donnez au moins un titre ou un texte.")
        return cleaned


class NewArticleForm(WrittenForm):
    def __init__(self, *args, act: Act, **kwargs):
        super().__init__(*args, act=act, **kwargs)
        if "number" in self.fields:
            self.fields["number"].help_text = "Laissez vide pour le numéro qui suit."

    def clean(self) -> dict:
        cleaned = super().clean()
        cleaned["number"] = cleaned.get("number") or None
        return cleaned


class BasedForm(forms.BaseForm):
    """A form that says what the person started from, so that what others wrote since is kept.

    Those answers are compared, never written as such.
    """

    @property
    def base(self) -> Words:
        return Words(*(self.cleaned_data[f"base_{name}"] for name in ("number", "heading", "body")))

    @property
    def mine(self) -> Words:
        answers = self.cleaned_data
        return Words(answers.get("number", self.base.number), answers["heading"], answers["body"])


def based_on(name: str) -> forms.CharField:
    """A hidden field with the value a person started from, kept to the letter."""
    return forms.CharField(
        required=False, strip=False, widget=forms.HiddenInput(attrs={"data-base": name})
    )


class ArticleForm(BasedForm, WrittenForm):
    base_number = based_on("number")
    base_heading = based_on("heading")
    base_body = based_on("body")
    base_kind = forms.CharField(required=False, widget=forms.HiddenInput)
    base_parent = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, version: ArticleVersion, **kwargs):
        words = {"number": version.number, "heading": version.heading, "body": version.body}
        initial = words | {f"base_{name}": value for name, value in words.items()}
        initial |= {"kind": version.article.kind, "parent": version.article.parent_id}
        initial |= {"base_kind": version.article.kind, "base_parent": version.article.parent_id}
        super().__init__(*args, act=version.act, initial=initial, **kwargs)
        parent = self.fields["parent"]
        parent.queryset = parent.queryset.exclude(pk=version.article_id)
        parent.help_text = (
            "L’article part avec tout ce qu’il contient, à la fin de sa nouvelle place."
        )
        if "number" in self.fields:
            self.fields["number"].help_text = "Vide : sans numéro."

    @property
    def new_kind(self) -> str | None:
        """The kind this person chose, if it is another than the one shown."""
        kind = self.cleaned_data["kind"]
        return kind if kind != self.cleaned_data["base_kind"] else None

    @property
    def has_moved(self) -> bool:
        parent = self.cleaned_data["parent"]
        return str(parent.pk if parent else "") != self.cleaned_data["base_parent"]

    def settle(self, here: Words, merged: Words) -> None:
        """Start again from what is recorded, with both writings put together to be settled."""
        self.data = self.data.copy()
        self.data.pop("body-html", None)
        for name, value in vars(merged).items():
            self.data[name] = value
            self.data[f"base_{name}"] = getattr(here, name)


class AutosaveForm(BasedForm, forms.Form):
    """What the editor sends by itself: the words alone, neither the number nor the place."""

    heading = forms.CharField(max_length=300, required=False)
    body = WordingField()
    base_number = based_on("number")
    base_heading = based_on("heading")
    base_body = based_on("body")


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

"""What people answer in a negotiation: handing over, discussing, proposing, settling."""

from collections.abc import Iterable, Sequence

from django import forms

from conventions.enums import ArticleKind, ProposalKind, ThreadScope
from conventions.forms.base import SectionedForm
from conventions.forms.editor import WordingField
from conventions.models import Article, Party
from conventions.models.consolidated import ConsolidatedArticle
from conventions.rules.negotiation import LONGEST_PASSAGE, Wording
from conventions.rules.texte import short_title


class SpokenForm(SectionedForm):
    """A form answered in the name of a party: asked of those alone who act for several."""

    def ask_party(self, parties: Sequence[Party]) -> None:
        self._parties = parties
        if len(parties) > 1:
            pks = [party.pk for party in parties]
            self.fields["party"] = forms.ModelChoiceField(
                Party.objects.filter(pk__in=pks), label="Au nom de", empty_label="Choisissez"
            )

    @property
    def party(self) -> Party:
        return self.cleaned_data.get("party") or self._parties[0]


class HandOverForm(SectionedForm, forms.Form):
    """`seen` is the round the person saw: a page sent twice ends one round."""

    sections = (("Ce que vous en dites", ("to", "message")),)

    message = forms.CharField(
        label="Message",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Ce que vous avez changé, ce que vous attendez. Toutes les parties le lisent.",
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, receivers, **kwargs):
        super().__init__(*args, **kwargs)
        if len(receivers) > 1:
            self.fields["to"] = forms.ModelChoiceField(
                receivers, label="À qui", empty_label="Choisissez la partie"
            )


class ReasonForm(SectionedForm, forms.Form):
    sections = (("Pourquoi", ("to", "reason")),)

    reason = forms.CharField(
        label="Motif", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class UnblockForm(ReasonForm):
    def __init__(self, *args, receivers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"] = forms.ModelChoiceField(
            receivers, label="Donner la main à", empty_label="Choisissez la partie"
        )


class ReplyForm(SpokenForm, forms.Form):
    sections = (("Votre réponse", ("party", "body")),)

    body = forms.CharField(
        label="Message", max_length=8000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args, parties: Sequence[Party], **kwargs):
        super().__init__(*args, **kwargs)
        self.ask_party(parties)


class ThreadForm(ReplyForm):
    sections = (
        ("De quoi l’on parle", ("article", "passage")),
        ("Ce que vous en dites", ("party", "scope", "body")),
    )

    scope = forms.ChoiceField(
        label="Qui la lira", choices=ThreadScope.choices, widget=forms.RadioSelect
    )
    passage = forms.CharField(
        label="Passage",
        required=False,
        max_length=LONGEST_PASSAGE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Recopiez les mots dont vous parlez. Vide : l’article entier.",
    )

    def __init__(self, *args, text: Iterable[ConsolidatedArticle], private: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["article"] = forms.ChoiceField(
            label="Article", required=False, choices=[("", "le texte entier"), *named(text)]
        )
        if private:
            self.fields["scope"].choices = [
                choice for choice in ThreadScope.choices if choice[0] == ThreadScope.INTERNE
            ]

    def clean_article(self) -> Article | None:
        chosen = self.cleaned_data["article"]
        return Article.objects.get(pk=chosen) if chosen else None


class ProposalForm(SpokenForm, forms.Form):
    """A new wording, number or heading of an article, or an article to insert."""

    sections = (
        ("Sa place", ("party", "article_kind", "after")),
        ("Ce que vous proposez", ("number", "heading", "body")),
        ("Pourquoi", ("reason",)),
    )

    article_kind = forms.ChoiceField(
        label="Nature", choices=ArticleKind.choices, initial=ArticleKind.ARTICLE
    )
    number = forms.CharField(label="Numéro", max_length=20, required=False)
    heading = forms.CharField(label="Titre", max_length=300, required=False)
    body = WordingField(label="Texte")
    reason = forms.CharField(
        label="Motif",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Facultatif. La partie qui a la main le lira à côté du texte.",
    )

    def __init__(
        self,
        *args,
        parties: Sequence[Party],
        text: Sequence[ConsolidatedArticle],
        kind: str,
        numbers_itself: bool,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.ask_party(parties)
        self.fields["body"].offer(text)
        if kind == ProposalKind.INSERER:
            self.fields["after"] = forms.ChoiceField(
                label="Après", required=False, choices=[("", "à la fin du texte"), *named(text)]
            )
        else:
            del self.fields["article_kind"]
        if kind == ProposalKind.RETIRER:
            for name in ("number", "heading", "body"):
                del self.fields[name]
        elif numbers_itself:
            del self.fields["number"]


class SettleForm(SectionedForm, forms.Form):
    """What the article will say, chosen by a person who has both wordings before them."""

    sections = (("Le texte à retenir", ("number", "heading", "body")),)

    number = forms.CharField(label="Numéro", max_length=20, required=False)
    heading = forms.CharField(label="Titre", max_length=300, required=False)
    body = WordingField(label="Texte")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, text: Sequence[ConsolidatedArticle], numbers_itself: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].offer(text)
        if numbers_itself:
            del self.fields["number"]

    @property
    def wording(self) -> Wording:
        given = self.cleaned_data
        return Wording(given.get("number", ""), given["heading"], given["body"])


def named(text: Iterable[ConsolidatedArticle]) -> list[tuple[str, str]]:
    """Return the articles of a text as choices, indented by their depth."""
    return [
        (
            str(article.article_id),
            "— " * (article.depth - 1) + short_title(article.kind, article.number, article.heading),
        )
        for article in text
    ]

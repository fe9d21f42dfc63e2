"""What a term means."""

from django import forms

from conventions.forms.base import SectionedForm, SeenForm
from conventions.forms.text import ArticleChoice, plan_of
from conventions.models import Act


class DefinitionForm(SectionedForm, forms.Form):
    sections = (("La définition", ("term", "meaning", "article")),)

    term = forms.CharField(
        label="Terme",
        max_length=120,
        help_text="Au singulier : « logement abordable », « CIL ». Le pluriel est reconnu.",
    )
    meaning = forms.CharField(label="Sens", widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, act: Act, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["article"] = ArticleChoice(
            plan_of(act),
            label="Défini dans",
            required=False,
            empty_label="aucun article en particulier",
        )


class ChangedDefinitionForm(SeenForm, DefinitionForm):
    seen = forms.CharField(widget=forms.HiddenInput)

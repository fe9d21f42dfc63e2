"""Choosing articles to export, bringing a Word file back, choosing what to take from it."""

from django import forms

from conventions.actions.word_import import Preview
from conventions.forms.base import SectionedForm
from conventions.forms.signature import UploadField
from conventions.models import Party
from conventions.models.consolidated import ConsolidatedArticle
from conventions.rules.texte import title


class WordExportForm(forms.Form):
    """Which articles; none chosen means the whole act. Read from the address."""

    article = forms.TypedMultipleChoiceField(
        label="Articles",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Sans choix, tout l’acte est exporté.",
    )

    def __init__(self, *args, articles: list[ConsolidatedArticle], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["article"].choices = [
            (one.code, title(one.kind, one.number, one.heading)) for one in articles
        ]


class WordUploadForm(forms.Form):
    file = UploadField(
        label="Fichier Word",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text=(
            "Un document .docx de 20 Mo au plus, avec ses modifications suivies et ses "
            "commentaires. Rien n’est écrit avant que vous ayez vu l’aperçu."
        ),
    )


class WordImportForm(SectionedForm, forms.Form):
    """What to take of a file that was read: the page writes the boxes beside each change."""

    party = forms.ModelChoiceField(Party.objects.none(), label="Au nom de", empty_label=None)
    change = forms.MultipleChoiceField(required=False)
    remark = forms.MultipleChoiceField(required=False)

    def __init__(self, *args, preview: Preview, parties, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["change"].choices = [(one.key, one.title) for one in preview.changes]
        self.fields["remark"].choices = [(one.id, one.text) for one in preview.remarks]
        self.fields["party"].queryset = parties
        self.sole_party = parties[0] if len(parties) == 1 else None
        if len(parties) < 2:
            del self.fields["party"]

    @property
    def for_party(self) -> Party | None:
        return self.cleaned_data.get("party") or self.sole_party

    def ticked(self, name: str, usual: list[str]) -> list[str]:
        """Return the boxes to show ticked: those sent, else those usually wanted."""
        return self.data.getlist(name) if self.is_bound else usual

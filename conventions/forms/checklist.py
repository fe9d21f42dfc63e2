"""Answering a question of the procedure."""

from django import forms
from django.db.models import QuerySet

from conventions.enums import ChecklistReply
from conventions.forms.base import SectionedForm
from conventions.models import Document
from conventions.rules.procedure import Question


class AnswerForm(SectionedForm, forms.Form):
    """The reply, the date that proves it, what is to be said, and the document."""

    sections = (("Votre réponse", ("reply", "dated_on", "note", "document")),)

    def __init__(self, *args, documents: QuerySet[Document], question: Question, **kwargs):
        super().__init__(*args, **kwargs)
        labels = dict(ChecklistReply.choices)
        self.fields["reply"] = forms.ChoiceField(
            label=question.text,
            choices=[(value, str(labels[value]).capitalize()) for value in question.replies],
            widget=forms.RadioSelect,
        )
        if question.dated:
            self.fields["dated_on"] = forms.DateField(
                label=question.dated,
                required=False,
                help_text="À donner avec un oui.",
            )
        self.fields["note"] = forms.CharField(
            label=question.noted or "Précision",
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text="À écrire avec un oui." if question.noted else "",
        )
        self.fields["document"] = forms.ModelChoiceField(
            documents,
            label=question.evidence or "Pièce",
            required=False,
            empty_label="aucune pièce",
            help_text="Parmi les documents de la convention : déposez-la d’abord s’il le faut.",
        )

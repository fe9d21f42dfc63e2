"""What the forms of this floor share: sections in the margin, refusals put at the right field."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError

from conventions.models import Article
from engagements.models.titles import ArticleTitle


class SectionedForm(forms.Form):
    """A form whose `sections` are ((title, (field, …)), …); the page writes the rest."""

    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        present = (
            (title, [name for name in names if name in self.fields])
            for title, names in self.sections
        )
        helper.layout = Layout(*(Fieldset(title, *names) for title, names in present if names))
        return helper

    def refuse(self, error: ValidationError) -> None:
        """Put what an action refused at the field it names, else above the form."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)


class ArticleField(forms.ModelChoiceField):
    """An article of one text, named as that text names it, in reading order.

    Nothing else is accepted: what a draft one does not read inserts has no place there.
    """

    def offer(self, titles: dict[int, ArticleTitle]) -> None:
        self.queryset = Article.objects.filter(pk__in=titles)
        self.choices = [
            ("", self.empty_label or "aucun"),
            *((pk, title.short) for pk, title in titles.items()),
        ]


def date_field(label: str, **options) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **options)

"""What the forms of this floor share: sections in the margin, refusals put at the right field."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError

from conventions.models import Party


class SectionedForm(forms.Form):
    """A form whose `sections` are ((title, (field, …)), …); the page writes the rest."""

    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        known = (
            (title, [name for name in names if name in self.fields])
            for title, names in self.sections
        )
        helper.layout = Layout(
            *(Fieldset(title, *names) if title else Layout(*names) for title, names in known)
        )
        return helper

    def refuse(self, error: ValidationError) -> None:
        """Put what an action refused at the field it names, else above the form."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)


class PartyField(forms.ModelChoiceField):
    """In whose name; asked of those who act for several parties alone."""

    def __init__(self, label: str) -> None:
        super().__init__(Party.objects.none(), label=label, empty_label=None)

    def offer(self, form: forms.Form, parties: list[Party]) -> None:
        if len(parties) < 2:
            del form.fields["party"]
        else:
            self.queryset = Party.objects.filter(pk__in=[party.pk for party in parties])

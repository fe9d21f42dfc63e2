"""What every form of this floor shares: sections, refusals at the right field, stale answers."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

Names = tuple["str | Names", ...]


class SectionedForm(forms.BaseForm):
    """A form whose `sections` are ((title, (field, …)), …); the page writes the rest.

    A tuple among the fields sets them side by side. The layout is made when it is drawn, because a
    search may have added a question to answer.
    """

    sections: tuple[tuple[str, Names], ...] = ()
    # What a colleague recorded meanwhile: label and value (see `SeenForm`).
    theirs: tuple[tuple[str, str], ...] = ()

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        drawn = [(title, self._known(names)) for title, names in self.sections]
        helper.layout = Layout(
            *(Fieldset(title, *names) for title, names in drawn if names),
            *(field.name for field in self.hidden_fields()),
        )
        return helper

    def _known(self, names: Names) -> list[str | Row]:
        """Keep the fields this form has, those of an inner tuple in a row."""
        kept: list[str | Row] = []
        for name in names:
            if isinstance(name, str):
                kept += [name] if name in self.fields else []
            elif row := self._known(name):
                kept.append(Row(*row))
        return kept

    def refuse(self, error: ValidationError) -> None:
        """Put what an action refused at the field it names, else above the form."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)


class SeenForm(SectionedForm):
    """A form that remembers the state of the row it shows, so as not to overwrite a colleague.

    It declares a hidden field `seen`, given back to the action with the answers.
    """

    def show_theirs(self, fresh: "SeenForm") -> None:
        """After a stale answer, list what is now recorded, and let the next sending pass.

        `fresh` is the same form, unbound, on the row as it stands.
        """
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = fresh["seen"].value()
        pairs = [(field, fresh[field.name]) for field in self.visible_fields()]
        self.theirs = tuple(
            (mine.label, spoken(other)) for mine, other in pairs if spoken(mine) != spoken(other)
        )


def spoken(field: forms.BoundField) -> str:
    """Return an answer in words, as a reader of the page would say it."""
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return "oui" if value else "non"
    for choice, label in getattr(field.field, "choices", ()):
        if str(choice) == str("" if value is None else value):
            return str(label)
    return "" if value is None else str(value)

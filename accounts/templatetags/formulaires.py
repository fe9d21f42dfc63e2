"""What the form templates of `templates/crispy_revoyure/` need to know about a field.

The widget decides what is drawn, never a CSS class written in Python (style guide, c.5).
"""

from typing import NamedTuple

from django import forms, template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# Browsers speak ISO 8601 in date fields, whatever they display.
ISO_INPUTS: tuple[tuple[type[forms.Widget], str, str], ...] = (
    (forms.DateInput, "date", "%Y-%m-%d"),
    (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (forms.TimeInput, "time", "%H:%M"),
)
SHORT, MIDDLE = 6, 14


# First words that lose their capital after « Libellé : » (a name would keep it).
PLAIN_STARTS = frozenset(
    (
        "Assurez-vous", "Aucun", "Aucune", "Ce", "Ces", "Cet", "Cette", "Choisissez", "Donnez",
        "Elle", "Elles", "Entrez", "Il", "Ils", "Indiquez", "La", "Le", "Les", "Saisissez",
        "Sélectionnez", "Un", "Une", "Utilisez", "Vérifiez", "Votre", "Vous",
    )
)  # fmt: skip


class Problem(NamedTuple):
    """One line of the error summary; without an anchor it concerns the form as a whole."""

    anchor: str
    text: str


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Draw the widget alone: its look and its native type follow from its class."""
    widget = field.field.widget
    for widget_class, input_type, iso in ISO_INPUTS:
        if isinstance(widget, widget_class):
            widget.input_type, widget.format = input_type, iso
    if isinstance(widget, forms.SplitDateTimeWidget):
        _name_halves(widget)
    if isinstance(widget, forms.CheckboxInput):
        return field.as_widget()
    own_class = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"field__input{_width(field)} {own_class}".strip()})


def _name_halves(widget: forms.SplitDateTimeWidget) -> None:
    for half, word, (_, input_type, iso) in zip(
        widget.widgets, ("Date", "Heure"), (ISO_INPUTS[0], ISO_INPUTS[2]), strict=True
    ):
        half.input_type, half.format = input_type, iso
        half.attrs["aria-label"] = word


def _width(field: BoundField) -> str:
    """Fit the box to the answer: a year and a wording do not deserve the same line."""
    widget = field.field.widget
    if isinstance(widget, forms.DateInput | forms.TimeInput | forms.SplitDateTimeWidget):
        return " field__input--date"
    if isinstance(widget, forms.NumberInput):
        top = getattr(field.field, "max_value", None)
        short = top is not None and top < 10**SHORT
        return " field__input--short" if short else " field__input--date"
    if isinstance(widget, forms.Textarea):
        return " field__input--long"
    length = getattr(field.field, "max_length", None)
    if type(widget) is forms.TextInput and length and length <= MIDDLE:
        return " field__input--short" if length <= SHORT else " field__input--date"
    return ""


@register.simple_tag
def options(field: BoundField) -> list[dict]:
    """List the choices of radio buttons or checkboxes, each with its own help when it has one.

    Help comes from `field.choice_help = {value: text}`, set by the form on its field.
    """
    helps = getattr(field.field, "choice_help", {})
    rows = []
    for option in field.subwidgets:
        # Errors are told by the group; a radio button cannot carry aria-invalid (ARIA 1.2).
        option.data["attrs"].pop("aria-invalid", None)
        value = str(option.data["value"])
        rows.append({"control": option, "label": option.choice_label, "help": helps.get(value, "")})
    return rows


@register.filter
def anchor(field: BoundField) -> str:
    """Return the id a link must aim at so that the first control of the field takes focus."""
    if field.id_for_label or not field.auto_id:
        return field.id_for_label
    return f"{field.auto_id}_0"


@register.filter
def described_by(field: BoundField) -> str:
    """Return the aria-describedby of a group, which Django leaves to its fieldset."""
    ids = field.aria_describedby
    return format_html(' aria-describedby="{}"', ids) if ids else ""


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_choice_group(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.RadioSelect)


@register.filter
def is_optional(field: BoundField) -> bool:
    """Tell whether to write « (facultatif) »: a lone box left unticked is an answer, and so
    is the blank of a choice that says so (`blank_speaks`)."""
    blank_speaks = getattr(field.field, "blank_speaks", False)
    return not (field.field.required or blank_speaks or is_checkbox(field))


@register.filter
def file_was_lost(field: BoundField) -> bool:
    """Tell whether a file was chosen and must be chosen again, the form coming back for another
    reason: browsers never keep a file from one sending to the next."""
    is_file = isinstance(field.field.widget, forms.FileInput)
    return is_file and bool(field.form.errors) and not field.errors and bool(field.data)


@register.filter
def problems(form: forms.BaseForm) -> list[Problem]:
    """List what the error summary shows, in the order of the page."""
    rows = [Problem("", message) for message in form.non_field_errors()]
    for field in form:
        if field.is_hidden:
            rows += [Problem("", message) for message in field.errors]
        else:
            rows += [Problem(anchor(field), _told(field, message)) for message in field.errors]
    return rows


def _told(field: BoundField, message: str) -> str:
    first, _, rest = message.partition(" ")
    if first in PLAIN_STARTS:
        message = f"{first[0].lower()}{first[1:]} {rest}"
    # « Comment a-t-elle été signée ? » already ends its own sentence.
    colon = "" if field.label.endswith(("?", ":")) else "\u00a0:"
    return f"{field.label}{colon} {message}"


@register.filter
def keeps_answers(form: forms.BaseForm) -> bool:
    """Tell whether every answer comes back with the form: passwords and files never do."""
    fragile = (forms.PasswordInput, forms.FileInput)
    return not any(isinstance(field.widget, fragile) for field in form.fields.values())


@register.filter
def formset_problems(formset: forms.BaseFormSet) -> list[Problem]:
    """List the problems of a formset: its own, then each form's."""
    rows = [Problem("", message) for message in formset.non_form_errors()]
    for form in formset:
        rows += problems(form)
    return rows

"""The form pack is accessible by construction: checked on one form that holds every widget."""

from datetime import date
from html.parser import HTMLParser

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, MultiField, Row
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines

CONTROLS = {"input", "select", "textarea"}


class Page(HTMLParser):
    """The elements of a fragment, in order, with their attributes and their text."""

    def __init__(self, html: str):
        super().__init__()
        self.elements: list[tuple[str, dict]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data):
        self.words.append(data)

    def all(self, *tags, **having) -> list[dict]:
        return [
            attrs
            for tag, attrs in self.elements
            if tag in tags and all(attrs.get(key) == value for key, value in having.items())
        ]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.elements if "id" in attrs]

    @property
    def controls(self) -> list[dict]:
        return [attrs for attrs in self.all(*CONTROLS) if attrs.get("type") != "hidden"]


class EveryWidgetForm(forms.Form):
    number = forms.CharField(label="Numéro", max_length=12, help_text="En tête de l’extrait.")
    voted_on = forms.DateField(label="Séance du")
    votes_for = forms.IntegerField(label="Pour", max_value=999)
    votes_against = forms.IntegerField(label="Contre", max_value=999)
    email = forms.EmailField(
        label="Courriel", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = forms.CharField(label="Mot de passe", widget=forms.PasswordInput)
    starts_at = forms.DateTimeField(label="Début", required=False)
    meets_at = forms.SplitDateTimeField(
        label="Réunion", required=False, widget=forms.SplitDateTimeWidget
    )
    signatory = forms.ChoiceField(label="Signataire", choices=[("a", "Le président")])
    way = forms.ChoiceField(
        label="Comment a-t-elle été signée ?",
        widget=forms.RadioSelect,
        choices=[("papier", "Sur papier"), ("parapheur", "Dans un parapheur")],
        help_text="Une seule réponse.",
    )
    themes = forms.MultipleChoiceField(
        label="Thèmes",
        widget=forms.CheckboxSelectMultiple,
        choices=[("p", "Produire"), ("a", "Attribuer")],
        required=False,
    )
    file = forms.FileField(label="Convention signée", help_text="Un PDF.")
    remark = forms.CharField(label="Remarque", widget=forms.Textarea, required=False)
    certified = forms.BooleanField(label="Je certifie la copie", help_text="Devant un témoin.")
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["way"].choice_help = {"papier": "Un agent certifiera la copie."}


class LaidOutForm(EveryWidgetForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset("La délibération", Row("number", "voted_on")),
            MultiField("Résultat du vote", "votes_for", "votes_against", help_text="Exprimés."),
        )


def render(source: str, **context) -> Page:
    template = engines["django"].from_string("{% load crispy_forms_tags %}" + source)
    return Page(template.render(context))


def plain(form) -> Page:
    return render("{{ form|crispy }}", form=form)


def refused() -> EveryWidgetForm:
    form = EveryWidgetForm({"number": "2017/003870", "voted_on": "2017-11-16"})
    form.add_error(None, "La convention est déjà signée.")
    return form


@pytest.fixture(params=["new", "refused"])
def page(request) -> Page:
    return plain(EveryWidgetForm() if request.param == "new" else refused())


def test_every_control_has_a_label(page):
    named = {attrs["for"] for attrs in page.all("label")}
    unnamed = [c for c in page.controls if c["id"] not in named and "aria-label" not in c]
    assert page.controls
    assert unnamed == []


def test_no_id_is_given_twice(page):
    assert len(page.ids) == len(set(page.ids))


def test_every_description_exists(page):
    described = [
        attrs["aria-describedby"] for _, attrs in page.elements if "aria-describedby" in attrs
    ]
    assert described
    assert {name for ids in described for name in ids.split()} <= set(page.ids)


def test_groups_of_choices_are_fieldsets_with_a_legend(page):
    assert len(page.all("fieldset")) == len(page.all("legend")) == 3
    assert "Un agent certifiera la copie." in page.text


def test_optional_is_said_in_words_and_no_star_is_used(page):
    assert page.text.count("(facultatif)") == 4
    assert "*" not in page.text


def test_dates_are_native_and_speak_iso():
    form = EveryWidgetForm(initial={"voted_on": date(2017, 11, 16)})
    (control,) = plain(form).all("input", name="voted_on")
    assert control["type"] == "date"
    assert control["value"] == "2017-11-16"


def test_what_the_widget_says_about_itself_is_kept():
    page = plain(EveryWidgetForm())
    assert page.all("input", name="email", autocomplete="email", type="email")
    assert page.all("input", name="password", type="password")
    assert page.all("input", name="starts_at", type="datetime-local")
    assert page.all("input", name="token", type="hidden")


def test_a_new_form_shows_no_error():
    page = plain(EveryWidgetForm())
    assert not page.all("div", role="alert")
    assert not [c for c in page.controls if "aria-invalid" in c]


def test_the_error_summary_takes_focus_and_leads_to_each_field():
    page = plain(refused())
    (summary,) = page.all("div", role="alert")
    assert "autofocus" in summary
    assert summary["tabindex"] == "-1"
    assert summary["aria-labelledby"] in page.ids
    anchors = [attrs["href"].removeprefix("#") for attrs in page.all("a")]
    controls = {control["id"] for control in page.controls}
    assert len(anchors) == 8
    assert set(anchors) <= controls
    assert "Neuf points sont à reprendre" in page.text
    assert "La convention est déjà signée." in page.text


def test_each_wrong_field_says_so_itself():
    page = plain(refused())
    (signatory,) = page.all("select", name="signatory")
    assert signatory["aria-invalid"] == "true"
    assert signatory["aria-describedby"] == "id_signatory_error"
    (file,) = page.all("input", name="file")
    assert file["aria-describedby"] == "id_file_helptext id_file_error"


def test_a_wrong_group_is_described_as_a_whole():
    page = plain(refused())
    (group,) = [g for g in page.all("fieldset") if "id_way_error" in g.get("aria-describedby", "")]
    assert group["aria-describedby"] == "id_way_helptext id_way_error"
    assert not [radio for radio in page.all("input", type="radio") if "aria-invalid" in radio]


def test_what_was_typed_stays():
    page = plain(refused())
    assert page.all("input", name="number", value="2017/003870")
    assert page.all("input", name="voted_on", value="2017-11-16")


def test_the_summary_promises_only_what_comes_back():
    class NameForm(forms.Form):
        name = forms.CharField()

    class PasswordForm(NameForm):
        password = forms.CharField(widget=forms.PasswordInput)

    assert "Rien n’est perdu" in plain(NameForm({})).text
    assert "Rien n’est perdu" not in plain(PasswordForm({})).text


def test_a_lost_file_is_asked_for_again():
    file = SimpleUploadedFile("convention.pdf", b"%PDF-")
    page = plain(EveryWidgetForm({}, {"file": file}))
    assert "Choisissez à nouveau le fichier" in page.text


def test_a_layout_gives_sections_and_groups_and_leaves_form_and_buttons_to_the_page():
    page = render("{% crispy form %}", form=LaidOutForm())
    assert page.all("fieldset", **{"class": "fieldset"})
    assert page.all("legend", **{"class": "fieldset__legend"})
    assert page.all("div", **{"class": "field__row"})
    assert not page.all("form", "button")
    assert {control["name"] for control in page.controls} == {
        "number", "voted_on", "votes_for", "votes_against",
    }  # fmt: skip


def test_a_laid_out_form_shows_its_summary_too():
    form = LaidOutForm({})
    page = render("{% crispy form %}", form=form)
    assert page.all("div", role="alert")


def test_filters_are_not_marked_optional():
    source = "{% include 'crispy_revoyure/filters.html' with form=form only %}"
    page = render(source, form=EveryWidgetForm())
    assert "facultatif" not in page.text


class LineForm(forms.Form):
    year = forms.IntegerField(label="Année")
    value = forms.DecimalField(label="Valeur", required=False)


@pytest.mark.parametrize(
    "source",
    [
        "{{ formset|crispy }}",
        "{% crispy formset %}",
        "{% include 'crispy_revoyure/table_inline_formset.html' %}",
    ],
)
def test_formsets_carry_their_management_form_and_name_every_box(source):
    data = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "0",
        "form-0-year": "x",
        "form-0-value": "1",
    }
    formset = forms.formset_factory(LineForm, extra=2)(data)
    assert not formset.is_valid()
    page = render(source, formset=formset)
    named = {attrs["for"] for attrs in page.all("label")}
    assert page.all("input", name="form-TOTAL_FORMS")
    assert {control["id"] for control in page.controls} <= named
    assert page.all("a", href="#id_form-0-year")

"""Writing from a model: what it asks, which clauses to keep, which wording to take."""

from collections.abc import Iterable, Mapping

from django import forms

from conventions.actions.canevas import Choice, asked_by
from conventions.forms.base import SectionedForm
from conventions.models import Act, Article, Canevas, CanevasClause
from conventions.models.consolidated import ConsolidatedArticle, draft_text
from conventions.rules.canevas import (
    CanevasError,
    Variable,
    VariableKind,
    readable,
    variables_of,
)

PROPOSED = "Rédaction proposée"
UNKNOWN_YET = "pas encore connu"


class VariableField(forms.CharField):
    """An answer to a variable, kept raw; empty while nobody knows."""

    def __init__(self, variable: Variable):
        self.variable = variable
        example = f" Exemple : {self._example(variable)}." if variable.example else ""
        super().__init__(
            label=variable.label,
            required=False,
            help_text=f"{variable.help}{example}".strip(),
            widget=_widget_of(variable),
        )

    @staticmethod
    def _example(variable: Variable) -> str:
        return variable.said(variable.example)

    def clean(self, value: object) -> str:
        try:
            return self.variable.read(value)
        except CanevasError as error:
            raise forms.ValidationError(str(error), code="invalid") from error


def _widget_of(variable: Variable) -> forms.Widget:
    if variable.kind == VariableKind.CHOICE:
        return forms.Select(choices=[("", UNKNOWN_YET), *variable.choices])
    if variable.kind == VariableKind.DATE:
        return forms.DateInput()
    if variable.kind == VariableKind.NUMBER:
        return forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 15}
        )
    return forms.TextInput(attrs={"autocomplete": "off"})


class VariablesForm(SectionedForm, forms.Form):
    """What a model asks, none of it compulsory: what is unknown stays to be filled in the text."""

    def __init__(self, *args, variables: Iterable[Variable], **kwargs):
        super().__init__(*args, **kwargs)
        self.names = [variable.name for variable in variables]
        for variable in variables:
            self.fields[variable.name] = VariableField(variable)

    @property
    def sections(self):
        return (("Ce que le canevas demande", tuple(self.names)),)

    @property
    def values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.names}


class StartForm(VariablesForm):
    """Begin a text: the clauses one keeps, the wordings one takes, the answers one knows."""

    def __init__(self, *args, canevas: Canevas, **kwargs):
        super().__init__(*args, variables=variables_of(canevas.variables), **kwargs)
        self.clauses = list(canevas.clauses.all())
        readings = Readings(canevas, self.clauses)
        for clause in self.clauses:
            if clause.alternatives:
                self.fields[f"redaction-{clause.key}"] = wording_field(clause, readings)
            if not clause.required:
                self.fields[f"garder-{clause.key}"] = forms.BooleanField(
                    label=clause.heading, required=False, initial=True, help_text=clause.guidance
                )

    @property
    def sections(self):
        asked = [(title, names) for title, names in super().sections if names]
        wordings = tuple(name for name in self.fields if name.startswith("redaction-"))
        optional = tuple(name for name in self.fields if name.startswith("garder-"))
        return (
            *asked,
            ("Les clauses à plusieurs rédactions", wordings),
            ("Les clauses facultatives", optional),
        )

    def choices(self) -> list[Choice]:
        return [
            Choice(clause, int(self.cleaned_data.get(f"redaction-{clause.key}") or 0))
            for clause in self.clauses
            if self.cleaned_data.get(f"garder-{clause.key}", True)
        ]


class InsertForm(VariablesForm):
    """One clause of the library, in one wording, behind one article of the text."""

    def __init__(self, *args, act: Act, clause: CanevasClause, **kwargs):
        asked = asked_by([clause])
        variables = [v for v in variables_of(clause.canevas.variables) if v.name in asked]
        super().__init__(*args, variables=variables, **kwargs)
        self.clause = clause
        if clause.alternatives:
            clauses = list(clause.canevas.clauses.all())
            self.fields["wording"] = wording_field(clause, Readings(clause.canevas, clauses))
        text = draft_text(act, with_body=False)
        self.fields["after"] = forms.ChoiceField(
            label="Placer après",
            required=False,
            choices=[("", "tout le reste, à la fin du texte"), *map(_place, text)],
            help_text="La clause se place au même niveau que l’article choisi.",
        )

    @property
    def sections(self):
        wording = (("La rédaction", ("wording",)),) if "wording" in self.fields else ()
        asked = (("Ce qu’elle demande", tuple(self.names)),) if self.names else ()
        return (*wording, *asked, ("Sa place", ("after",)))

    def place(self) -> dict:
        chosen = self.cleaned_data["after"]
        after = Article.objects.get(pk=chosen) if chosen else None
        return {"after": after, "parent": after.parent if after else None}

    def choice(self) -> Choice:
        return Choice(self.clause, int(self.cleaned_data.get("wording") or 0))


def _place(row: ConsolidatedArticle) -> tuple[str, str]:
    """An article as the plan shows it: indented by its depth, by number and heading."""
    words = f"{row.number} {row.heading}".strip() or row.label
    return str(row.article_id), f"{'— ' * (row.depth - 1)}{words}"


class Readings:
    """The wordings of a model as one browses them."""

    def __init__(self, canevas: Canevas, clauses: Iterable[CanevasClause]):
        self.variables = variables_of(canevas.variables)
        self.headings: Mapping[str, str] = {clause.key: clause.heading for clause in clauses}

    def read(self, text: str) -> str:
        return readable(text, self.variables, self.headings)

    def own(self, text: str, common: set[str]) -> str:
        """Return the first paragraph of a wording that is not `common` to all of them."""
        paragraphs = text.split("\n\n")
        return self.read(next((p for p in paragraphs if p not in common), paragraphs[0]))


def wording_field(clause: CanevasClause, readings: Readings) -> forms.ChoiceField:
    """Offer each wording by its name and the first paragraph that the others do not share."""
    worded = [(PROPOSED, clause.body)]
    worded += [(other.get("label", ""), other["body"]) for other in clause.alternatives]
    common = set.intersection(*(set(body.split("\n\n")) for _label, body in worded))
    labels = [
        (str(rank), f"{label[:1].upper()}{label[1:]} : {readings.own(body, common)}")
        for rank, (label, body) in enumerate(worded)
    ]
    return forms.ChoiceField(
        label=clause.heading,
        choices=labels,
        initial="0",
        widget=forms.RadioSelect,
        help_text=clause.guidance,
    )

"""Writing an engagement down, and saying how far along it is."""

from datetime import date

from django import forms

from conventions.models import Article, Convention, Party
from conventions.rules.fichiers import MAX_BYTES, check_file
from engagements.actions.declarations import Evidence
from engagements.enums import Recurrence, State, Strength
from engagements.forms.base import ArticleField, SectionedForm, date_field
from engagements.models import Engagement, Theme
from engagements.models.titles import article_titles
from engagements.rules.declarations import open_states
from engagements.rules.recurrence import next_due_on
from engagements.rules.situations import PERIODIC

MOST_FILES = 10


class CounterpartField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, engagement: Engagement) -> str:
        owners = ", ".join(party.alias for party in engagement.debtors.all())
        return f"{engagement} ({owners})"


class EngagementForm(SectionedForm):
    """The facts of an engagement, with only the articles, themes and parties of its convention."""

    sections = (
        ("Ce qui est promis", ("title", "wording", "article", "theme", "new_theme")),
        ("Qui doit", ("debtors", "counterparts")),
        ("Comment", ("strength", "recurrence", "condition")),
        ("Quand", ("due_on", "starts_on", "ends_on")),
    )

    title = forms.CharField(
        label="Engagement",
        max_length=300,
        help_text="En une phrase, à l’infinitif : « Programmer 170 logements par an ».",
    )
    wording = forms.CharField(
        label="Passage du texte",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Les mots de la convention, recopiés sans rien y changer.",
    )
    article = ArticleField(
        label="Article", queryset=Article.objects.none(), required=False, empty_label="aucun"
    )
    theme = forms.ModelChoiceField(
        label="Thème", queryset=Theme.objects.none(), required=False, empty_label="aucun"
    )
    new_theme = forms.CharField(
        label="Nouveau thème",
        max_length=200,
        required=False,
        help_text="S’il manque à la liste : il s’y ajoutera.",
    )
    debtors = forms.ModelMultipleChoiceField(
        label="Qui doit cet engagement",
        queryset=Party.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Toutes les parties, s’il est dû ensemble.",
        error_messages={"required": "Dites qui doit cet engagement."},
    )
    counterparts = CounterpartField(
        label="Ses contreparties",
        queryset=Engagement.objects.none(),
        required=False,
        help_text="Ce que l’autre partie doit en réponse.",
    )
    strength = forms.ChoiceField(
        label="Force",
        choices=Strength.choices,
        widget=forms.RadioSelect,
        help_text="Ce que disent les mots : « s’engage à », « s’efforce de », « envisage de ».",
    )
    recurrence = forms.ChoiceField(label="Récurrence", choices=Recurrence.choices)
    condition = forms.CharField(
        label="Sous réserve de",
        max_length=300,
        required=False,
        help_text="La condition écrite au texte. Tant qu’elle manque, rien n’est en retard.",
    )
    due_on = date_field(
        "Prochaine échéance",
        required=False,
        help_text="Le dernier jour pour tenir l’engagement. Vide si le texte n’en fixe pas.",
    )
    starts_on = date_field(
        "Dû à partir du", required=False, help_text="S’il ne commence pas avec la convention."
    )
    ends_on = date_field(
        "Dû jusqu’au", required=False, help_text="S’il ne finit pas avec la convention."
    )

    def __init__(
        self, data=None, *, convention: Convention, on: date, engagement: Engagement | None = None
    ) -> None:
        super().__init__(data, initial=_initial(engagement))
        others = convention.engagements.standing(on=on).defer("wording").prefetch_related("debtors")
        if engagement is not None:
            others = others.exclude(pk=engagement.pk)
        self.fields["article"].offer(article_titles(convention, on=on))
        self.fields["theme"].queryset = convention.themes.in_use()
        self.fields["debtors"].queryset = convention.parties.order_by("position")
        self.fields["counterparts"].queryset = others
        if not others:
            del self.fields["counterparts"]


def _initial(engagement: Engagement | None) -> dict:
    if engagement is None:
        return {"strength": Strength.FERME, "recurrence": Recurrence.PONCTUELLE}
    plain = ("title", "wording", "strength", "recurrence", "condition")
    dates = ("due_on", "starts_on", "ends_on")
    return {
        **{name: getattr(engagement, name) for name in plain + dates},
        "article": engagement.article_id,
        "theme": engagement.theme_id,
        "debtors": [debt.party_id for debt in engagement.debts.all()],
        "counterparts": list(engagement.counterparts.values_list("pk", flat=True)),
    }


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, each handed on by name and bytes."""

    widget = FilesInput

    def clean(self, data, initial=None) -> list[Evidence]:
        uploads = [upload for upload in data or [] if upload]
        if len(uploads) > MOST_FILES:
            msg = f"Dix fichiers au plus à la fois : en voici {len(uploads)}."
            raise forms.ValidationError(msg, code="many")
        return [self._read(upload) for upload in uploads]

    def _read(self, upload) -> Evidence:
        """Size comes first: what is too heavy is not read."""
        try:
            super().clean(upload)
            if upload.size > MAX_BYTES:
                raise forms.ValidationError("20 Mo au plus.", code="size")
            data = upload.read()
            check_file(upload.name, data)
        except forms.ValidationError as error:
            refusals = [f"{upload.name} : {message}" for message in error.messages]
            raise forms.ValidationError(refusals) from error
        return Evidence(name=upload.name, data=data)


class DeclarationForm(SectionedForm):
    """What a party says of an engagement today. `party` stays hidden when there is one choice."""

    sections = (
        ("Ce que vous déclarez", ("party", "state", "comment", "next_due_on")),
        ("Ce qui le prouve", ("files",)),
    )

    party = forms.ModelChoiceField(
        label="Au nom de", queryset=Party.objects.none(), empty_label=None
    )
    state = forms.ChoiceField(label="État", widget=forms.RadioSelect)
    next_due_on = date_field(
        "Échéance suivante",
        required=False,
        help_text="Seulement si vous le déclarez tenu. Vide si plus rien n’est à faire.",
    )
    comment = forms.CharField(
        label="Commentaire",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce qui a été fait, ce qui reste, ce que vous contestez. Toutes les parties "
        "le liront.",
    )
    files = FilesField(
        label="Preuves",
        required=False,
        help_text="PDF, DOCX, XLSX, PNG ou JPG, 20 Mo au plus chacun.",
    )

    _HELPS = {
        State.TENU: "Ce qui était promis est fait.",
        State.SUSPENDU: "Il attend une condition ou une contrepartie : dites laquelle.",
        State.CONTESTE: "Vous n’êtes pas d’accord avec ce qui est déclaré : dites en quoi.",
        State.SANS_OBJET: "Il n’y a plus lieu de le tenir : dites pourquoi.",
    }

    def __init__(
        self, data=None, files=None, *, engagement: Engagement, parties: list[Party]
    ) -> None:
        super().__init__(data, files)
        debtors = {debt.party_id for debt in engagement.debts.all()}
        owing = [party for party in parties if party.pk in debtors]
        self.fields["party"].queryset = Party.objects.filter(pk__in=[p.pk for p in parties])
        self.fields["party"].initial = (owing or parties)[0].pk
        if len(parties) == 1:
            self.fields["party"].widget = forms.HiddenInput()
        states = open_states(engagement.state, is_debtor=bool(owing))
        self.fields["state"].choices = [(state.value, state.label) for state in states]
        self.fields["state"].choice_help = self._HELPS
        if engagement.recurrence in PERIODIC and owing:
            self.fields["next_due_on"].initial = self.proposed(engagement)
        else:
            del self.fields["next_due_on"]

    def clean(self) -> dict:
        """The date proposed counts only for what is declared kept."""
        cleaned = super().clean()
        if cleaned.get("state") != State.TENU and "next_due_on" in cleaned:
            cleaned["next_due_on"] = None
        return cleaned

    @staticmethod
    def proposed(engagement: Engagement) -> date | None:
        """The date that follows, unless the engagement or its convention ends before."""
        ends = [day for day in (engagement.ends_on, engagement.convention.ends_on) if day]
        return next_due_on(
            engagement.due_on, engagement.recurrence, until=min(ends) if ends else None
        )

"""Recording a signature, and bringing a file."""

from typing import NamedTuple

from django import forms

from conventions.enums import DocumentKind, EffectBasis
from conventions.forms.base import SectionedForm
from conventions.models import Act
from conventions.rules.fichiers import ACCEPTED, MAX_BYTES, TOO_HEAVY, check_file

ACCEPT = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"
REASON_LABEL = "Motif pour passer outre"


class Upload(NamedTuple):
    """A file that was looked at: its name and its bytes."""

    name: str
    data: bytes


class UploadField(forms.FileField):
    """A file whose name, size and content were looked at; empty ones get our own sentence."""

    default_error_messages = {
        "empty": "Ce fichier est vide.",
        "required": "Choisissez le fichier.",
        "max_length": "Le nom de ce fichier est trop long : 120 caractères au plus.",
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPT}))
        super().__init__(max_length=500, **kwargs)

    def clean(self, data, initial=None) -> Upload | None:
        """Return the bytes once they are known to be what the name says; size comes first."""
        upload = super().clean(data, initial)
        if not upload:
            return None
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(TOO_HEAVY, code="size")
        content = upload.read()
        check_file(upload.name, content)
        return Upload(upload.name, content)


class SignForm(SectionedForm, forms.Form):
    sections = (
        ("La signature", ("signed_on", "place", "file")),
        ("La prise d’effet", ("starts_on", "basis", "note")),
        ("Passer outre", ("override_reason",)),
    )

    signed_on = forms.DateField(
        label="Signée le",
        help_text=(
            "Date de la dernière signature, écrite à la main à côté d’elle, ou date de la "
            "signature électronique."
        ),
    )
    place = forms.CharField(label="Fait à", max_length=100, required=False)
    file = UploadField(
        label="Convention signée",
        required=False,
        help_text="Un PDF de 20 Mo au plus. Vous pourrez aussi la déposer plus tard.",
    )
    starts_on = forms.DateField(
        label="Prend effet le",
        required=False,
        help_text="Seulement si ce n’est pas le jour de la dernière signature.",
    )
    basis = forms.ChoiceField(
        label="Fondement",
        choices=EffectBasis.choices,
        initial=EffectBasis.DERNIERE_SIGNATURE,
        help_text="Sur quoi repose cette date.",
    )
    note = forms.CharField(
        label="Précision sur la date",
        max_length=300,
        required=False,
        help_text="Visible de toutes les parties.",
    )
    override_reason = forms.CharField(
        label=REASON_LABEL,
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "Réservé à l’administration du portail, pour une habilitation que l’on ne peut plus "
            "prouver. Le motif est inscrit au journal."
        ),
    )

    def __init__(self, *args, act: Act, may_override: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if act.number:
            self.fields["signed_on"].label = "Signé le"
            self.fields["file"].label = "Acte signé"
            self.fields["starts_on"].initial = act.effective_on
            del self.fields["basis"]
        if not may_override:
            del self.fields["override_reason"]


class DocumentForm(SectionedForm, forms.Form):
    sections = (("Le document", ("file", "kind", "description")),)

    file = UploadField(label="Fichier", help_text=f"Un {ACCEPTED} de 20 Mo au plus.")
    kind = forms.ChoiceField(
        label="Nature",
        choices=[choice for choice in DocumentKind.choices if choice[0] != DocumentKind.REVOYURE],
        initial=DocumentKind.AUTRE,
    )
    description = forms.CharField(
        label="Description",
        max_length=300,
        required=False,
        help_text="Ce qu’il est, pour qui ne l’a pas ouvert.",
    )

"""What a visitor gives to have a document verified."""

from django import forms

from reporting.rules.codes import clean_code
from reporting.seals.verification import MAX_BYTES


class FileForm(forms.Form):
    file = forms.FileField(
        label="Document PDF",
        help_text="Le fichier est examiné puis oublié : le portail n’en garde rien.",
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
        error_messages={"empty": "Ce fichier est vide : choisissez le PDF reçu."},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            size = MAX_BYTES // (1024 * 1024)
            msg = f"Ce fichier dépasse {size}\u00a0Mo : ce n’est pas un document du portail."
            raise forms.ValidationError(msg)
        return file


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code imprimé sur le document",
        max_length=40,
        help_text="Il s’écrit REV-XXXX-XXXX-XXXX.",
    )

    def clean_code(self) -> str:
        code = clean_code(self.cleaned_data["code"])
        if code is None:
            msg = "Ce code n’a pas la bonne forme : recopiez-le tel qu’imprimé, REV-XXXX-XXXX-XXXX."
            raise forms.ValidationError(msg)
        return code

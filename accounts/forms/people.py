"""What people type about themselves and their organisation."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, PasswordResetForm
from django.contrib.auth.forms import SetPasswordForm as DjangoSetPasswordForm

from accounts.enums import Role
from accounts.models import Organisation, User


class LoginForm(AuthenticationForm):
    username = forms.EmailField(
        label="Adresse de courriel professionnelle",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    error_messages = {
        "invalid_login": (
            "L’adresse ou le mot de passe ne convient pas. Vérifiez les deux, ou demandez un "
            "nouveau mot de passe."
        ),
        "inactive": "L’adresse ou le mot de passe ne convient pas.",
    }


class ResetForm(PasswordResetForm):
    email = forms.EmailField(
        label="Adresse de courriel professionnelle",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class SetPasswordForm(DjangoSetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = "Nouveau mot de passe"
        self.fields[
            "new_password1"
        ].help_text = "Douze caractères au moins. Une phrase de plusieurs mots convient bien."
        self.fields["new_password2"].label = "Le même, une seconde fois"
        self.fields["new_password2"].help_text = ""


class ChangePasswordForm(SetPasswordForm, PasswordChangeForm):
    field_order = ["old_password", "new_password1", "new_password2"]


class InviteForm(forms.Form):
    email = forms.EmailField(label="Adresse de courriel", max_length=254)
    role = forms.ChoiceField(
        label="Rôle",
        choices=Role.choices,
        help_text=(
            "Un lecteur consulte, un contributeur saisit, un responsable décide, un signataire "
            "signe, un administrateur gère aussi les membres."
        ),
    )
    membership_ends_on = forms.DateField(
        label="Dernier jour d’accès",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Pour un accès limité dans le temps.",
    )


class EndMembershipForm(forms.Form):
    ends_on = forms.DateField(
        label="Dernier jour d’accès",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Le lendemain, la personne ne verra plus rien de l’organisme.",
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label="Rôle", choices=Role.choices)


class AcceptForm(forms.Form):
    """For who has no account yet."""

    first_name = forms.CharField(
        label="Prénom",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label="Nom", max_length=100, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Douze caractères au moins. Une phrase de plusieurs mots convient bien.",
    )

    def __init__(self, *args, email: str, **kwargs):
        self.email = email
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        password = cleaned.get("password")
        if password:
            user = User(
                email=self.email,
                first_name=cleaned.get("first_name", ""),
                last_name=cleaned.get("last_name", ""),
            )
            try:
                password_validation.validate_password(password, user)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned


class AccountForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["first_name", "last_name", "job_title"]


class OrganisationForm(forms.ModelForm):
    class Meta:
        model = Organisation
        fields = ["name", "legal_nature", "siren", "rna", "address", "reminder_email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Fieldset("L’organisme", "name", "legal_nature", "address"),
            Fieldset("Ses numéros", "siren", "rna"),
            Fieldset("Les rappels", "reminder_email"),
        )

    def clean_siren(self) -> str:
        return "".join(self.cleaned_data["siren"].split())

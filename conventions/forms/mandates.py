"""What empowers those who sign, and who signs."""

from datetime import date

from django import forms

from accounts.access import scope_of
from accounts.models import User
from accounts.rules.roles import Capability, roles_with
from conventions.enums import DocumentKind, MandateKind
from conventions.forms.base import SectionedForm, SeenForm
from conventions.models import Mandate, Party, Signatory

PROOFS = (DocumentKind.DELIBERATION, DocumentKind.POUVOIR, DocumentKind.PREUVE)


class MandateForm(SeenForm, forms.ModelForm):
    """A deliberation with its votes and its receipt, a delegation, a power or the statutes."""

    sections = (
        ("L’habilitation", ("kind", "body", ("number", "adopted_on"), "act", "covers_avenants")),
        (
            "Le résultat du vote",
            (
                "votes_for",
                ("votes_against", "abstentions"),
                ("voters", "members_in_office"),
                "not_voting",
            ),
        ),
        (
            "Son caractère exécutoire",
            (
                ("transmitted_on", "received_on"),
                "published_on",
                ("certified_on", "certified_by"),
                "valid_until",
            ),
        ),
        ("La preuve", ("document", "note")),
    )

    kind = forms.ChoiceField(label="Nature", choices=[("", "Choisissez…"), *MandateKind.choices])
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Mandate
        fields = [
            "kind",
            "body",
            "number",
            "adopted_on",
            "act",
            "covers_avenants",
            "votes_for",
            "votes_against",
            "abstentions",
            "voters",
            "members_in_office",
            "not_voting",
            "transmitted_on",
            "received_on",
            "published_on",
            "certified_on",
            "certified_by",
            "valid_until",
            "document",
            "note",
        ]
        labels = {"adopted_on": "Séance ou date de l’acte"}
        help_texts = {
            "body": "Par exemple : conseil communautaire.",
            "number": "Tel qu’imprimé en tête de l’extrait.",
            "adopted_on": "Jour du vote, ou date portée par l’arrêté ou le pouvoir.",
            "votes_for": "Les procurations comptent.",
            "abstentions": "L’abstention n’est pas une voix exprimée.",
            "voters": "Pour, contre et abstentions réunis, procurations comprises.",
            "not_voting": "À part des votants : ils quittent la séance au moment du vote.",
            "covers_avenants": (
                "Cochez si la délibération autorise expressément à signer aussi les avenants : à "
                "défaut, chaque avenant demande la sienne."
            ),
            "act": "Laissez vide pour la convention initiale.",
            "received_on": "Date du tampon ou de l’accusé. Pour une délibération seulement.",
            "published_on": "Mise en ligne (depuis le 1er juillet 2022), affichage auparavant.",
            "certified_on": "Jour porté sous la mention « certifiée exécutoire ».",
            "certified_by": "Nom et qualité de qui l’a certifiée exécutoire.",
            "valid_until": "Fin du mandat ou de la délégation, dernier jour inclus.",
            "document": "Parmi les pièces déjà déposées dans la convention.",
        }

    def __init__(self, *args, party: Party, acts, documents, **kwargs):
        super().__init__(*args, **kwargs)
        self._watch_the_vote()
        self.fields["act"].queryset = acts
        self.fields["act"].empty_label = "convention initiale"
        if not acts:
            del self.fields["act"]
        proofs = documents.filter(kind__in=PROOFS)
        self.fields["document"].queryset = proofs
        self.fields["document"].empty_label = "aucune"
        if not proofs:
            del self.fields["document"]

    def _watch_the_vote(self) -> None:
        """Name the counts to the script that says, while one types, whether they hold together."""
        for name in ("votes_for", "votes_against", "abstentions", "voters", "members_in_office"):
            self.fields[name].widget.attrs["data-vote"] = name


class SignatoryForm(SeenForm, forms.ModelForm):
    """Who signs for a party; without a mandate nobody is empowered to."""

    sections = (("Le signataire", ("name", "capacity", "mandate", "user", "signed_on")),)

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Signatory
        fields = ["name", "capacity", "mandate", "user", "signed_on"]
        help_texts = {
            "name": "Prénom et nom.",
            "capacity": (
                "Par exemple : présidente, vice-président du comité régional, ou directrice "
                "régionale par délégation du président."
            ),
            "signed_on": "S’il n’a pas signé le même jour que les autres.",
            "user": "Pour qu’il retrouve cette signature dans « À faire ».",
        }
        error_messages = {
            "mandate": {
                "required": (
                    "Choisissez ce qui autorise cette personne à signer. S’il n’y a rien à "
                    "choisir, enregistrez d’abord la délibération ou le pouvoir."
                )
            }
        }

    def __init__(self, *args, party: Party, user: User, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mandate"].queryset = Mandate.objects.filter(party=party)
        self.fields["mandate"].empty_label = "Choisissez…"
        self.fields["mandate"].required = True
        accounts = _accounts_of(party, seen_by=user, on=on)
        self.fields["user"].queryset = accounts
        self.fields["user"].empty_label = "aucun"
        if not accounts:
            del self.fields["user"]


def _accounts_of(party: Party, *, seen_by: User, on: date):
    """Return the party's members who may sign, for who belongs to it: names stay at home."""
    scope = scope_of(seen_by, on=on)
    if not scope.is_platform and party.organisation_id not in scope.capabilities:
        return User.objects.none()
    members = party.organisation.memberships.in_force(on=on)
    return User.objects.filter(
        memberships__in=members.filter(role__in=roles_with(Capability.SIGN)), is_active=True
    )


class CloseForm(SectionedForm, forms.Form):
    """The end of a convention, recorded."""

    sections = (("La fin de la convention", ("closed_on", "reason")),)

    closed_on = forms.DateField(
        label="Fin constatée le", help_text="Le jour du terme, ou plus tard."
    )
    reason = forms.CharField(
        label="Ce qui est constaté",
        max_length=300,
        help_text="Une phrase, inscrite au journal : qui l’a constaté, et sur quelle pièce.",
    )

"""A convention being written, those around it, and its way to the day of signature."""

from datetime import date
from types import SimpleNamespace

from accounts.enums import OrganisationKind, Role
from accounts.tests.factories import make_member, make_organisation, make_user
from conventions.enums import ConventionStatus, MandateKind
from conventions.models import Convention, Mandate, Signatory
from conventions.tests.factories import give_clauses, make_article, make_convention

TODAY = date(2026, 11, 20)
SIGNED = date(2017, 12, 11)


def make_drafting_cast(**fields) -> SimpleNamespace:
    """Return a convention in negotiation, its text and clauses written, and its usual people."""
    epci = make_organisation(name="Grand Lac", siren="242500361")
    groupe = make_organisation(
        name="Action Logement Groupe", kind=OrganisationKind.ACTION_LOGEMENT, siren="824581623"
    )
    fields.setdefault("status", ConventionStatus.EN_NEGOCIATION)
    convention = make_convention(epci=epci, action_logement=groupe, **fields)
    make_article(convention)
    give_clauses(convention)
    return SimpleNamespace(
        epci=epci,
        groupe=groupe,
        convention=convention,
        act=convention.acts.get(),
        first=convention.parties.get(position=1),
        second=convention.parties.get(position=2),
        manager=make_member(epci, Role.RESPONSABLE, first_name="Claire", last_name="Vuillemin"),
        contributor=make_member(epci, Role.CONTRIBUTEUR, first_name="Marc", last_name="Oudot"),
        signatory=make_member(epci, Role.SIGNATAIRE, first_name="Jeanne", last_name="Pain"),
        reader=make_member(epci, Role.LECTEUR, first_name="Luc", last_name="Petit"),
        counterpart=make_member(groupe, Role.RESPONSABLE, first_name="Inès", last_name="Roche"),
        stranger=make_member(make_organisation(name="Ailleurs"), Role.ADMINISTRATEUR),
        platform=make_user(first_name="Paul", last_name="Roi", is_superuser=True, is_staff=True),
    )


def empower(convention: Convention) -> None:
    """Give each party a mandate in force in November 2017, and someone to sign by it."""
    for party in convention.parties.all():
        mandate = Mandate.objects.create(
            party=party,
            kind=MandateKind.DELIBERATION,
            number="2017/003870",
            adopted_on=date(2017, 11, 16),
            received_on=date(2017, 11, 29),
        )
        Signatory.objects.create(
            act=convention.acts.get(number=0),
            party=party,
            name=f"Signataire {party.position}",
            capacity="présidente",
            mandate=mandate,
        )


def put_in_signature(convention: Convention) -> None:
    empower(convention)
    convention.status = ConventionStatus.EN_SIGNATURE
    convention.save()

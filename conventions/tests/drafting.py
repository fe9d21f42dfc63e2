"""A convention being written, those around it, and its way to the day of signature."""

from datetime import date
from types import SimpleNamespace

from django.utils import timezone

from accounts.enums import OrganisationKind, Role
from accounts.models import User
from accounts.tests.factories import make_member, make_organisation, make_user
from conventions.actions.facts import text_digest
from conventions.enums import (
    ActKind,
    ActStatus,
    ConventionStatus,
    MandateKind,
    Operation,
    Trigger,
    Unit,
)
from conventions.models import Act, Approval, Convention, DurationClause, Mandate, Signatory
from conventions.models.acts_read import last_signed
from conventions.tests.checklist import settle_procedure
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


VOTED = {
    "adopted_on": date(2017, 11, 16),
    "votes_for": 115,
    "votes_against": 0,
    "abstentions": 2,
    "members_in_office": 129,
    "received_on": date(2017, 11, 29),
    "published_on": date(2017, 11, 29),
    "certified_on": date(2017, 11, 30),
    "certified_by": "Le président",
}
COMMITTEE = ("Président du comité régional", "Vice-présidente du comité régional")


def empower(convention: Convention, act: Act | None = None) -> None:
    """Give each party a mandate in force in November 2017, and those who sign by it."""
    act = act or convention.acts.get(number=0)
    for party in convention.parties.select_related("organisation"):
        is_committee = party.organisation.kind == OrganisationKind.ACTION_LOGEMENT
        kind = MandateKind.POUVOIR if is_committee else MandateKind.DELIBERATION
        told = {"adopted_on": VOTED["adopted_on"]} if is_committee else VOTED
        mandate = Mandate.objects.create(
            party=party, kind=kind, number="2017/003870", act=act if act.number else None, **told
        )
        capacities = COMMITTEE if is_committee else ("Présidente",)
        for position, capacity in enumerate(capacities, start=1):
            Signatory.objects.create(
                act=act,
                party=party,
                position=position,
                name=f"Signataire {party.position}.{position}",
                capacity=capacity,
                mandate=mandate,
            )


def agree(act: Act, *, by: User) -> None:
    """Every party agrees to the text as it stands."""
    digest = text_digest(act)
    for party in act.convention.parties.all():
        Approval.objects.create(
            act=act, party=party, digest=digest, given_by=by, given_at=timezone.now()
        )


def agree_anew(act: Act, *, by: User) -> None:
    """The text was changed behind the parties' back: they agree to it, and answer, once more."""
    act.approvals.all().delete()
    act.checklist_answers.all().delete()
    agree(act, by=by)
    settle_procedure(act, by=by, on=SIGNED)


def put_in_signature(convention: Convention) -> None:
    """Bring the initial act to the eve of its signature: agreed to, empowered, in signature."""
    empower(convention)
    act = convention.acts.get(number=0)
    agree(act, by=convention.created_by)
    settle_procedure(act, by=convention.created_by, on=SIGNED)
    act.status = ActStatus.EN_SIGNATURE
    act.save()
    convention.status = ConventionStatus.EN_SIGNATURE
    convention.save()


def make_avenant(convention: Convention, **fields) -> Act:
    """Return an avenant in negotiation, drafted by the first party, that changes nothing yet."""
    fields.setdefault("number", convention.acts.count())
    fields.setdefault("status", ActStatus.EN_NEGOCIATION)
    fields.setdefault("title", "Prorogation")
    fields.setdefault("drafted_by", convention.drafted_by)
    fields.setdefault("based_on", last_signed(convention))
    act = Act.objects.create(convention=convention, kind=ActKind.AVENANT, **fields)
    act.convention = convention
    return act


def prorogue(act: Act, *, years: int = 1, trigger: str = Trigger.TERME) -> DurationClause:
    """Write in an avenant, and confirm, a duration counted from the term."""
    return DurationClause.objects.create(
        convention=act.convention,
        act=act,
        operation=Operation.DUREE,
        quantity=years,
        unit=Unit.ANS,
        trigger=trigger,
        wording="prorogée d’un an à compter de son terme",
        confirmed_on=date(2020, 1, 1),
    )

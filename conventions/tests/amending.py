"""A signed convention to amend, the two sides that may, and a short way to sign what they draft."""

from datetime import date
from types import SimpleNamespace

from accounts.enums import OrganisationKind, Role
from accounts.tests.factories import make_member, make_organisation, make_user
from conventions.actions.avenants import create_avenant
from conventions.enums import ActKind, ActStatus, ConventionStatus, EffectBasis
from conventions.models import Act
from conventions.models.acts_read import settled_number
from conventions.tests.factories import give_clauses, make_article, make_convention

TODAY = date(2026, 11, 20)
STARTED, ENDS = date(2024, 1, 1), date(2029, 12, 31)
NEW_YEAR = date(2027, 1, 1)


def make_amending_cast() -> SimpleNamespace:
    """Articles 1, 2 (with 2.1 and 2.2), 3 and 4, which refers to 3; clauses; two managers."""
    epci = make_organisation(name="Grand Lac", siren="242500361")
    groupe = make_organisation(
        name="Action Logement Groupe", kind=OrganisationKind.ACTION_LOGEMENT, siren="824581623"
    )
    convention = make_convention(epci=epci, action_logement=groupe)
    articles = {number: make_article(convention, number) for number in ("1", "2")}
    for number in ("2.1", "2.2"):
        articles[number] = make_article(convention, number, parent=articles["2"])
    articles["3"] = make_article(convention, "3", heading="Durée", body="Trois ans.")
    body = f"Comme le dit l’{{{{art:{articles['3'].code}}}}}."
    articles["4"] = make_article(convention, "4", body=body)
    give_clauses(convention)
    sign(convention.acts.get(), STARTED, effective_on=STARTED)
    convention.status = ConventionStatus.SIGNEE
    convention.starts_on, convention.ends_on = STARTED, ENDS
    convention.starts_on_basis = EffectBasis.DERNIERE_SIGNATURE
    convention.save()
    return SimpleNamespace(
        epci=epci,
        groupe=groupe,
        convention=convention,
        articles=articles,
        manager=make_member(epci, Role.RESPONSABLE, first_name="Claire", last_name="Vuillemin"),
        reader=make_member(epci, Role.LECTEUR, first_name="Luc", last_name="Petit"),
        counterpart=make_member(groupe, Role.RESPONSABLE, first_name="Inès", last_name="Roche"),
        stranger=make_member(make_organisation(name="Ailleurs"), Role.ADMINISTRATEUR),
        platform=make_user(first_name="Paul", last_name="Roi", is_superuser=True, is_staff=True),
    )


def begin(cast: SimpleNamespace, by=None, **fields) -> Act:
    """Begin an avenant in the name of whoever drafts it."""
    by = by or cast.manager
    drafter = cast.groupe if by == cast.counterpart else cast.epci
    fields.setdefault("title", "Un changement")
    fields.setdefault("effective_on", NEW_YEAR)
    return create_avenant(cast.convention, by=by, on=TODAY, drafted_by=drafter, **fields)


def share(act: Act, status: str = ActStatus.EN_NEGOCIATION) -> Act:
    act.status = status
    act.save(update_fields=["status"])
    return act


def sign(act: Act, day: date = TODAY, *, effective_on: date | None = None) -> Act:
    """Close an act as its signature does: it takes its number, the database refuses any change."""
    act.number = settled_number(act) if act.kind != ActKind.INITIAL else 0
    act.status, act.signed_on = ActStatus.SIGNE, day
    act.effective_on = effective_on or act.effective_on or day
    act.save()
    return act

"""A convention from its first word to its signature, by the actions alone."""

from datetime import date

import pytest

from accounts.enums import OrganisationKind, Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_member, make_organisation
from conventions.actions.approvals import give_approval
from conventions.actions.articles import insert_article
from conventions.actions.clauses import (
    confirm_clause,
    set_duration_clause,
    set_revoyure_clause,
    set_termination_clause,
)
from conventions.actions.conventions import create_convention
from conventions.actions.cycle import move_convention
from conventions.actions.facts import text_digest
from conventions.actions.mandates import record_mandate, set_signatory
from conventions.actions.parties import add_party
from conventions.actions.signature import sign_convention
from conventions.actions.visas import set_visas
from conventions.enums import (
    ActStatus,
    ConventionKind,
    ConventionStatus,
    ConventionVerb,
    EffectBasis,
    MandateKind,
    TerminationGround,
    Trigger,
)
from conventions.models.consolidated import consolidated_text
from conventions.tests.checklist import settle_procedure
from conventions.tests.factories import make_territory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def test_a_convention_is_drafted_negotiated_and_signed():
    epci = make_organisation(name="Grand Lac", siren="242500361")
    action_logement = make_organisation(
        name="Action Logement Groupe", kind=OrganisationKind.ACTION_LOGEMENT, siren="824581623"
    )
    officer = make_member(epci)
    who = {"by": officer, "on": TODAY}
    convention = create_convention(
        **who,
        reference="grand-lac-2017",
        title="Convention-cadre 2017-2019",
        kind=ConventionKind.EPCI_ACTION_LOGEMENT,
        territory=make_territory(name="Grand Lac"),
        drafted_by=epci,
    )
    first = add_party(convention, epci, **who, alias="le Grand Lac")
    second = add_party(convention, action_logement, **who, alias="Action Logement")
    assert (first.position, second.position) == (1, 2)
    assert second.siren_as_signed == "824581623"
    set_visas(convention, **who, visas=["Vu le code général des collectivités territoriales"])
    title = insert_article(convention, **who, heading="Le logement des salariés")
    insert_article(convention, **who, heading="Produire", body="170 logements.", parent=title)
    clauses = [
        set_duration_clause(convention, **who, quantity=3, trigger=Trigger.SIGNATURE),
        set_revoyure_clause(convention, **who, wording="chaque année"),
        set_termination_clause(
            convention,
            **who,
            ground=TerminationGround.SANS_MOTIF,
            quantity=3,
            trigger=Trigger.ENVOI,
        ),
    ]
    for clause in clauses:
        confirm_clause(clause, **who)
    move_convention(convention, ConventionVerb.OUVRIR_NEGOCIATION, **who)
    move_convention(convention, ConventionVerb.ARRETER_LE_TEXTE, **who)
    act = convention.acts.get()
    counterpart = make_member(action_logement)
    for party, manager in ((first, officer), (second, counterpart)):
        give_approval(act, party=party, by=manager, on=TODAY, digest=text_digest(act))
    deliberation = record_mandate(
        first,
        **who,
        kind=MandateKind.DELIBERATION,
        number="2017/003870",
        adopted_on=date(2017, 11, 16),
        received_on=date(2017, 11, 29),
        published_on=date(2017, 11, 29),
        certified_on=date(2017, 11, 30),
        certified_by="Le président",
        votes_for=115,
        votes_against=0,
        abstentions=2,
        members_in_office=129,
    )
    power = record_mandate(second, **who, kind=MandateKind.POUVOIR, adopted_on=date(2017, 10, 2))
    signing = (
        (first, deliberation, 1, "Présidente"),
        (second, power, 1, "Présidente du CRAL"),
        (second, power, 2, "Vice-président du CRAL"),
    )
    for party, mandate, position, capacity in signing:
        named = {"name": "Camille Durand", "capacity": capacity, "position": position}
        set_signatory(act, party=party, mandate=mandate, **named, **who)
    move_convention(convention, ConventionVerb.METTRE_EN_SIGNATURE, **who)
    settle_procedure(act, **who)
    sign_convention(convention, **who, signed_on=date(2017, 12, 11), place="Grand Lac")
    convention.refresh_from_db()
    assert convention.status == ConventionStatus.SIGNEE
    assert convention.starts_on_basis == EffectBasis.DERNIERE_SIGNATURE
    assert convention.ends_on == date(2020, 12, 10)
    assert convention.acts.get().status == ActStatus.SIGNE
    text = consolidated_text(convention, on=TODAY)
    assert [(v.number, v.depth) for v in text] == [("1", 1), ("1.1", 2)]
    written_here = JournalEntry.objects.of_dossier(convention.pk).exclude(
        verb=Verb.DEADLINES_PROJECTED
    )
    assert written_here.count() == 23

"""A small world in which every address has something to show, and everyone has an account."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from PIL import Image

from accounts.actions.members import hash_token
from accounts.enums import OrganisationKind, Role
from accounts.models import Absence, Invitation
from accounts.tests.factories import make_member, make_organisation, make_user
from conventions.actions.documents import store_document
from conventions.actions.letters import hand_out
from conventions.actions.negotiation import open_round
from conventions.actions.proposals import propose
from conventions.actions.terminations import prepare_ending
from conventions.actions.threads import open_thread
from conventions.enums import (
    ActKind,
    ActStatus,
    Change,
    ConventionStatus,
    Operation,
    PartyChangeKind,
    TerminationGround,
    TerminationKind,
    Unit,
)
from conventions.models import (
    Act,
    ArticleRevision,
    ArticleVersion,
    Definition,
    FollowUpClause,
    Mandate,
    PartyChange,
    Signatory,
    TerminationClause,
    Visa,
)
from conventions.models.act import PROVISIONAL
from conventions.tests.factories import (
    give_clauses,
    make_article,
    make_convention,
    make_signed_convention,
    make_territory,
)
from engagements.actions.convocations import hand_out_convocation, prepare_convocation
from engagements.actions.revoyure import freeze_revoyure, open_revoyure
from engagements.enums import Outcome
from engagements.models import Contribution, Engagement, Target
from engagements.tests.factories import (
    make_engagement,
    make_indicator,
    make_measurement,
    make_target,
)
from reminders.actions.added import add_deadline
from reminders.actions.feeds import create_feed
from reminders.actions.heartbeat import CHECKING, PROJECTING, SENDING, beat
from reminders.actions.notes import write_note
from reminders.actions.projection import project_deadlines
from reminders.rules.outside import SALT
from reminders.tests.factories import make_external
from reporting.models import SealedDocument
from reporting.rules.codes import document_code
from territories.enums import TerritoryKind

ROLES = (
    "anonymous", "lecteur", "contributeur", "responsable", "signataire", "administrateur",
    "other_party", "stranger", "delegation", "other_region", "former", "platform",
)  # fmt: skip
TOKEN = "jeton-de-la-matrice"
TODAY = date.today()  # noqa: DTZ011 - the world is seen through the real views


def build() -> SimpleNamespace:
    region = make_territory(kind=TerritoryKind.REGION, code="27", name="Bourgogne-Franche-Comté")
    elsewhere = make_territory(kind=TerritoryKind.REGION, code="93", name="Provence")
    world = SimpleNamespace(
        epci=make_organisation(name="Grand Lac"),
        group=make_organisation(
            name="Action Logement Groupe", kind=OrganisationKind.ACTION_LOGEMENT
        ),
    )
    world.people = _people(world, region, elsewhere)
    world.signed = make_signed_convention(
        epci=world.epci, action_logement=world.group, region=region,
        signed_on=date(TODAY.year - 1, 1, 15),
    )  # fmt: skip
    world.draft = make_convention(
        epci=world.epci, action_logement=world.group, region=region,
        created_by=world.people["responsable"],
    )  # fmt: skip
    _write_draft(world)
    _negotiate(world, region)
    _live(world)
    _amend(world)
    _leave(world)
    return world


def _people(world, region, elsewhere) -> dict:
    here = make_organisation(
        name="Délégation d’ici", kind=OrganisationKind.DELEGATION, acts_for=world.group,
        regions=[region],
    )  # fmt: skip
    there = make_organisation(
        name="Délégation d’ailleurs", kind=OrganisationKind.DELEGATION, acts_for=world.group,
        regions=[elsewhere],
    )  # fmt: skip
    people = {role.value: make_member(world.epci, role) for role in Role}
    people |= {
        "anonymous": AnonymousUser(),
        "other_party": make_member(world.group, Role.RESPONSABLE),
        "stranger": make_member(make_organisation(name="Ailleurs"), Role.ADMINISTRATEUR),
        "delegation": make_member(here, Role.RESPONSABLE),
        "other_region": make_member(there, Role.RESPONSABLE),
        "former": make_member(world.epci, Role.RESPONSABLE, ends_on=TODAY - timedelta(days=1)),
        "platform": make_user(is_superuser=True, is_staff=True),
    }
    return people


def _write_draft(world) -> None:
    draft = world.draft
    act = draft.acts.get()
    world.article = make_article(draft)
    give_clauses(draft)
    world.follow_up = FollowUpClause.objects.create(
        convention=draft, act=act, body="comité de pilotage", per_year=2
    )
    state = {"act": act, "written_at": datetime.now(UTC)}
    code = world.article.code
    world.revision = ArticleRevision.objects.create(article=world.article, code=code, **state)
    world.removal = ArticleRevision.objects.create(code=99, heading="Ôté", removed=True, **state)
    world.definition = Definition.objects.create(act=act, term="CIL", meaning="la conférence")
    world.visa = Visa.objects.create(act=act, position=1, text="Vu le code de l’urbanisme")
    world.party = draft.parties.get(position=1)
    world.mandate = Mandate.objects.create(party=world.party, kind="deliberation", number="1")
    world.signatory = Signatory.objects.create(
        act=act, party=world.party, name="Ana Roy", capacity="présidente", mandate=world.mandate
    )
    world.termination = TerminationClause.objects.get(convention=draft)


def _negotiate(world, region) -> None:
    """A text whose first round is the EPCI's, with what each side says and proposes of it."""
    manager, other = world.people["responsable"], world.people["other_party"]
    world.negotiated = make_convention(
        epci=world.epci, action_logement=world.group, region=region, created_by=manager,
        status=ConventionStatus.EN_NEGOCIATION,
    )  # fmt: skip
    world.worded = make_article(world.negotiated)
    act = world.negotiated.acts.get()
    act.status = ActStatus.EN_NEGOCIATION
    act.save()
    open_round(act, by=manager, on=TODAY)
    ours, theirs = world.negotiated.parties.order_by("position")
    said = {"on": TODAY, "article": world.worded, "body": "Est-ce sûr ?"}
    world.thread = open_thread(act, by=other, party=theirs, **said)
    world.internal = open_thread(act, by=manager, party=ours, scope="interne", **said)
    world.proposal = propose(
        act, by=other, on=TODAY, party=theirs, kind="reecrire", article=world.worded,
        number="1", heading="Objet", body="Autre texte.",
    )  # fmt: skip


def _live(world) -> None:
    signed, manager = world.signed, world.people["responsable"]
    world.own_party = signed.parties.get(position=1)
    world.engagement = make_engagement(signed, world.own_party, due_on=TODAY + timedelta(days=9))
    indicator = make_indicator()
    world.indicator = indicator
    make_target(signed, indicator, year=TODAY.year)
    world.measurement = make_measurement(signed, indicator, year=TODAY.year)
    world.document = store_document(
        signed, by=None, on=TODAY, name="preuve.png", data=_png(), description="Une preuve"
    )
    world.revoyure = open_revoyure(signed, by=manager, on=TODAY, year=TODAY.year)
    world.contribution = world.revoyure.contributions.get(party=world.own_party)
    world.frozen = _frozen(world, manager)
    SealedDocument.objects.create(
        document=world.document,
        revoyure=world.frozen,
        code=document_code(world.frozen.snapshot_sha256),
        sealed_at=datetime.now(UTC),
        level="B-B",
        certificate_subject="Essai",
        is_test=True,
    )
    for name in (SENDING, PROJECTING, CHECKING):
        beat(name, now=datetime.now(UTC))
    project_deadlines(signed, now=datetime.now(UTC), on=TODAY)
    world.deadline = signed.deadlines.live().first()
    _keep_apart(world)
    world.feed_token = create_feed(manager, now=datetime.now(UTC))
    world.invitation = Invitation.objects.create(
        organisation=world.epci, email="nouvelle@exemple.fr", role=Role.LECTEUR,
        token_hash=hash_token(TOKEN), invited_by=manager, created_at=datetime.now(UTC),
        expires_at=datetime.now(UTC) + timedelta(days=2),
    )  # fmt: skip
    world.membership = world.people["contributeur"].memberships.get()
    _told_elsewhere(world)
    world.uid = urlsafe_base64_encode(force_bytes(manager.pk))
    world.reset_token = default_token_generator.make_token(manager)


def _keep_apart(world) -> None:
    """A date and a note that the EPCI keeps to its side."""
    how = {"by": world.people["responsable"], "on": TODAY, "now": datetime.now(UTC)}
    world.note = write_note(world.deadline, body="Voir le cabinet", sharing="organisme", **how)
    world.added = add_deadline(
        world.signed, title="Point interne", due_on=TODAY + timedelta(days=3),
        sharing="organisme", **how,
    )  # fmt: skip


def _told_elsewhere(world) -> None:
    """Somebody outside whom the EPCI had told, and a member who is away."""
    world.external = make_external(world.signed.parties.get(position=1))
    world.external_token = signing.dumps(world.external.pk, salt=SALT)
    world.absence = Absence.objects.create(
        user=world.people["contributeur"], delegate=world.people["responsable"],
        starts_on=TODAY, ends_on=TODAY,
    )  # fmt: skip


def _amend(world) -> None:
    """A draft avenant of the EPCI, which the other party knows nothing of."""
    signed = world.signed
    world.amended = signed.articles.first()
    world.avenant = Act.objects.create(
        convention=signed, number=PROVISIONAL + 1, kind=ActKind.AVENANT, drafted_by=world.epci,
        title="Un avenant", based_on=0, effective_on=TODAY + timedelta(days=30),
    )  # fmt: skip
    world.operation = ArticleVersion.objects.create(
        act=world.avenant, article=world.amended, operation=Change.REMPLACER, position=1,
        heading="Objet", body="Une autre rédaction.",
    )  # fmt: skip
    world.standing_clause = TerminationClause.objects.get(convention=signed)
    world.planned_clause = TerminationClause.objects.create(
        convention=signed, act=world.avenant, operation=Operation.PREAVIS, quantity=6,
        unit=Unit.MOIS, ground=TerminationGround.MANQUEMENT,
    )  # fmt: skip
    world.own_term = Definition.objects.create(act=world.avenant, term="CIL", meaning="comité")
    planned = {"convention": signed, "act": world.avenant, "planned": True}
    world.planned = Engagement.every.create(number=9, title="Produire davantage", **planned)
    world.aimed = Target.every.create(
        indicator=make_indicator(), territory=signed.territory, year=TODAY.year, quantity=200,
        **planned,
    )  # fmt: skip


def _leave(world) -> None:
    """A way out that the EPCI only prepares: the other party knows nothing of it."""
    world.ending = prepare_ending(
        world.signed, by=world.people["responsable"], on=TODAY, party=world.own_party,
        kind=TerminationKind.RESILIATION, clause=world.standing_clause,
    )  # fmt: skip
    world.letter = world.ending.letters.get()
    hand_out(world.letter, by=world.people["responsable"], on=TODAY)
    world.convocation = prepare_convocation(
        world.revoyure, by=world.people["responsable"], on=TODAY, party=world.own_party,
        held_on=TODAY,
    )  # fmt: skip
    world.convocation_letter = world.convocation.letters.get()
    hand_out_convocation(world.convocation_letter, by=world.people["responsable"], on=TODAY)
    world.party_change = PartyChange.objects.create(
        act=world.avenant, kind=PartyChangeKind.NOM, party=world.own_party, alias="Grand Lac",
    )  # fmt: skip


def _frozen(world, manager):
    last_year = open_revoyure(world.signed, by=manager, on=TODAY, year=TODAY.year - 1)
    now = datetime.now(UTC)
    Contribution.objects.filter(revoyure=last_year).update(handed_over_at=now)
    return freeze_revoyure(last_year, by=manager, on=TODAY, now=now, outcome=Outcome.MAINTIEN)


def _png() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (2, 2), "white").save(buffer, "PNG")
    return buffer.getvalue()

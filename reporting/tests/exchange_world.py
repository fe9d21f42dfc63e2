"""A convention that has lived: everything the exchange file can hold, at least once."""

import io
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pikepdf

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.tests.factories import make_organisation, make_user
from conventions.actions.documents import keep_bytes
from conventions.enums import (
    ActKind,
    ActStatus,
    ArticleKind,
    Change,
    ChecklistReply,
    ConventionKind,
    PartyChangeKind,
    ProposalKind,
    ProposalStatus,
    TerminationKind,
    TerminationStatus,
    ThreadScope,
    VisaKind,
)
from conventions.models import (
    Act,
    Approval,
    Article,
    ArticleRevision,
    ArticleVersion,
    Canevas,
    CanevasClause,
    ChecklistAnswer,
    Convention,
    Definition,
    Document,
    FollowUpClause,
    LetterVersion,
    Message,
    PartyChange,
    Proposal,
    RegisteredLetter,
    Round,
    Termination,
    TerminationClause,
    Thread,
    Visa,
)
from conventions.tests.factories import (
    give_clauses,
    make_article,
    make_convention,
    make_party,
    make_territory,
)
from engagements.enums import Appreciation, Outcome, RevoyureStatus, State, ValueStatus
from engagements.models import (
    Assessment,
    Convocation,
    ConvocationLetter,
    ConvocationVersion,
    Engagement,
    StateChange,
    Theme,
)
from engagements.rules.revoyure import snapshot_hash
from engagements.tests.factories import (
    make_engagement,
    make_indicator,
    make_measurement,
    make_revoyure,
    make_target,
)
from reminders.models import AddedDeadline, DeadlineNote
from reminders.tests.factories import make_deadline
from reporting.models import SealedDocument

NOON = datetime(2019, 3, 4, 11, 0, 0, 123456, tzinfo=UTC)


def make_full_convention(reference: str = "PLEINE-2018") -> Convention:
    """Two signed avenants (one delayed), an erratum, a draft, a succession, a frozen revoyure…"""
    convention = make_convention(reference=reference, territory=make_territory(name="Grand Lac"))
    _write_initial(convention)
    _amend(convention)
    _negotiate(convention)
    _owe(convention)
    _add_dates(convention)
    _review(convention)
    _leave(convention)
    return convention


def _sign(act: Act, day: date, effect: date) -> None:
    act.status, act.signed_on, act.effective_on = ActStatus.SIGNE, day, effect
    act.save()


def _pdf(title: str) -> bytes:
    page, data = pikepdf.new(), io.BytesIO()
    page.add_blank_page()
    page.docinfo["/Title"] = title
    page.save(data, deterministic_id=True)
    return data.getvalue()


def _document(convention: Convention, name: str = "délibération.pdf") -> Document:
    data = _pdf(name)
    return Document.objects.create(
        convention=convention,
        kind="deliberation",
        name=name,
        content_type="application/pdf",
        size=len(data),
        sha256=keep_bytes(data),
        added_by=convention.created_by,
    )


def _write_initial(convention: Convention) -> None:
    act = convention.acts.get(number=0)
    model = Canevas.objects.create(
        kind=ConventionKind.EPCI_ACTION_LOGEMENT, key="cadre", title="Cadre", variables=["epci"]
    )
    clause = CanevasClause.objects.create(canevas=model, key="objet", position=1, terms={"b": 1})
    title = make_article(convention, "I", kind=ArticleKind.TITRE)
    first = make_article(convention, "1", parent=title, depth=2, body="Voir l’{{art:3}} « été ».")
    first.origin = clause
    first.save()
    body = "- un\n  - deux\n\n| a | b |\n|---|---|\n| c | d |"
    make_article(convention, "2", parent=title, depth=2, body=body)
    make_article(convention, "A", kind=ArticleKind.ANNEXE)
    give_clauses(convention)
    FollowUpClause.objects.create(
        convention=convention, act=act, body="comité de pilotage « été »", per_year=2
    )
    Visa.objects.create(act=act, position=1, text="Vu le code de la construction")
    Visa.objects.create(act=act, position=2, kind=VisaKind.CONSIDERANT, text="Considérant…")
    Definition.objects.create(act=act, term="CIL", meaning="conférence", article=first)
    Definition.objects.create(act=act, term="Bail", meaning="contrat")
    act.canevas, act.variables = model, {"z": 1, "a": {"d": [1.5, None], "c": "é"}}
    act.save()
    party = convention.parties.first()
    party.mandates.create(
        kind="deliberation", number="2018/1", votes_for=10, votes_against=0, abstentions=2,
        document=_document(convention),
    )  # fmt: skip
    for rank, one in enumerate(convention.parties.all()):
        act.signatories.create(
            party=one, name=f"Camille {rank}", capacity="présidente",
            mandate=one.mandates.first(), user=make_user(), signed_on=date(2018, 1, 10 + rank),
        )  # fmt: skip
    _sign(act, date(2018, 1, 11), date(2018, 2, 1))
    convention.status = "signee"
    convention.starts_on, convention.starts_on_basis = date(2018, 2, 1), "clause"
    convention.ends_on = date(2021, 1, 31)
    convention.save()


def _change(act: Act, article: Article, operation: Change, rank: int, **fields) -> None:
    ArticleVersion.objects.create(
        act=act, article=article, operation=operation, position=rank, **fields
    )


def _amend(convention: Convention) -> None:
    title, first, second, annex = convention.articles.order_by("code")
    one = Act.objects.create(convention=convention, number=1, kind=ActKind.AVENANT, title="Un")
    new = Article.objects.create(convention=convention, parent=title)
    _change(one, new, Change.ECRIRE, 1, number="1 bis", after=first, body="Neuf.", depth=2)
    _change(one, second, Change.REMPLACER, 2, body="Autrement.", effective_on=date(2020, 1, 1))
    old = convention.acts.get(number=0).terminationclause_set.get()
    TerminationClause.objects.create(
        convention=convention, act=one, article=new, replaces=old, operation="preavis", quantity=6,
        unit="mois", trigger="reception", ground="sans_motif", confirmed_on=date(2018, 5, 1),
    )  # fmt: skip
    _succeed(convention, one)
    _sign(one, date(2018, 6, 1), date(2018, 7, 1))
    two = Act.objects.create(convention=convention, number=2, kind=ActKind.ERRATUM)
    _change(two, first, Change.RENUMEROTER, 1, number="1er")
    _sign(two, date(2018, 6, 2), date(2018, 6, 2))
    draft = Act.objects.create(
        convention=convention, number=3, kind=ActKind.AVENANT, status=ActStatus.EN_NEGOCIATION,
        drafted_by=convention.drafted_by, effective_on=date(2027, 1, 1),
    )  # fmt: skip
    _change(draft, annex, Change.ABROGER, 1)


def _succeed(convention: Convention, act: Act) -> None:
    before = convention.parties.get(position=1)
    heir = make_organisation(name="Grand Lac Métropole", siren="200011773")
    PartyChange.objects.create(
        act=act, kind=PartyChangeKind.SUCCESSION, party=before, organisation=heir, alias="GLM",
        name="Grand Lac Métropole", effective_on=date(2018, 7, 1), reason="arrêté",
    )  # fmt: skip
    before.ends_on = date(2018, 6, 30)
    before.save()
    make_party(
        convention, heir, position=1, alias="GLM", replaces=before, starts_on=date(2018, 7, 1)
    )


def _negotiate(convention: Convention) -> None:
    act = convention.acts.get(number=3)
    ours, theirs = convention.parties.filter(ends_on=None).order_by("position")
    article = convention.articles.get(code=2)
    person = make_user(email="zoe@exemple.fr")
    ArticleRevision.objects.create(act=act, article=article, code=2, body="a", written_at=NOON)
    ArticleRevision.objects.create(act=act, code=99, removed=True, written_at=NOON)
    Round.objects.create(act=act, number=1, holder=ours, opened_at=NOON, closed_at=NOON)
    Round.objects.create(act=act, number=2, holder=theirs, opened_at=NOON)
    for scope in (ThreadScope.INTERNE, ThreadScope.PARTAGE):
        thread = Thread.objects.create(
            act=act, article=article, passage="passage", scope=scope, party=ours, opened_at=NOON
        )
        for words in ("Bonjour", "Bonsoir"):
            Message.objects.create(
                thread=thread, party=theirs, author=person, body=words, written_at=NOON
            )
    Proposal.objects.create(
        act=act, party=theirs, kind=ProposalKind.REECRIRE, article=article, body="b",
        status=ProposalStatus.REFUSEE, made_by=person, made_at=NOON, answered_by=person,
        answered_at=NOON, answer="non",
    )  # fmt: skip
    Approval.objects.create(act=act, party=ours, digest="a" * 64, given_by=person, given_at=NOON)
    ChecklistAnswer.objects.create(
        act=act, rule="R12", reply=ChecklistReply.OUI, dated_on=date(2019, 1, 2),
        answered_by=person, answered_at=NOON, party=ours,
    )  # fmt: skip
    record(person, Verb.ARTICLE_WRITTEN, article, dossier=convention.pk, change="ajout")
    side = {"reserved_to": ours.organisation_id}
    record(person, Verb.CONVENTION_CHANGED, act, dossier=convention.pk, **side)


def _owe(convention: Convention) -> None:
    ours, theirs = convention.parties.filter(ends_on=None).order_by("position")
    theme = Theme.objects.create(convention=convention, name="Produire")
    one = make_engagement(convention, ours, theme=theme, article=convention.articles.get(code=2))
    two = make_engagement(convention, theirs)
    one.counterparts.add(two)
    change = StateChange.objects.create(
        engagement=one, old_state=State.A_VENIR, state=State.CONTESTE, party=theirs,
        declared_by=make_user(), declared_on=date(2019, 2, 1),
    )  # fmt: skip
    change.evidence.add(_document(convention, "preuve.pdf"))
    avenant = convention.acts.get(number=1)
    Engagement.every.create(
        convention=convention, number=1, title="Mieux tenir", act=avenant, replaces=one,
        effective_on=date(2018, 7, 1),
    )  # fmt: skip
    own = make_indicator(convention=convention, code="PROPRE", direction="au_plus")
    shared = make_indicator(code="LLS")
    make_target(convention, own, quantity=Decimal("12.50"), engagement=two)
    make_target(convention, shared)
    wrong = make_measurement(convention, shared, provider=theirs)
    make_measurement(
        convention, shared, provider=theirs, supersedes=wrong, status=ValueStatus.NON_COMMUNIQUE,
        quantity=None,
    )  # fmt: skip
    make_deadline(
        convention, key=f"engagement:{two.pk}:0", engagement=two, due_on=date(2019, 1, 1),
        done_on=date(2019, 1, 1), done_by=make_user(), done_note="faite",
    )  # fmt: skip


def _add_dates(convention: Convention) -> None:
    """Dates and remarks of one side, of all, and of one person: the last stay where they are."""
    ours = convention.parties.filter(position=1).first()
    author = make_user()
    said = {"convention": convention, "author": author, "added_at": NOON}
    shared = {"title": "Point", "due_on": date(2019, 4, 1)} | said
    AddedDeadline.objects.create(sharing="parties", every_months=6, **shared)
    for sharing, party in (("organisme", ours), ("moi", None)):
        added = AddedDeadline.objects.create(
            sharing=sharing, party=party, removed_at=NOON, **shared
        )
        make_deadline(
            convention, key=f"ajoutee:{added.pk}", kind="ajoutee", due_on=added.due_on,
            done_on=added.due_on, done_by=author, done_note="sans suite", not_applicable=True,
            owner=None if party else author,
            reserved_to=ours.organisation if party else None,
        )  # fmt: skip
    DeadlineNote.objects.create(
        convention=convention, key=f"ajoutee:{ours.convention.added_deadlines.get(party=ours).pk}",
        body="Entre nous", author=author, at=NOON, reserved_to=ours.organisation,
    )  # fmt: skip
    DeadlineNote.objects.create(
        convention=convention, key="terme", body="À tous", author=author, at=NOON, removed_at=NOON
    )


def _review(convention: Convention) -> None:
    review = make_revoyure(convention)
    first = review.contributions.order_by("pk").first()
    Assessment.objects.create(
        contribution=first,
        engagement=convention.engagements.get(number=2),
        appreciation=Appreciation.NON_TENU,
    )
    snapshot = {"schema": "revoyure/1", "b": [1, {"z": "é", "a": None}], "a": "2018"}
    review.status, review.outcome = RevoyureStatus.GELEE, Outcome.DESACCORD
    review.frozen_at, review.frozen_by = NOON, review.opened_by
    review.snapshot, review.snapshot_sha256 = snapshot, snapshot_hash(snapshot)
    review.save()
    _call(make_revoyure(convention, year=2019))
    SealedDocument.objects.create(
        document=_document(convention, "revoyure.pdf"), revoyure=review, code="ABCD-EFGH",
        sealed_at=NOON, level="B-T", certificate_subject="CN=Test", is_test=True,
    )  # fmt: skip


def _call(review) -> None:
    convention = review.convention
    call = Convocation.objects.create(
        revoyure=review, party=convention.parties.get(position=2), held_on=date(2019, 11, 5),
        begins_at=time(14, 30), place="Salle du conseil", agenda="Chiffres\nSuites",
        sent_on=date(2019, 10, 20), created_by=make_user(),
    )  # fmt: skip
    letter = ConvocationLetter.objects.create(
        convocation=call, addressee=convention.parties.get(position=1, ends_on=None),
        kind="simple", posted_on=date(2019, 10, 20),
    )  # fmt: skip
    ConvocationVersion.objects.create(
        letter=letter, number=1, content={"schema": "lettre/1"}, sha256="1" * 64,
        kept_by=make_user(),
    )  # fmt: skip


def _leave(convention: Convention) -> None:
    party = convention.parties.get(position=2)
    notice = Termination.objects.create(
        convention=convention, kind=TerminationKind.MISE_EN_DEMEURE, party=party,
        status=TerminationStatus.REMEDIEE, created_by=make_user(), cure_days=30,
    )  # fmt: skip
    ending = Termination.objects.create(
        convention=convention, kind=TerminationKind.RESILIATION, party=party, follows=notice,
        clause=convention.acts.get(number=1).terminationclause_set.get(),
        status=TerminationStatus.NOTIFIEE, event_on=date(2019, 5, 2), created_by=make_user(),
        steps=[{"b": "x", "a": "y"}],
    )  # fmt: skip
    letter = RegisteredLetter.objects.create(
        termination=ending, addressee=convention.parties.get(position=1, ends_on=None),
        posted_on=date(2019, 5, 2), presented_on=date(2019, 5, 2) + timedelta(days=2),
        posting_proof=convention.documents.first(),
    )  # fmt: skip
    LetterVersion.objects.create(
        letter=letter, number=1, content={"schema": "lettre/1", "subject": "Résiliation"},
        sha256="0" * 64, is_posted=True, kept_by=make_user(),
    )  # fmt: skip

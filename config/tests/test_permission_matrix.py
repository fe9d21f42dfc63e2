"""Every address, by every kind of person. An address that is absent from the table fails the suite.

A stranger, a former member and another region learn nothing: 404. A member without the role is told
whom to ask: 403. Nobody gets in without logging in, but where the table says «public».
"""

import pytest
from django.conf import settings as live_settings
from django.db import transaction
from django.urls import URLPattern, get_resolver, reverse

from config.tests.matrix_world import ROLES, TODAY, TOKEN, build
from conventions.models import Canevas, CanevasClause
from reporting.rules.codes import document_code

pytestmark = pytest.mark.django_db

# What a person may get. «OK» is a page, a file, or the redirect that follows an act.
OK, LOGIN, FORBIDDEN, HIDDEN = "ok", "login", "forbidden", "hidden"

MEMBERS = ("lecteur", "contributeur", "responsable", "signataire", "administrateur")
INSIDERS = (*MEMBERS, "other_party", "delegation", "platform")
WRITERS = ("contributeur", "responsable", "administrateur")
DECIDERS = ("responsable", "administrateur")


def _answers(allowed, known) -> dict[str, str]:
    answers = dict.fromkeys(ROLES, HIDDEN)
    answers |= dict.fromkeys(known, FORBIDDEN)
    answers |= dict.fromkeys(allowed, OK)
    answers["anonymous"] = LOGIN
    return answers


def public() -> dict[str, str]:
    return dict.fromkeys(ROLES, OK)


def logged_in() -> dict[str, str]:
    return dict.fromkeys(ROLES, OK) | {"anonymous": LOGIN}


def only(*allowed) -> dict[str, str]:
    """An address without an object: who may not is told so, whoever they are."""
    return _answers(allowed, [role for role in ROLES if role not in allowed])


def shared(*allowed) -> dict[str, str]:
    """Something of a signed convention, which both parties and the delegation know of."""
    return _answers(allowed, INSIDERS)


def draft(*allowed) -> dict[str, str]:
    """Something of a draft, which only the organisation that writes it knows of."""
    return _answers(allowed, (*MEMBERS, "platform"))


def house(*allowed) -> dict[str, str]:
    """Something of the organisation itself, which only its members know of."""
    return _answers(allowed, (*MEMBERS, "platform"))


def one_side(*allowed) -> dict[str, str]:
    """Something the EPCI keeps to its side: neither the other parties nor the platform know it."""
    return _answers(allowed, MEMBERS)


def signed(world):
    return {"pk": world.signed.pk}


def drafted(world, **more):
    return {"pk": world.draft.pk, **more}


READ = shared(*INSIDERS)
WRITE = shared(*WRITERS, "other_party", "delegation", "platform")
# In the name of a party: the platform speaks for nobody.
SPEAK = shared(*WRITERS, "other_party", "delegation")
DECIDE = shared(*DECIDERS, "other_party", "delegation", "platform")
DRAFT_DECIDE = draft(*DECIDERS, "platform")
OWN_PART = shared(*WRITERS)
OWN_DECISION = shared(*DECIDERS)

# By a decision of one's party: the platform has none.
PARTY_DECIDES = shared(*DECIDERS, "other_party", "delegation")
# The same, of what one side prepares in secret.
LEAVE = draft(*DECIDERS)


def amended(world, **more):
    """A draft avenant of the EPCI, of which the other party and its delegation know nothing."""
    return {"pk": world.signed.pk, "number": world.avenant.number, **more}


def negotiated(world, **more):
    """The text of a negotiation; the round is the EPCI's."""
    return {"pk": world.negotiated.pk, "number": 0, **more}


def leaving(world):
    """A way out that the EPCI prepares: a secret of its side."""
    return {"pk": world.signed.pk, "ending_pk": world.ending.pk}


def lettered(world):
    return leaving(world) | {"letter_pk": world.letter.pk}


def kept(world):
    return lettered(world) | {"number": 1}


def called(world):
    """A convocation that the EPCI prepares: a secret of its side."""
    return {"pk": world.convocation.pk}


def called_by(world):
    return called(world) | {"letter_pk": world.convocation_letter.pk}


def kept_call(world):
    return called_by(world) | {"number": 1}


def discussed(world):
    return negotiated(world, thread_pk=world.thread.pk)


def proposed(world):
    return negotiated(world, proposal_pk=world.proposal.pk)


# name: (method, keyword arguments, who gets what)
TABLE = {
    "accounts:login": ("get", lambda w: {}, public()),
    "accounts:logout": ("post", lambda w: {}, logged_in()),
    "accounts:password_reset": ("get", lambda w: {}, public()),
    "accounts:password_reset_done": ("get", lambda w: {}, public()),
    "accounts:password_reset_confirm": (
        "get",
        lambda w: {"uidb64": w.uid, "token": w.reset_token},
        public(),
    ),
    "accounts:accept_invitation": ("get", lambda w: {"token": TOKEN}, public()),
    "accounts:account": ("get", lambda w: {}, logged_in()),
    "accounts:password_change": ("get", lambda w: {}, logged_in()),
    "accounts:organisation": ("get", lambda w: {"pk": w.epci.pk}, house(*MEMBERS, "platform")),
    "accounts:organisation_edit": (
        "get",
        lambda w: {"pk": w.epci.pk},
        house("administrateur", "platform"),
    ),
    "accounts:invite": ("get", lambda w: {"pk": w.epci.pk}, house("administrateur", "platform")),
    "accounts:invitation_revoke": (
        "post",
        lambda w: {"pk": w.invitation.pk},
        house("administrateur", "platform"),
    ),
    "accounts:membership": (
        "get",
        lambda w: {"pk": w.membership.pk},
        house("administrateur", "platform"),
    ),
    "conventions:list": ("get", lambda w: {}, logged_in()),
    "conventions:detail": ("get", signed, READ),
    "conventions:text": ("get", signed, READ),
    "conventions:text_on": ("get", lambda w: signed(w) | {"day": TODAY.isoformat()}, READ),
    "conventions:text_origin": ("get", signed, READ),
    "conventions:compare": ("get", signed, READ),
    "conventions:article_versions": (
        "get",
        lambda w: signed(w) | {"code": w.signed.articles.first().code},
        READ,
    ),
    "conventions:acts": ("get", signed, READ),
    "conventions:documents": ("get", signed, READ),
    "conventions:download": (
        "get",
        lambda w: signed(w) | {"document_pk": w.document.pk},
        READ,
    ),
    "conventions:journal": ("get", signed, READ),
    "conventions:create": (
        "get",
        lambda w: {},
        only(*DECIDERS, "other_party", "stranger", "delegation", "other_region", "platform"),
    ),
    "conventions:draft": ("get", drafted, DRAFT_DECIDE),
    "conventions:edit": ("get", drafted, DRAFT_DECIDE),
    "conventions:parties": ("get", drafted, DRAFT_DECIDE),
    "conventions:party_create": ("get", drafted, DRAFT_DECIDE),
    "conventions:party_edit": (
        "get",
        lambda w: drafted(w, party_pk=w.party.pk),
        DRAFT_DECIDE,
    ),
    "conventions:party_remove": ("post", lambda w: drafted(w, party_pk=w.party.pk), DRAFT_DECIDE),
    "conventions:canevas": ("get", drafted, draft(*MEMBERS, "platform")),
    "conventions:canevas_gaps": ("get", drafted, draft(*MEMBERS, "platform")),
    "conventions:canevas_variables": ("get", drafted, DRAFT_DECIDE),
    "conventions:canevas_start": (
        "get",
        lambda w: drafted(w, canevas_pk=Canevas.objects.get(key="epci-action-logement").pk),
        DRAFT_DECIDE,
    ),
    "conventions:canevas_insert": (
        "get",
        lambda w: drafted(w, number=0, clause_pk=CanevasClause.objects.first().pk),
        DRAFT_DECIDE,
    ),
    "conventions:checklist": (
        "get",
        lambda w: drafted(w, number=0),
        draft(*MEMBERS, "platform"),
    ),
    "conventions:checklist_answer": (
        "get",
        lambda w: drafted(w, number=0, rule="r26"),
        DRAFT_DECIDE,
    ),
    "conventions:articles": ("get", drafted, DRAFT_DECIDE),
    "conventions:article_create": ("get", drafted, DRAFT_DECIDE),
    "conventions:articles_renumber": ("post", drafted, DRAFT_DECIDE),
    "conventions:article_edit": (
        "get",
        lambda w: drafted(w, article_pk=w.article.pk),
        DRAFT_DECIDE,
    ),
    "conventions:article_move": (
        "post",
        lambda w: drafted(w, article_pk=w.article.pk),
        DRAFT_DECIDE,
    ),
    "conventions:article_remove": (
        "post",
        lambda w: drafted(w, article_pk=w.article.pk),
        DRAFT_DECIDE,
    ),
    "conventions:visas": ("get", drafted, DRAFT_DECIDE),
    "conventions:articles_numbering": ("post", drafted, DRAFT_DECIDE),
    "conventions:article_autosave": (
        "post",
        lambda w: drafted(w, article_pk=w.article.pk),
        DRAFT_DECIDE,
    ),
    "conventions:article_history": (
        "get",
        lambda w: drafted(w, article_pk=w.article.pk),
        DRAFT_DECIDE,
    ),
    "conventions:article_restore": (
        "post",
        lambda w: drafted(w, article_pk=w.article.pk, revision_pk=w.revision.pk),
        DRAFT_DECIDE,
    ),
    "conventions:article_put_back": (
        "post",
        lambda w: drafted(w, revision_pk=w.removal.pk),
        DRAFT_DECIDE,
    ),
    "conventions:definitions": ("get", signed, READ),
    "conventions:definition_create": ("get", drafted, DRAFT_DECIDE),
    "conventions:definition_edit": (
        "get",
        lambda w: drafted(w, definition_pk=w.definition.pk),
        DRAFT_DECIDE,
    ),
    "conventions:definition_remove": (
        "post",
        lambda w: drafted(w, definition_pk=w.definition.pk),
        DRAFT_DECIDE,
    ),
    "conventions:clauses": ("get", drafted, DRAFT_DECIDE),
    "conventions:duration_edit": ("get", drafted, DRAFT_DECIDE),
    "conventions:revoyure_clause_edit": ("get", drafted, DRAFT_DECIDE),
    "conventions:termination_create": ("get", drafted, DRAFT_DECIDE),
    "conventions:termination_edit": (
        "get",
        lambda w: drafted(w, clause_pk=w.termination.pk),
        DRAFT_DECIDE,
    ),
    "conventions:follow_up_create": ("get", drafted, DRAFT_DECIDE),
    "conventions:follow_up_edit": (
        "get",
        lambda w: drafted(w, clause_pk=w.follow_up.pk),
        DRAFT_DECIDE,
    ),
    "conventions:clause_confirm": (
        "post",
        lambda w: drafted(w, slug="resiliation", clause_pk=w.termination.pk),
        DRAFT_DECIDE,
    ),
    "conventions:clause_remove": (
        "post",
        lambda w: drafted(w, slug="resiliation", clause_pk=w.termination.pk),
        DRAFT_DECIDE,
    ),
    "conventions:mandates": ("get", drafted, DRAFT_DECIDE),
    "conventions:mandate_create": (
        "get",
        lambda w: drafted(w, party_pk=w.party.pk),
        DRAFT_DECIDE,
    ),
    "conventions:mandate_edit": (
        "get",
        lambda w: drafted(w, mandate_pk=w.mandate.pk),
        DRAFT_DECIDE,
    ),
    "conventions:mandate_remove": (
        "post",
        lambda w: drafted(w, mandate_pk=w.mandate.pk),
        DRAFT_DECIDE,
    ),
    "conventions:signatory_create": (
        "get",
        lambda w: drafted(w, party_pk=w.party.pk),
        DRAFT_DECIDE,
    ),
    "conventions:signatory_edit": (
        "get",
        lambda w: drafted(w, signatory_pk=w.signatory.pk),
        DRAFT_DECIDE,
    ),
    "conventions:signatory_remove": (
        "post",
        lambda w: drafted(w, signatory_pk=w.signatory.pk),
        DRAFT_DECIDE,
    ),
    "conventions:open_negotiation": ("get", drafted, DRAFT_DECIDE),
    "conventions:close_text": ("get", drafted, DRAFT_DECIDE),
    "conventions:send_to_signature": ("get", drafted, DRAFT_DECIDE),
    "conventions:parcours": ("get", lambda w: drafted(w, number=0), draft(*MEMBERS, "platform")),
    "conventions:act_take_up": ("post", lambda w: drafted(w, number=0), DRAFT_DECIDE),
    "conventions:approve": ("get", lambda w: drafted(w, number=0), DRAFT_DECIDE),
    "conventions:approval_withdraw": ("get", lambda w: drafted(w, number=0), DRAFT_DECIDE),
    "conventions:reopen": ("get", drafted, DRAFT_DECIDE),
    "conventions:sign": ("get", drafted, draft(*DECIDERS, "signataire", "platform")),
    "conventions:avenant_create": ("get", signed, DECIDE),
    "conventions:act": ("get", amended, draft(*MEMBERS, "platform")),
    "conventions:text_draft": ("get", amended, draft(*MEMBERS, "platform")),
    "conventions:avenant_read": ("get", amended, draft(*MEMBERS, "platform")),
    "conventions:avenant_edit": ("get", amended, DRAFT_DECIDE),
    "conventions:avenant_abandon": ("get", amended, DRAFT_DECIDE),
    "conventions:avenant_visas": ("get", amended, DRAFT_DECIDE),
    "conventions:avenant_definition": ("get", amended, DRAFT_DECIDE),
    "conventions:operation_choose": ("get", amended, DRAFT_DECIDE),
    "conventions:operation_insert": ("get", amended, DRAFT_DECIDE),
    "conventions:avenant_read_again": ("post", amended, DRAFT_DECIDE),
    "conventions:operation_replace": (
        "get",
        lambda w: amended(w, article_pk=w.amended.pk),
        DRAFT_DECIDE,
    ),
    "conventions:operation_restore": (
        "get",
        lambda w: amended(w, article_pk=w.amended.pk),
        DRAFT_DECIDE,
    ),
    "conventions:operation_repeal": (
        "get",
        lambda w: amended(w, article_pk=w.amended.pk),
        DRAFT_DECIDE,
    ),
    "conventions:operation_renumber": (
        "get",
        lambda w: amended(w, article_pk=w.amended.pk),
        DRAFT_DECIDE,
    ),
    "conventions:operation_edit": (
        "get",
        lambda w: amended(w, row_pk=w.operation.pk),
        DRAFT_DECIDE,
    ),
    "conventions:operation_remove": (
        "post",
        lambda w: amended(w, row_pk=w.operation.pk),
        DRAFT_DECIDE,
    ),
    "conventions:operation_move": (
        "post",
        lambda w: amended(w, row_pk=w.operation.pk),
        DRAFT_DECIDE,
    ),
    "conventions:avenant_clause": (
        "get",
        lambda w: amended(w, slug="resiliation"),
        DRAFT_DECIDE,
    ),
    "conventions:avenant_clause_edit": (
        "get",
        lambda w: amended(w, slug="resiliation", clause_pk=w.planned_clause.pk),
        DRAFT_DECIDE,
    ),
    "conventions:avenant_clause_end": (
        "get",
        lambda w: amended(w, slug="resiliation", clause_pk=w.standing_clause.pk),
        DRAFT_DECIDE,
    ),
    "conventions:avenant_clause_confirm": (
        "post",
        lambda w: amended(w, slug="resiliation", clause_pk=w.planned_clause.pk),
        DRAFT_DECIDE,
    ),
    "conventions:avenant_clause_remove": (
        "post",
        lambda w: amended(w, slug="resiliation", clause_pk=w.planned_clause.pk),
        DRAFT_DECIDE,
    ),
    "conventions:avenant_definition_edit": (
        "get",
        lambda w: amended(w, definition_pk=w.own_term.pk),
        DRAFT_DECIDE,
    ),
    "conventions:avenant_definition_remove": (
        "post",
        lambda w: amended(w, definition_pk=w.own_term.pk),
        DRAFT_DECIDE,
    ),
    "conventions:party_change_add": ("get", amended, DRAFT_DECIDE),
    "conventions:party_change_edit": (
        "get",
        lambda w: amended(w, change_pk=w.party_change.pk),
        DRAFT_DECIDE,
    ),
    "conventions:party_change_remove": (
        "post",
        lambda w: amended(w, change_pk=w.party_change.pk),
        DRAFT_DECIDE,
    ),
    "conventions:ending_prepare": ("get", signed, PARTY_DECIDES),
    "conventions:prorogate": ("get", signed, DECIDE),
    "conventions:ending": ("get", leaving, draft(*MEMBERS, "platform")),
    "conventions:ending_edit": ("get", leaving, LEAVE),
    "conventions:ending_withdraw": ("get", leaving, LEAVE),
    "conventions:ending_repaired": ("get", leaving, LEAVE),
    "conventions:ending_unrepaired": ("get", leaving, LEAVE),
    "conventions:letter": ("get", lettered, LEAVE),
    "conventions:letter_dates": ("get", lettered, LEAVE),
    "conventions:letter_hand_out": ("post", lettered, LEAVE),
    "conventions:letter_versions": ("get", lettered, LEAVE),
    "conventions:letter_word": ("get", kept, LEAVE),
    "reporting:letter_pdf": ("get", kept, LEAVE),
    "engagements:letters": ("get", signed, READ),
    "engagements:convocation_prepare": ("get", lambda w: {"pk": w.revoyure.pk}, PARTY_DECIDES),
    "engagements:convocation": ("get", called, draft(*MEMBERS, "platform")),
    "reporting:convocation_ics": ("get", called, draft(*MEMBERS, "platform")),
    "engagements:convocation_edit": ("get", called, LEAVE),
    "engagements:convocation_cancel": ("get", called, LEAVE),
    "engagements:convocation_letter": ("get", called_by, LEAVE),
    "engagements:convocation_dates": ("get", called_by, LEAVE),
    "engagements:convocation_hand_out": ("post", called_by, LEAVE),
    "engagements:convocation_versions": ("get", called_by, LEAVE),
    "engagements:convocation_word": ("get", kept_call, LEAVE),
    "reporting:convocation_pdf": ("get", kept_call, LEAVE),
    "conventions:negotiation": ("get", negotiated, READ),
    "conventions:negotiation_read": ("post", negotiated, READ),
    "conventions:negotiation_since": ("get", negotiated, READ),
    "conventions:negotiation_round": ("get", lambda w: negotiated(w, rank=1), READ),
    "conventions:negotiation_hand_over": ("get", negotiated, PARTY_DECIDES),
    "conventions:negotiation_take_back": ("get", negotiated, PARTY_DECIDES),
    "conventions:negotiation_unblock": ("get", negotiated, shared("platform")),
    "conventions:threads": ("get", negotiated, READ),
    "conventions:thread_open": ("get", negotiated, SPEAK),
    "conventions:thread": ("get", discussed, READ),
    "conventions:thread_resolve": ("post", discussed, SPEAK),
    "conventions:thread_reopen": ("post", discussed, SPEAK),
    # Internal to the EPCI: the other side, and the platform, do not know of it.
    "conventions:thread_share": (
        "get",
        lambda w: negotiated(w, thread_pk=w.internal.pk),
        _answers(DECIDERS, MEMBERS),
    ),
    "conventions:proposals": ("get", negotiated, READ),
    "conventions:proposal_create": ("get", negotiated, SPEAK),
    "conventions:proposal": ("get", proposed, READ),
    "conventions:proposal_accept": ("post", proposed, PARTY_DECIDES),
    "conventions:proposal_settle": ("get", proposed, PARTY_DECIDES),
    "conventions:proposal_refuse": ("get", proposed, PARTY_DECIDES),
    "conventions:proposal_withdraw": ("post", proposed, SPEAK),
    "conventions:proposal_reopen": ("post", proposed, SPEAK),
    "conventions:proposals_accept_all": (
        "post",
        lambda w: negotiated(w, article_pk=w.worded.pk),
        PARTY_DECIDES,
    ),
    "conventions:close": ("get", signed, DECIDE),
    "conventions:document_add": ("get", signed, WRITE),
    "conventions:word": ("get", lambda w: signed(w) | {"number": 0}, READ),
    "conventions:word_export": ("get", lambda w: signed(w) | {"number": 0}, READ),
    "conventions:word_on": ("get", lambda w: signed(w) | {"day": TODAY.isoformat()}, READ),
    "conventions:word_preview": (
        "get",
        lambda w: signed(w) | {"number": 0, "token": "perime"},
        WRITE,
    ),
    "conventions:word_receipt": (
        "get",
        lambda w: signed(w) | {"number": 0, "document_pk": w.document.pk},
        READ,
    ),
    "conventions:word_withdraw": (
        "post",
        lambda w: signed(w) | {"number": 0, "document_pk": w.document.pk},
        WRITE,
    ),
    "engagements:balance": ("get", signed, READ),
    "engagements:balance_export": ("get", signed, READ),
    "engagements:create": ("get", signed, DECIDE),
    "engagements:detail": ("get", lambda w: {"pk": w.engagement.pk}, READ),
    "engagements:edit": ("get", lambda w: {"pk": w.engagement.pk}, DECIDE),
    "engagements:declare": ("get", lambda w: {"pk": w.engagement.pk}, SPEAK),
    "engagements:indicators": ("get", signed, READ),
    "engagements:measurement_create": ("get", signed, SPEAK),
    "engagements:measurement_correct": ("get", lambda w: {"pk": w.measurement.pk}, OWN_PART),
    "engagements:target_edit": ("get", signed, DECIDE),
    "engagements:planned_create": ("get", amended, DRAFT_DECIDE),
    "engagements:planned_replace": (
        "get",
        lambda w: amended(w, engagement_pk=w.engagement.pk),
        DRAFT_DECIDE,
    ),
    "engagements:planned_end": (
        "get",
        lambda w: amended(w, engagement_pk=w.engagement.pk),
        DRAFT_DECIDE,
    ),
    "engagements:planned_edit": ("get", lambda w: amended(w, row_pk=w.planned.pk), DRAFT_DECIDE),
    "engagements:planned_target": ("get", amended, DRAFT_DECIDE),
    "engagements:planned_target_edit": (
        "get",
        lambda w: amended(w, row_pk=w.aimed.pk),
        DRAFT_DECIDE,
    ),
    "engagements:planned_remove": (
        "post",
        lambda w: amended(w, kind="engagement", row_pk=w.planned.pk),
        DRAFT_DECIDE,
    ),
    "engagements:revoyures": ("get", lambda w: {}, logged_in()),
    "engagements:convention_revoyures": ("get", signed, READ),
    "engagements:revoyure": ("get", lambda w: {"pk": w.revoyure.pk}, READ),
    "engagements:revoyure_freeze": ("get", lambda w: {"pk": w.revoyure.pk}, READ),
    "engagements:contribution": ("get", lambda w: {"pk": w.contribution.pk}, OWN_PART),
    "engagements:contribution_hand_over": (
        "post",
        lambda w: {"pk": w.contribution.pk},
        OWN_DECISION,
    ),
    "engagements:contribution_take_back": (
        "post",
        lambda w: {"pk": w.contribution.pk},
        OWN_DECISION,
    ),
    "reminders:list": ("get", lambda w: {}, logged_in()),
    "reminders:convention_deadlines": ("get", signed, READ),
    "reminders:simulator": ("get", signed, READ),
    "reminders:detail": ("get", lambda w: {"pk": w.deadline.pk}, READ),
    "reminders:agenda": ("get", lambda w: {"pk": w.deadline.pk}, READ),
    "reminders:answer": ("post", lambda w: {"pk": w.deadline.pk}, SPEAK),
    "reminders:withdraw": ("post", lambda w: {"pk": w.deadline.pk}, SPEAK),
    "reminders:note": ("post", lambda w: {"pk": w.deadline.pk}, SPEAK),
    "reminders:note_remove": (
        "post",
        lambda w: {"pk": w.deadline.pk, "note_pk": w.note.pk},
        one_side("responsable"),
    ),
    "reminders:added_add": ("get", signed, READ),
    "reminders:added_change": (
        "get",
        lambda w: signed(w) | {"added_pk": w.added.pk},
        one_side(*WRITERS),
    ),
    "reminders:added_remove": (
        "post",
        lambda w: signed(w) | {"added_pk": w.added.pk},
        one_side(*WRITERS),
    ),
    "reminders:by_place": ("get", lambda w: {}, logged_in()),
    "reminders:undo": ("post", lambda w: {"pk": w.deadline.pk}, WRITE),
    "reminders:feed": ("get", lambda w: {"token": w.feed_token}, public()),
    "reminders:feed_manage": ("get", lambda w: {}, logged_in()),
    "reminders:feed_create": ("post", lambda w: {}, logged_in()),
    "reminders:feed_revoke": ("post", lambda w: {}, logged_in()),
    "reminders:choices": ("get", lambda w: {}, logged_in()),
    "reminders:organisation_choices": (
        "get",
        lambda w: {"pk": w.epci.pk},
        house("administrateur", "platform"),
    ),
    "reminders:absences": ("get", lambda w: {}, logged_in()),
    "reminders:member_absences": (
        "get",
        lambda w: {"pk": w.membership.pk},
        house("administrateur", "platform"),
    ),
    "reminders:absence_remove": (
        "post",
        lambda w: {"pk": w.absence.pk},
        house("contributeur", "administrateur", "platform"),
    ),
    "reminders:recipients": ("get", signed, READ),
    "reminders:external_stop": (
        "post",
        lambda w: signed(w) | {"external_pk": w.external.pk},
        OWN_DECISION,
    ),
    "reminders:external": ("get", lambda w: {"token": w.external_token}, public()),
    "reminders:external_agenda": ("get", lambda w: {"token": w.external_token}, public()),
    "reminders:health": ("get", lambda w: {}, public()),
    "reminders:findings": ("get", lambda w: {}, only("administrateur", "stranger", "platform")),
    "reminders:inbox": ("get", lambda w: {}, logged_in()),
    "reminders:message": (
        "get",
        lambda w: {"name": "inconnu.eml"},
        dict.fromkeys(ROLES, HIDDEN) | {"anonymous": LOGIN},
    ),
    "reporting:dashboard": ("get", lambda w: {}, logged_in()),
    "reporting:page": ("get", lambda w: {"slug": "aide"}, public()),
    "reporting:export_conventions": ("post", lambda w: {"fmt": "csv"}, logged_in()),
    "reporting:export_deadlines": ("post", lambda w: {"fmt": "xlsx"}, logged_in()),
    "reporting:compare_pdf": ("get", signed, READ),
    "reporting:text_pdf": ("get", signed, READ),
    "reporting:text_on_pdf": ("get", lambda w: {"pk": w.signed.pk, "day": "2019-01-01"}, READ),
    "reporting:act_pdf": ("get", lambda w: {"pk": w.signed.pk, "number": 0}, READ),
    "reporting:act_page": ("get", lambda w: {"pk": w.signed.pk, "number": 0}, READ),
    "reporting:verify": ("get", lambda w: {}, public()),
    "reporting:verify_code": (
        "get",
        lambda w: {"code": document_code(w.frozen.snapshot_sha256)},
        public(),
    ),
    "reporting:revoyure_document": ("get", lambda w: {"pk": w.frozen.pk}, READ),
    "reporting:revoyure_pdf": ("get", lambda w: {"pk": w.frozen.pk}, READ),
}


def _names(resolver, namespace="") -> set[str]:
    names = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            names.add(f"{namespace}:{pattern.name}")
        elif pattern.namespace != "admin":
            names |= _names(pattern, pattern.namespace or namespace)
    return names


def test_every_address_is_in_the_table():
    known = _names(get_resolver())
    assert known - set(TABLE) == set(), "new addresses: add them to TABLE"
    assert set(TABLE) - known == set(), "addresses that are gone: take them out of TABLE"


def _kind(answer) -> str:
    if answer.status_code in {301, 302} and answer.url.startswith("/connexion/?next="):
        return LOGIN
    if answer.status_code in {200, 302}:
        return OK
    return {403: FORBIDDEN, 404: HIDDEN}.get(answer.status_code, str(answer.status_code))


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Build the world once for the module; each test works in its own rolled-back transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        kept, live_settings.FILES_DIR = live_settings.FILES_DIR, tmp_path_factory.mktemp("files")
        built = build()
        built.files = live_settings.FILES_DIR
        live_settings.FILES_DIR = kept
        yield built
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_each_person_gets_what_the_table_says(name, world, client, settings):
    method, arguments, expected = TABLE[name]
    settings.FILES_DIR = world.files
    address = reverse(name, kwargs=arguments(world))
    got = {}
    for role in ROLES:
        with transaction.atomic():
            client.logout()
            if role != "anonymous":
                client.force_login(
                    world.people[role], backend="django.contrib.auth.backends.ModelBackend"
                )
            got[role] = _kind(getattr(client, method)(address))
            transaction.set_rollback(True)
    wrong = {
        role: f"{got[role]}, not {expected[role]}" for role in ROLES if got[role] != expected[role]
    }
    assert wrong == {}

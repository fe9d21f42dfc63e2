"""Discussions: read by those they are for, resolved, reopened, shared but never hidden again."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import JournalEntry
from conventions.access import entries_visible_to, threads_visible_to
from conventions.actions.threads import (
    open_thread,
    reopen_thread,
    reply,
    resolve_thread,
    share_thread,
)
from conventions.enums import ActStatus, ConventionStatus, ThreadScope
from conventions.tests.drafting import TODAY
from conventions.tests.negotiating import make_negotiation

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_negotiation()


def opened(cast, **fields):
    fields = {"by": cast.manager, "party": cast.first, "body": "Est-ce sûr ?"} | fields
    fields.setdefault("article", cast.article)
    return open_thread(cast.act, on=TODAY, **fields)


def seen_by(cast, user):
    return set(threads_visible_to(user, cast.act, on=TODAY))


def test_a_shared_discussion_is_read_and_answered_by_all_parties(cast):
    thread = opened(cast, passage="une fois  par an")
    assert thread.passage == "une fois par an"
    reply(thread, by=cast.theirs, on=TODAY, party=cast.second, body="Oui.")
    assert [m.body for m in thread.messages.all()] == ["Est-ce sûr ?", "Oui."]
    assert seen_by(cast, cast.counterpart) == {thread}


def test_an_internal_discussion_is_read_by_its_side_alone(cast):
    thread = opened(cast, scope=ThreadScope.INTERNE)
    assert seen_by(cast, cast.reader) == {thread}
    for other in (cast.counterpart, cast.theirs, cast.stranger, cast.platform):
        assert seen_by(cast, other) == set()
    with pytest.raises(ValidationError):
        reply(thread, by=cast.theirs, on=TODAY, party=cast.second, body="Je ne devrais pas.")
    with pytest.raises(ValidationError):
        resolve_thread(thread, by=cast.platform, on=TODAY)


def test_the_journal_tells_an_internal_discussion_to_its_side_alone(cast):
    thread = opened(cast, scope=ThreadScope.INTERNE, body="Notre limite est 40 %.")
    entries = JournalEntry.objects.of_dossier(cast.convention.pk)
    told = entries.get(verb="thread_opened")
    assert told in entries_visible_to(cast.reader, entries, on=TODAY)
    assert told not in entries_visible_to(cast.counterpart, entries, on=TODAY)
    assert "40" not in f"{told.subject_label}{told.data}"
    resolve_thread(thread, by=cast.manager, on=TODAY)
    hidden = entries_visible_to(cast.counterpart, entries, on=TODAY)
    assert not hidden.filter(verb="thread_resolved").exists()


def test_an_internal_discussion_is_shared_by_a_manager_of_its_side_and_for_ever(cast):
    thread = opened(cast, scope=ThreadScope.INTERNE)
    with pytest.raises(PermissionDenied):
        share_thread(thread, by=cast.contributor, on=TODAY)
    share_thread(thread, by=cast.manager, on=TODAY)
    assert seen_by(cast, cast.counterpart) == {thread}
    share_thread(thread, by=cast.manager, on=TODAY)
    assert JournalEntry.objects.filter(verb="thread_shared").count() == 1


def test_a_discussion_is_resolved_then_reopened(cast):
    thread = opened(cast)
    resolve_thread(thread, by=cast.theirs, on=TODAY)
    with pytest.raises(ValidationError, match="rouvrez-la"):
        reply(thread, by=cast.manager, on=TODAY, party=cast.first, body="Encore un mot.")
    reopen_thread(thread, by=cast.manager, on=TODAY)
    thread.refresh_from_db()
    assert thread.resolved_at is thread.resolved_by is None


def test_readers_strangers_and_the_platform_do_not_speak_for_a_party(cast):
    for who in (cast.reader, cast.stranger, cast.platform):
        with pytest.raises(PermissionDenied):
            opened(cast, by=who)
    with pytest.raises(PermissionDenied):
        opened(cast, by=cast.theirs)


def test_a_draft_is_discussed_within_its_side_only():
    cast = make_negotiation(rounds=False, status=ConventionStatus.BROUILLON)
    cast.act.status = ActStatus.PROJET
    cast.act.save()
    with pytest.raises(ValidationError, match="n’est pas encore partagé"):
        opened(cast)
    thread = opened(cast, scope=ThreadScope.INTERNE)
    with pytest.raises(ValidationError):
        share_thread(thread, by=cast.manager, on=TODAY)
    with pytest.raises(PermissionDenied):
        opened(cast, by=cast.counterpart, party=cast.second, scope=ThreadScope.INTERNE)


def test_a_message_without_words_is_refused_and_a_signed_act_is_no_longer_discussed(cast):
    with pytest.raises(ValidationError, match="Écrivez"):
        opened(cast, body="  ")
    cast.act.status, cast.act.signed_on, cast.act.effective_on = ActStatus.SIGNE, TODAY, TODAY
    cast.act.save()
    with pytest.raises(ValidationError, match="ne se discute plus"):
        opened(cast)

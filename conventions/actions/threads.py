"""Discussions about a passage: opened, answered, resolved, reopened, shared.

What happens in an internal discussion is written in the convention's journal with `reserved_to`:
its side alone reads the line (`access.entries_visible_to`), which holds none of its words anyway.
"""

from datetime import UTC, date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import User
from accounts.rules.roles import Capability
from conventions.access import acts_visible_to, check_acts_for, threads_visible_to
from conventions.actions.draft import CLOSED_ACT, enter
from conventions.actions.negotiation import tell
from conventions.enums import ActStatus, ThreadScope
from conventions.models import Act, Article, ArticleVersion, Message, Party, Thread
from conventions.rules.negotiation import LONGEST_PASSAGE

EMPTY = "Écrivez votre message."
NOT_SHARED_YET = (
    "Le projet n’est pas encore partagé : une discussion y reste interne à votre organisme."
)
ELSEWHERE = "Cet article n’est pas celui de ce texte."
RESOLVED = "Cette discussion est résolue : rouvrez-la pour y répondre."
SETTLED = "Un acte signé ou abandonné ne se discute plus."


def _enter(act: Act, *, by: User, on: date) -> None:
    """Lock the convention of an act one sees and that is still to be signed."""
    enter(act.convention, by=by, on=on, capability=Capability.CONTRIBUTE)
    act.refresh_from_db(fields=["status"])
    if not acts_visible_to(by, act.convention, on=on).filter(pk=act.pk).exists():
        raise ValidationError(CLOSED_ACT[ActStatus.ABANDONNE], code="closed")
    if act.status in (ActStatus.SIGNE, ActStatus.ABANDONNE):
        raise ValidationError(SETTLED, code="closed")


def _enter_thread(thread: Thread, *, by: User, on: date) -> None:
    """Lock the convention of a discussion one reads, and read again where it stands."""
    _enter(thread.act, by=by, on=on)
    thread.refresh_from_db(fields=["scope", "resolved_at"])
    if not threads_visible_to(by, thread.act, on=on).filter(pk=thread.pk).exists():
        raise ValidationError("Cette discussion n’est plus ouverte à votre organisme.")


@transaction.atomic
def open_thread(
    act: Act,
    *,
    by: User,
    on: date,
    party: Party,
    body: str,
    article: Article | None = None,
    passage: str = "",
    scope: str = ThreadScope.PARTAGE,
    signature: str = "",
) -> Thread:
    """Begin a discussion on a passage, in the name of a party that `by` acts for.

    `signature` is whom a Word file names as the author of its comment.
    """
    _enter(act, by=by, on=on)
    check_acts_for(by, party, Capability.CONTRIBUTE, on=on)
    if act.status == ActStatus.PROJET and scope != ThreadScope.INTERNE:
        raise ValidationError({"scope": NOT_SHARED_YET}, code="scope")
    if article is not None and article.convention_id != act.convention_id:
        raise ValidationError({"article": ELSEWHERE}, code="elsewhere")
    thread = Thread(
        act=act,
        article=article,
        passage=" ".join(passage.split())[:LONGEST_PASSAGE],
        scope=scope,
        party=party,
        opened_at=datetime.now(UTC),
    )
    thread.full_clean()
    thread.save()
    message = _write(thread, by=by, party=party, body=body, signature=signature)
    _told(thread, Verb.THREAD_OPENED, by=by, on=on, at=message.written_at)
    return thread


@transaction.atomic
def reply(
    thread: Thread, *, by: User, on: date, party: Party, body: str, signature: str = ""
) -> Message:
    """Answer in a discussion, in the name of a party that `by` acts for."""
    _enter_thread(thread, by=by, on=on)
    check_acts_for(by, party, Capability.CONTRIBUTE, on=on)
    if thread.is_internal and party.pk != thread.party_id:
        raise ValidationError(ELSEWHERE, code="elsewhere")
    if thread.resolved_at is not None:
        raise ValidationError(RESOLVED, code="resolved")
    message = _write(thread, by=by, party=party, body=body, signature=signature)
    _told(thread, Verb.THREAD_ANSWERED, by=by, on=on, at=message.written_at)
    return message


def _write(thread: Thread, *, by: User, party: Party, body: str, signature: str) -> Message:
    if not body.strip():
        raise ValidationError({"body": EMPTY}, code="required")
    message = Message(
        thread=thread,
        party=party,
        author=by,
        signature=signature[:200],
        body=body.strip(),
        written_at=datetime.now(UTC),
    )
    message.full_clean()
    message.save()
    return message


@transaction.atomic
def resolve_thread(thread: Thread, *, by: User, on: date) -> None:
    """Close a discussion that has led somewhere; whoever takes part may open it again."""
    _enter_thread(thread, by=by, on=on)
    _check_takes_part(thread, by=by, on=on)
    if thread.resolved_at is not None:
        return
    thread.resolved_at, thread.resolved_by = datetime.now(UTC), by
    thread.save(update_fields=["resolved_at", "resolved_by"])
    _told(thread, Verb.THREAD_RESOLVED, by=by, on=on)


@transaction.atomic
def reopen_thread(thread: Thread, *, by: User, on: date) -> None:
    _enter_thread(thread, by=by, on=on)
    _check_takes_part(thread, by=by, on=on)
    if thread.resolved_at is None:
        return
    thread.resolved_at = thread.resolved_by = None
    thread.save(update_fields=["resolved_at", "resolved_by"])
    _told(thread, Verb.THREAD_REOPENED, by=by, on=on)


@transaction.atomic
def share_thread(thread: Thread, *, by: User, on: date) -> None:
    """Let the other parties read an internal discussion, all that was said in it included.

    A manager of its side decides; it is never undone, for what was read cannot be unread.
    """
    _enter_thread(thread, by=by, on=on)
    check_acts_for(by, thread.party, Capability.MANAGE, on=on)
    if not thread.is_internal:
        return
    if thread.act.status == ActStatus.PROJET:
        raise ValidationError(NOT_SHARED_YET, code="scope")
    # To those who could not read it, it opens now: it is news to them, older messages included.
    thread.scope, thread.opened_at = ThreadScope.PARTAGE, datetime.now(UTC)
    thread.save(update_fields=["scope", "opened_at"])
    _told(thread, Verb.THREAD_SHARED, by=by, on=on, at=thread.opened_at)


def _check_takes_part(thread: Thread, *, by: User, on: date) -> None:
    """Whoever contributes for a party may; the platform, which speaks for none, may too."""
    if thread.is_internal:
        check_acts_for(by, thread.party, Capability.CONTRIBUTE, on=on)


def _told(thread: Thread, verb: Verb, *, by: User, on: date, at: datetime | None = None) -> None:
    """Write the journal for those who read the discussion; announce to them what was said `at`."""
    act, label = thread.act, label_of(thread)
    if thread.is_internal:
        side = thread.party.organisation_id
        record(by, verb, thread, dossier=act.convention_id, label=label, reserved_to=side)
        parties = [thread.party]
    else:
        record(by, verb, thread, dossier=act.convention_id, label=label)
        parties = act.convention.parties.in_force(on=on)
    if at is not None:
        tell(act, parties, by=by, at=at)


def label_of(thread: Thread) -> str:
    """«article 2.2.1», or the act itself when the discussion bears on the whole."""
    if thread.article_id is None:
        return str(thread.act)
    versions = ArticleVersion.objects.filter(article=thread.article_id).select_related(
        "article", "act"
    )
    version = (
        versions.filter(act=thread.act).exclude(heading="", number="").first()
        or versions.numbering().first()
    )
    return version.label if version else str(thread.act)

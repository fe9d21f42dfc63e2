"""What people declare of a deadline: that they take care of it, that it is done, that it is void.

Where each side decides for itself (`EACH_SIDE`), an answer silences that side alone and the other
never learns of it. Anywhere else, «done» and «void» close the deadline for everybody.
"""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.rules.roles import Capability
from conventions.access import acting_parties
from conventions.models import Party
from reminders.access import check_can_settle, visible_to
from reminders.actions.arming import arm, disarm
from reminders.actions.recipients import audience_of, concerned_parties
from reminders.actions.turns import take_turn
from reminders.enums import AnswerKind
from reminders.models import Deadline, DeadlineAnswer
from reminders.models.added import CLOSING
from reminders.rules.answers import why_not
from reminders.rules.deadlines import EACH_SIDE

WITHDRAWN = "Cette échéance a été remplacée : ouvrez celle qui lui succède."
ROLLING = "Une date glissante répond à une question : elle n’est pas à faire."
CLOSED = "L’échéance est déjà déclarée faite ou sans objet."
NO_REASON = "Dites pourquoi cette échéance est sans objet."
WHICH_PARTY = "Vous agissez pour plusieurs parties : dites au nom de laquelle vous répondez."
NOT_YOURS = "Cette échéance concerne {who} : seul un membre habilité peut répondre en son nom."
ALONE = "Une échéance que vous gardez pour vous ne se prend pas en charge : elle est la vôtre."
DERIVED = (
    "Cette échéance est faite par ce qui a été enregistré ailleurs (revoyure ou engagement) : "
    "c’est là qu’il faut revenir."
)
EACH_FOR_ITSELF = "Chaque partie répond de cette échéance pour elle-même."
PERSONAL = "échéance personnelle"
_CLOSING_FIELDS = ("done_on", "done_by", "done_note", "not_applicable")
_VERBS = {
    AnswerKind.PRISE_EN_CHARGE: Verb.DEADLINE_TAKEN,
    AnswerKind.FAITE: Verb.DEADLINE_DONE,
    AnswerKind.SANS_OBJET: Verb.DEADLINE_WAIVED,
}


@transaction.atomic
def answer(
    deadline: Deadline,
    *,
    kind: str,
    by,
    on: date,
    now: datetime,
    party: Party | None = None,
    reason: str = "",
) -> DeadlineAnswer | None:
    """Say, in the name of one side, what becomes of a deadline; return the answer kept.

    `party` may be left out by who acts for one side alone. A date one keeps for oneself has no
    side: it is closed, and nothing is returned. Raises `ValidationError` for what cannot be
    answered, `PermissionDenied` for who may not.
    """
    deadline = _enter(deadline, by=by, on=on)
    _check(deadline, AnswerKind(kind), reason := reason.strip())
    if deadline.owner_id is not None:
        _close(deadline, kind, by=by, on=on, reason=reason)
        record(by, _VERBS[AnswerKind(kind)], deadline, **place_of(deadline))
        return None
    party = _speaking(deadline, party, by=by, on=on)
    _withdraw_last(deadline, party, kind=kind, now=now)
    kept = DeadlineAnswer(deadline=deadline, party=party, kind=kind, reason=reason, by=by, at=now)
    kept.full_clean()
    kept.save()
    if kind in CLOSING:
        _conclude(deadline, party, kind, by=by, on=on, reason=reason)
    else:
        _arm_again(deadline, on=on, now=now)
    told = place_of(deadline, party) | {"party": party.alias, "note": reason}
    record(by, _VERBS[AnswerKind(kind)], deadline, **told)
    return kept


@transaction.atomic
def withdraw_answer(
    deadline: Deadline, *, by, on: date, now: datetime, party: Party | None = None
) -> None:
    """Take back what one side answered: the reminders still ahead are armed again."""
    deadline = _enter(deadline, by=by, on=on)
    party = _speaking(deadline, party, by=by, on=on)
    kept = deadline.answers.standing().filter(party=party).first()
    if kept is None:
        msg = f"{party} n’a donné aucune réponse à retirer."
        raise ValidationError(msg, code="replay")
    if kept.kind in CLOSING and deadline.kind not in EACH_SIDE:
        reopen(deadline, by=by, on=on, now=now)
        return
    kept.withdrawn_at = now
    kept.save(update_fields=["withdrawn_at"])
    _arm_again(deadline, on=on, now=now)
    told = place_of(deadline, party) | {"party": party.alias, "answer": kept.kind}
    record(by, Verb.DEADLINE_ANSWER_WITHDRAWN, deadline, **told)


@transaction.atomic
def mark_done(deadline: Deadline, *, by, on: date, note: str = "") -> None:
    """Declare a deadline done for everybody, in no party's name."""
    deadline = _enter(deadline, by=by, on=on)
    _check_open(deadline)
    if deadline.kind in EACH_SIDE:
        raise ValidationError(EACH_FOR_ITSELF, code="each_side")
    _close(deadline, AnswerKind.FAITE, by=by, on=on, reason=note.strip())
    record(by, Verb.DEADLINE_DONE, deadline, **place_of(deadline), note=deadline.done_note)


@transaction.atomic
def reopen(deadline: Deadline, *, by, on: date, now: datetime) -> None:
    """Take back what closed a deadline for everybody: its reminders are armed again."""
    deadline = _enter(deadline, by=by, on=on)
    if deadline.done_on is None:
        msg = "L’échéance n’est pas déclarée faite."
        raise ValidationError(msg, code="replay")
    if deadline.done_by_id is None:
        raise ValidationError(DERIVED, code="derived")
    before = {"done_on": deadline.done_on.isoformat(), "note": deadline.done_note}
    deadline.answers.closing().update(withdrawn_at=now)
    deadline.done_on, deadline.done_by, deadline.done_note = None, None, ""
    deadline.not_applicable = False
    deadline.save(update_fields=_CLOSING_FIELDS)
    _arm_again(deadline, on=on, now=now)
    record(by, Verb.DEADLINE_REOPENED, deadline, **place_of(deadline), before=before)


def answering_parties(user, deadline: Deadline, *, on: date) -> list[Party]:
    """The sides in whose name the person may answer: theirs, that the deadline concerns."""
    if deadline.owner_id is not None:
        return []
    parties = acting_parties(user, deadline.convention, Capability.CONTRIBUTE, on=on)
    if deadline.reserved_to_id is not None:
        parties = parties.filter(organisation=deadline.reserved_to_id)
    concerned = concerned_parties(deadline)
    if concerned is not None:
        parties = parties.filter(pk__in=_heirs(concerned, on=on))
    return list(parties)


def check_may_answer(user, deadline: Deadline, *, on: date) -> None:
    """Refuse who has no side in what a deadline is about."""
    if deadline.owner_id != user.pk and not answering_parties(user, deadline, on=on):
        raise PermissionDenied(NOT_YOURS.format(who=_who(deadline)))


def place_of(deadline: Deadline, party: Party | None = None) -> dict:
    """Where the journal tells of a deadline: to all, to one side apart, or without its words.

    A date one keeps for oneself is no business of the convention: the line says that something was
    done, to the portal's own journal, and not what.
    """
    if deadline.owner_id is not None:
        return {"label": PERSONAL}
    told: dict = {"dossier": deadline.convention_id}
    if deadline.reserved_to_id is not None:
        return told | {"reserved_to": deadline.reserved_to_id}
    if party is not None and deadline.kind in EACH_SIDE:
        return told | {"reserved_to": party.organisation_id}
    return told


def _enter(deadline: Deadline, *, by, on: date) -> Deadline:
    """Take a live deadline one may see and settle, with its row locked."""
    if not visible_to(by, on=on).filter(pk=deadline.pk).exists():
        msg = "Vous ne pouvez pas lire cette échéance."
        raise PermissionDenied(msg)
    check_can_settle(by, deadline, on=on)
    take_turn()
    rows = Deadline.every.select_for_update(of=("self",)).select_related("convention")
    deadline = rows.get(pk=deadline.pk)
    if not deadline.is_live:
        raise ValidationError(WITHDRAWN, code="retired")
    return deadline


def _check(deadline: Deadline, kind: AnswerKind, reason: str) -> None:
    _check_open(deadline)
    if deadline.owner_id is not None and kind == AnswerKind.PRISE_EN_CHARGE:
        raise ValidationError(ALONE, code="alone")
    refusal = why_not(deadline.kind, kind)
    if refusal:
        raise ValidationError(refusal, code="not_alone")
    if kind == AnswerKind.SANS_OBJET and not reason:
        raise ValidationError({"reason": ValidationError(NO_REASON, code="required")})


def _check_open(deadline: Deadline) -> None:
    if deadline.rolling:
        raise ValidationError(ROLLING, code="rolling")
    if deadline.done_on is not None:
        raise ValidationError(CLOSED, code="replay")


def _speaking(deadline: Deadline, party: Party | None, *, by, on: date) -> Party:
    """Return the side in whose name `by` speaks, asking which when there are several."""
    sides = answering_parties(by, deadline, on=on)
    if party is None and len(sides) > 1:
        raise ValidationError({"party": ValidationError(WHICH_PARTY, code="required")})
    chosen = sides[0] if party is None and sides else party
    if chosen is None or chosen not in sides:
        raise PermissionDenied(NOT_YOURS.format(who=_who(deadline)))
    return chosen


def _who(deadline: Deadline) -> str:
    """Name whom a deadline concerns."""
    concerned = concerned_parties(deadline)
    parties = deadline.convention.parties.order_by("position")
    if concerned is not None:
        parties = parties.filter(pk__in=concerned)
    return ", ".join(party.alias for party in parties)


def _heirs(party_ids: list[int], *, on: date) -> set[int]:
    return {party.heir(on=on).pk for party in Party.objects.filter(pk__in=party_ids)}


def _withdraw_last(deadline: Deadline, party: Party, *, kind: str, now: datetime) -> None:
    last = deadline.answers.standing().filter(party=party).first()
    if last is None:
        return
    if last.kind == kind:
        msg = f"{party} a déjà donné cette réponse."
        raise ValidationError(msg, code="replay")
    last.withdrawn_at = now
    last.save(update_fields=["withdrawn_at"])


def _conclude(deadline: Deadline, party: Party, kind: str, *, by, on: date, reason: str) -> None:
    """Silence the side that answered, or close the deadline for everybody."""
    if deadline.kind not in EACH_SIDE:
        _close(deadline, kind, by=by, on=on, reason=reason)
        return
    closed = set(deadline.answers.closing().values_list("party", flat=True))
    audience = audience_of(deadline.convention, on=on)
    others = audience.of(audience.by_party.keys() - closed)
    silenced = audience.of([party.pk]) - others
    disarm([deadline], reason="Cette partie a répondu.", addressees=silenced)


def _close(deadline: Deadline, kind: str, *, by, on: date, reason: str) -> None:
    deadline.done_on, deadline.done_by, deadline.done_note = on, by, reason
    deadline.not_applicable = kind == AnswerKind.SANS_OBJET
    # A date whose reasoning is missing is closed like another: what is written is checked, alone.
    others = {one.name for one in Deadline._meta.concrete_fields} - set(_CLOSING_FIELDS)
    deadline.clean_fields(exclude=others)
    deadline.save(update_fields=_CLOSING_FIELDS)
    void = deadline.not_applicable
    disarm([deadline], reason="L’échéance est sans objet." if void else "L’échéance est faite.")


def _arm_again(deadline: Deadline, *, on: date, now: datetime) -> None:
    """Make its reminders what the answers that stand leave of them."""
    convention = deadline.convention
    arm([deadline], convention, audience_of(convention, on=on), now=now, is_new=False)

"""Who may say what of an engagement: its debtors keep it, any party may contest it."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError

from engagements.enums import State

# What the other side may say, by the present state: contest, or give the contestation up.
_OTHER_SIDE = {State.CONTESTE: (State.TENU, State.EN_COURS)}


def open_states(state: State, *, is_debtor: bool) -> list[State]:
    """Return what a party may declare now, in the order in which it is offered.

    A debtor says everything of what it owes. Another party may only contest; once it is contested,
    it may also accept it as kept or put it back under way.
    """
    return list(State) if is_debtor else [*_OTHER_SIDE.get(state, ()), State.CONTESTE]


_NEEDS_REASONS = {
    State.CONTESTE: "Dites ce que vous contestez : l’autre partie le lira.",
    State.SUSPENDU: "Dites ce que l’engagement attend pour reprendre.",
    State.SANS_OBJET: "Dites pourquoi l’engagement n’a plus d’objet.",
}
_ANSWERS_A_CONTESTATION = "L’engagement est contesté : répondez à ce qui lui est reproché."


def check_declaration(
    state: State, *, current: State, is_debtor: bool, comment: str, next_due_on: date | None
) -> None:
    """Refuse, in French, what a party may not say, or not without giving its reasons."""
    if state not in open_states(current, is_debtor=is_debtor):
        msg = (
            "Votre organisme ne doit pas cet engagement : il peut le contester, "
            "non en déclarer l’état."
        )
        raise ValidationError({"state": msg})
    reason = _NEEDS_REASONS.get(state)
    if reason is None and current == State.CONTESTE:
        reason = _ANSWERS_A_CONTESTATION
    if reason is not None and not comment.strip():
        raise ValidationError({"comment": reason})
    if next_due_on is not None and state != State.TENU:
        msg = "Une échéance suivante se fixe en déclarant l’engagement tenu."
        raise ValidationError({"next_due_on": msg})


def dates_problem(
    due_on: date | None, starts_on: date | None, ends_on: date | None
) -> tuple[str, str] | None:
    """Return (field, French sentence) when an engagement's dates contradict each other."""
    if starts_on and ends_on and ends_on < starts_on:
        return "ends_on", "Un engagement ne peut pas finir avant de commencer."
    if due_on and starts_on and due_on < starts_on:
        return "due_on", "L’échéance ne peut pas précéder le jour où l’engagement commence."
    if due_on and ends_on and due_on > ends_on:
        return "due_on", "L’échéance ne peut pas suivre le jour où l’engagement finit."
    return None


def one_side(debtors: Iterable[int], others: Iterable[int]) -> bool:
    """Whether two engagements are owed by the same parties: neither then answers the other."""
    return set(debtors) == set(others)

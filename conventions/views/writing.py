"""The one shape of every page that writes: door, right, form, action, message, redirect."""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.rules.roles import Capability
from conventions.access import check_can, get_convention_or_404, holds_pen
from conventions.actions.draft import CLOSED
from conventions.forms.base import SectionedForm, SeenForm
from conventions.models import Convention
from conventions.models.negotiation_read import turn_of

PEN_ELSEWHERE = (
    "La main est à {holder} : son côté écrit le texte. Vous pouvez le lire, le commenter et "
    "proposer une autre rédaction."
)

View = Callable[..., HttpResponse]


def writing(
    tab: str, *, capability: Capability = Capability.MANAGE, draft: bool = False
) -> Callable[[View], View]:
    """Open the door to a page that writes in a convention.

    The view receives the convention and today. A stranger gets 404, a reader 403; with `draft`, a
    text that is closed to writing says so instead of a form that could only be refused.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, pk: int, **keys) -> HttpResponse:
            today = timezone.localdate()
            convention = get_convention_or_404(request.user, pk, on=today)
            check_can(request.user, convention, capability, on=today)
            if draft and request.method != "POST":
                reason = _reason_not_to_write(request.user, convention, today)
                if reason:
                    return show(
                        request, "conventions/closed.html", convention, today, tab=tab,
                        reason=reason,
                    )  # fmt: skip
            return view(request, convention, today, **keys)

        return opened

    return decorate


def _reason_not_to_write(user, convention: Convention, on: date) -> str:
    """Say why the text of the initial act is closed to this person: for all, or for their side."""
    if not convention.is_draft:
        return CLOSED[convention.status]
    act = convention.acts.get(number=0)
    if holds_pen(user, act, on=on):
        return ""
    return PEN_ELSEWHERE.format(holder=turn_of(act).holder)


def show(
    request: HttpRequest, template: str, convention: Convention, on: date, *, tab: str, **context
) -> HttpResponse:
    """Draw a page of the convention."""
    context |= {"convention": convention, "on": on, "tab": tab}
    return render(request, template, context)


def carried_out(
    request: HttpRequest,
    form: SectionedForm,
    act: Callable[[], object],
    convention: Convention,
    *,
    done: str,
    fresh: Callable[[], SeenForm] | None = None,
) -> bool:
    """Run an action on answers sent that hold; put its refusal at its field, keep what was typed.

    `fresh` makes the same form on the row as it stands, to show what a colleague just wrote.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except ValidationError as error:
        convention.refresh_from_db()
        form.refuse(error)
        if fresh is not None and getattr(error, "code", "") == "stale":
            form.show_theirs(fresh())
        return False
    messages.success(request, done)
    return True


def carried_out_at_once(
    request: HttpRequest, act: Callable[[], object], *, done: str, to: str, pk: int, **keys
) -> HttpResponse:
    """Run an action that asks nothing, then go and see; a refusal is told on that page."""
    try:
        act()
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, done)
    return redirect(to, pk=pk, **keys)

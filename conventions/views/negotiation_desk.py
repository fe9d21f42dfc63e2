"""The door to the negotiation of an act, and what its pages know of the person's rights."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import scope_of
from accounts.rules.roles import Capability
from conventions.access import (
    acting_parties,
    get_act_or_404,
    get_convention_or_404,
    holds_pen,
    threads_visible_to,
)
from conventions.enums import ActStatus
from conventions.models import Act, Convention, Party, Round, Thread
from conventions.models.negotiation_read import turn_of

MAY_NOT_SPEAK = (
    "Il faut être contributeur ou responsable d’une partie pour commenter ou proposer. "
    "Demandez ce rôle à l’administrateur de votre organisme."
)
MAY_NOT_DECIDE = (
    "Seul un responsable d’une partie prend cette décision. "
    "Demandez ce rôle à l’administrateur de votre organisme."
)


@dataclass
class Desk:
    """One person before one act: for whom they may speak, decide, and whose turn it is."""

    user: object
    convention: Convention
    act: Act
    on: date

    @cached_property
    def sides(self) -> list[Party]:
        return self._parties(Capability.READ)

    @cached_property
    def speaks(self) -> list[Party]:
        return self._parties(Capability.CONTRIBUTE)

    @cached_property
    def decides(self) -> list[Party]:
        return self._parties(Capability.MANAGE)

    def _parties(self, capability: Capability) -> list[Party]:
        return list(acting_parties(self.user, self.convention, capability, on=self.on))

    @cached_property
    def turn(self) -> Round | None:
        return turn_of(self.act)

    @property
    def threads(self) -> QuerySet[Thread]:
        return threads_visible_to(self.user, self.act, on=self.on)

    @property
    def is_private(self) -> bool:
        """A draft: its side alone is here, and only talks among itself."""
        return self.act.status == ActStatus.PROJET

    @property
    def is_negotiated(self) -> bool:
        return self.act.status == ActStatus.EN_NEGOCIATION

    @property
    def is_over(self) -> bool:
        return self.act.status in (ActStatus.SIGNE, ActStatus.ABANDONNE)

    @cached_property
    def is_platform(self) -> bool:
        return scope_of(self.user, on=self.on).is_platform

    @cached_property
    def may_write(self) -> bool:
        """Whether the person writes the text, and so answers proposals."""
        return (
            self.is_negotiated and bool(self.decides) and holds_pen(self.user, self.act, on=self.on)
        )

    @property
    def may_speak(self) -> bool:
        return bool(self.speaks) and not self.is_over

    @property
    def may_propose(self) -> bool:
        return bool(self.speaks) and self.is_negotiated

    @property
    def is_ours(self) -> bool:
        return self.turn is not None and self.turn.holder in self.sides

    @property
    def lead(self) -> str:
        """What is negotiated: the act, or the convention itself."""
        act = str(self.act)
        return f"{act[:1].upper()}{act[1:]}" if self.act.number else self.convention.title

    def require_speech(self) -> None:
        if not self.speaks:
            raise PermissionDenied(MAY_NOT_SPEAK)

    def require_decision(self) -> None:
        if not self.decides:
            raise PermissionDenied(MAY_NOT_DECIDE)

    def address(self, name: str, **keys) -> str:
        """Return the address of another page of this negotiation."""
        own = {"pk": self.convention.pk, "number": self.act.number}
        return reverse(f"conventions:{name}", kwargs=own | keys)

    @property
    def home(self) -> str:
        return self.address("negotiation")


View = Callable[..., HttpResponse]


def negotiating(view: View) -> View:
    """Open the door to a page of an act's negotiation; who does not know of the act gets 404."""

    @wraps(view)
    def opened(request: HttpRequest, pk: int, number: int, **keys) -> HttpResponse:
        on = timezone.localdate()
        convention = get_convention_or_404(request.user, pk, on=on)
        act = get_act_or_404(request.user, convention, number, on=on)
        act.convention = convention
        return view(request, Desk(request.user, convention, act, on), **keys)

    return opened


def show(request: HttpRequest, template: str, desk: Desk, **context) -> HttpResponse:
    context |= {
        "desk": desk,
        "act": desk.act,
        "convention": desk.convention,
        "on": desk.on,
        "tab": "texte",
    }
    return render(request, template, context)


def carried_out(
    request: HttpRequest, form, act: Callable[[], object], *, done: str | Callable[[], str]
) -> bool:
    """Run an action on answers that hold; put its refusal at its field, keep what was typed."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except ValidationError as error:
        form.refuse(error)
        return False
    messages.success(request, done() if callable(done) else done)
    return True


def at_once(request: HttpRequest, act: Callable[[], object], *, done: str, to: str) -> HttpResponse:
    """Run an action that asks nothing, then go and see; a refusal is told on that page."""
    try:
        act()
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, done)
    return redirect(to)

"""The way of an act to its signature: where it stands, and the moves that carry it further."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import scope_of
from accounts.rules.roles import Capability
from conventions.access import (
    acting_parties,
    can,
    get_act_or_404,
    get_convention_or_404,
)
from conventions.actions.cycle import move_act, moves_of, obstacles_to_move, take_up
from conventions.actions.facts import standing_approvals
from conventions.actions.obstacles import warnings_of
from conventions.enums import ActStatus, ConventionVerb
from conventions.forms.parcours import MoveForm, OverrideForm, ReopenForm
from conventions.models import Act, Approval, Convention
from conventions.views.writing import carried_out, carried_out_at_once, show, writing

CONSEQUENCES = {
    ConventionVerb.OUVRIR_NEGOCIATION: (
        "Les membres de toutes les parties verront le projet et pourront l’écrire avec vous."
    ),
    ConventionVerb.ARRETER_LE_TEXTE: (
        "Plus personne ne pourra modifier le texte, sauf à rouvrir la rédaction. Chaque partie "
        "donnera alors son accord à ce texte, à la lettre près, avant que les instances délibèrent."
    ),
    ConventionVerb.METTRE_EN_SIGNATURE: (
        "Le texte est arrêté et les signataires sont habilités : il restera à signer, puis à "
        "enregistrer la signature."
    ),
    ConventionVerb.ROUVRIR: (
        "Le texte redeviendra modifiable par les parties, et les accords déjà donnés tomberont : "
        "ils seront à redonner. Les habilitations restent ; vérifiez qu’elles valent encore pour "
        "le texte modifié."
    ),
}
DONE = {
    ConventionVerb.OUVRIR_NEGOCIATION: "La négociation est ouverte.",
    ConventionVerb.ARRETER_LE_TEXTE: "Le texte est arrêté : chaque partie peut donner son accord.",
    ConventionVerb.METTRE_EN_SIGNATURE: "L’acte est en signature.",
    ConventionVerb.ROUVRIR: "La rédaction est rouverte.",
}
TAKEN_UP = "Cet acte est repris comme déjà signé : ses accords ont été donnés sur papier."


@require_safe
def parcours(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Where an act stands, what blocks it and where to mend it, for whoever may read it."""
    today = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=today)
    act = get_act_or_404(request.user, convention, number, on=today)
    may_manage = can(request.user, convention, Capability.MANAGE, on=today)
    given = list(standing_approvals(act))
    mine = acting_parties(request.user, convention, Capability.MANAGE, on=today)
    context = {
        "act": act,
        "may_manage": may_manage,
        "moves": moves_of(act) if may_manage else [],
        "may_take_up": may_manage and act.is_writable and not act.recorded_afterwards,
        "warnings": warnings_of(act, on=today),
        "approvals": given,
        "withdrawn": Approval.objects.filter(act=act, withdrawn_at__isnull=False).select_related(
            "party", "given_by"
        ),
        "awaited": _awaited(act, mine, given),
        "own": {party.pk for party in mine},
    }
    return show(request, "conventions/parcours.html", convention, today, tab="actes", **context)


def _awaited(act: Act, mine, given) -> list:
    """The parties whose accord this person may give now."""
    if act.status != ActStatus.EN_VALIDATION:
        return []
    agreed = {approval.party_id for approval in given}
    return [party for party in mine if party.pk not in agreed]


def _form(request: HttpRequest, verb: ConventionVerb, *, today: date) -> MoveForm:
    if verb == ConventionVerb.ROUVRIR:
        return ReopenForm(request.POST or None)
    may_override = scope_of(request.user, on=today).is_platform
    if verb == ConventionVerb.METTRE_EN_SIGNATURE and may_override:
        return OverrideForm(request.POST or None)
    return MoveForm(request.POST if request.method == "POST" else None)


def _move(
    request: HttpRequest, convention: Convention, today: date, number: int, verb: ConventionVerb
) -> HttpResponse:
    """Say what the move changes and for whom, then make it."""
    act = get_act_or_404(request.user, convention, number, on=today)
    form = _form(request, verb, today=today)
    if carried_out(
        request,
        form,
        lambda: move_act(act, verb, by=request.user, on=today, **form.cleaned_data),
        convention,
        done=DONE[verb],
    ):
        return redirect("conventions:parcours", pk=convention.pk, number=number)
    act.refresh_from_db()
    is_possible = verb in moves_of(act)
    found = obstacles_to_move(act, verb, on=today) if is_possible else []
    overrides = isinstance(form, OverrideForm) and all(one.waivable for one in found)
    context = {
        "act": act,
        "form": form,
        "verb": verb,
        "consequence": CONSEQUENCES[verb],
        "is_possible": is_possible,
        "obstacles": found,
        "may_move": not found or overrides,
    }
    return show(request, "conventions/move.html", convention, today, tab="actes", **context)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("actes")
def open_negotiation(
    request: HttpRequest, convention: Convention, today: date, number: int = 0
) -> HttpResponse:
    return _move(request, convention, today, number, ConventionVerb.OUVRIR_NEGOCIATION)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("actes")
def close_text(
    request: HttpRequest, convention: Convention, today: date, number: int = 0
) -> HttpResponse:
    return _move(request, convention, today, number, ConventionVerb.ARRETER_LE_TEXTE)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("actes")
def send_to_signature(
    request: HttpRequest, convention: Convention, today: date, number: int = 0
) -> HttpResponse:
    return _move(request, convention, today, number, ConventionVerb.METTRE_EN_SIGNATURE)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("actes")
def reopen(
    request: HttpRequest, convention: Convention, today: date, number: int = 0
) -> HttpResponse:
    return _move(request, convention, today, number, ConventionVerb.ROUVRIR)


@require_POST
@writing("actes")
def act_take_up(
    request: HttpRequest, convention: Convention, today: date, number: int
) -> HttpResponse:
    """Say that an act was signed on paper before the portal knew of it."""
    act = get_act_or_404(request.user, convention, number, on=today)
    return carried_out_at_once(
        request,
        lambda: take_up(act, by=request.user, on=today),
        done=TAKEN_UP,
        to="conventions:parcours",
        pk=convention.pk,
        number=number,
    )

"""A way out, from its preparation to its effect: its dates, what is told of it, its end."""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import JournalEntry
from accounts.rules.roles import Capability
from conventions.access import (
    acting_parties,
    check_acts_for,
    entries_visible_to,
    get_convention_or_404,
    get_ending_or_404,
)
from conventions.actions.letter_facts import planned_effect
from conventions.actions.letters import record_dates
from conventions.actions.terminations import (
    change_ending,
    record_repaired,
    record_unrepaired,
    withdraw_ending,
)
from conventions.enums import TerminationKind, TerminationStatus
from conventions.forms.terminations import (
    EndingForm,
    LetterDatesForm,
    RepairedForm,
    UnrepairedForm,
    WithdrawForm,
)
from conventions.models import RegisteredLetter, Termination
from conventions.models.letters_read import LetterTold
from conventions.rules.non_renouvellement import made_moot
from conventions.rules.sorties import cure_ends, event_of
from conventions.views.writing import View, carried_out, show

OPEN = (TerminationStatus.PREPAREE, TerminationStatus.NOTIFIEE)


def of_ending(view: View) -> View:
    """Open the door to what one decides in a way out: 404 to the other side while it is secret.

    Only the managers of the party that leaves go further.
    """

    @wraps(view)
    def opened(request: HttpRequest, pk: int, ending_pk: int, **keys) -> HttpResponse:
        today = timezone.localdate()
        convention = get_convention_or_404(request.user, pk, on=today)
        ending = get_ending_or_404(request.user, convention, ending_pk, on=today)
        ending.convention = convention
        check_acts_for(request.user, ending.party.heir(on=today), Capability.MANAGE, on=today)
        return view(request, ending, today, **keys)

    return opened


def letter_or_404(ending: Termination, letter_pk: int) -> RegisteredLetter:
    letter = get_object_or_404(ending.letters.select_related("addressee"), pk=letter_pk)
    letter.termination = ending
    return letter


def page(
    request: HttpRequest, template: str, ending: Termination, on: date, **context
) -> HttpResponse:
    context |= {"tab": "actes", "ending": ending}
    return show(request, template, ending.convention, on, **context)


def back_to(ending: Termination) -> HttpResponse:
    return redirect("conventions:ending", pk=ending.convention_id, ending_pk=ending.pk)


@require_safe
def ending(request: HttpRequest, pk: int, ending_pk: int) -> HttpResponse:
    """Where a way out stands, for whoever may know of it."""
    today = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=today)
    found = get_ending_or_404(request.user, convention, ending_pk, on=today)
    found.convention = convention
    mine = acting_parties(request.user, convention, Capability.MANAGE, on=today)
    may_act = mine.filter(pk=found.party.heir(on=today).pk).exists()
    letters = list(found.letters.select_related("addressee", "posting_proof", "delivery_proof"))
    is_notice = found.kind == TerminationKind.MISE_EN_DEMEURE
    is_running = found.status == TerminationStatus.NOTIFIEE
    is_announced = is_running and found.is_announcement
    followed = Termination.objects.filter(follows=found).first()
    over = is_running and found.effect_on is not None and found.effect_on < today
    context = {
        "letters": [_card(found, letter, today, may_act=may_act) for letter in letters],
        "may_act": may_act,
        "may_change": may_act and found.status == TerminationStatus.PREPAREE,
        "may_withdraw": may_act and found.status in OPEN and not over and not followed,
        "may_settle": may_act and is_notice and is_running and not followed,
        "is_notice": is_notice,
        "made_moot": made_moot(found.effect_on, convention.ends_on) if is_announced else "",
        "is_over": over,
        "cure_ends_on": _cure_ends(found),
        "planned_effect": None if found.event_on or not letters else planned_effect(found),
        "followed_by": followed,
        "entries": _history(request, found, letters, today),
    }
    return page(request, "conventions/termination.html", found, today, **context)


def _card(ending: Termination, letter: RegisteredLetter, on: date, *, may_act: bool) -> dict:
    """A letter as the register shows it, with what its side may do of it."""
    told = LetterTold(letter, event_of(ending.counted_from, letter.dates), on)
    card = {"told": told, "read": "", "dates": "", "withdrawal": "", "versions": ""}
    if not may_act:
        return card
    keys = {"pk": ending.convention_id, "ending_pk": ending.pk, "letter_pk": letter.pk}
    card["read"] = reverse("conventions:letter", kwargs=keys)
    card["versions"] = reverse("conventions:letter_versions", kwargs=keys)
    if ending.status in OPEN:
        card["dates"] = reverse("conventions:letter_dates", kwargs=keys)
    if ending.event_on is not None:
        card["withdrawal"] = f"{card['read']}?objet=retrait"
    return card


def _cure_ends(ending: Termination) -> date | None:
    if ending.cure_days is None or ending.event_on is None:
        return None
    return cure_ends(ending.event_on, ending.cure_days)


def _history(request: HttpRequest, ending: Termination, letters: list, on: date):
    about = Q(subject_type="conventions.termination", subject_id=ending.pk)
    keys = [letter.pk for letter in letters]
    about |= Q(subject_type="conventions.registeredletter", subject_id__in=keys)
    entries = JournalEntry.objects.of_dossier(ending.convention_id).filter(about)
    return entries_visible_to(request.user, entries, on=on)


def _sent(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _decided(
    request: HttpRequest,
    ending: Termination,
    on: date,
    form,
    act: Callable[[], object],
    *,
    done: str,
    title: str,
    lead: str,
    verb: str,
) -> HttpResponse:
    """Every decision on a way out is one form on one page."""
    if carried_out(request, form, act, ending.convention, done=done):
        return back_to(ending)
    context = {"form": form, "title": title, "lead": lead, "verb": verb}
    return page(request, "conventions/termination_decide.html", ending, on, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_ending
def ending_edit(request: HttpRequest, ending: Termination, today: date) -> HttpResponse:
    fresh = Termination.objects.get(pk=ending.pk)
    form = EndingForm(_sent(request), kind=ending.kind, prepared=True, instance=fresh)
    return _decided(
        request,
        ending,
        today,
        form,
        lambda: change_ending(ending, by=request.user, on=today, **form.cleaned_data),
        done="La lettre est à jour.",
        title="Modifier la lettre",
        lead="Tant qu’elle n’est pas partie, tout se corrige. L’effet est recompté aussitôt.",
        verb="Enregistrer",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_ending
def ending_withdraw(request: HttpRequest, ending: Termination, today: date) -> HttpResponse:
    notified = ending.status == TerminationStatus.NOTIFIEE
    needs = notified and ending.ends_convention
    form = WithdrawForm(_sent(request), needs_accord=needs, initial={"withdrawn_on": today})
    return _decided(
        request,
        ending,
        today,
        form,
        lambda: withdraw_ending(ending, by=request.user, on=today, **form.cleaned_data),
        done="La lettre est retirée : la convention continue.",
        title="Retirer cette lettre",
        lead=_what_withdrawing_does(ending, notified=notified),
        verb="Retirer",
    )


def _what_withdrawing_does(ending: Termination, *, notified: bool) -> str:
    if notified and ending.ends_convention:
        return (
            "Une lettre notifiée engage qui l’a envoyée : elle ne se retire qu’avec l’accord de "
            "tous."
        )
    if notified and ending.is_announcement:
        return (
            "Votre annonce ne donnait aucun droit à l’autre partie : vous la retirez seul. Le "
            "terme reste ce qu’il est, et la retirer ne renouvelle rien."
        )
    return "La convention continue comme si cette lettre n’avait pas été préparée."


@require_http_methods(["GET", "HEAD", "POST"])
@of_ending
def ending_repaired(request: HttpRequest, ending: Termination, today: date) -> HttpResponse:
    form = RepairedForm(_sent(request), initial={"repaired_on": today})
    return _decided(
        request,
        ending,
        today,
        form,
        lambda: record_repaired(ending, by=request.user, on=today, **form.cleaned_data),
        done="Le manquement est réparé : la convention continue.",
        title="Le manquement est réparé",
        lead="La mise en demeure s’arrête là. L’autre partie le verra.",
        verb="Constater la réparation",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_ending
def ending_unrepaired(request: HttpRequest, ending: Termination, today: date) -> HttpResponse:
    form = UnrepairedForm(_sent(request))
    return _decided(
        request,
        ending,
        today,
        form,
        lambda: record_unrepaired(ending, by=request.user, on=today, **form.cleaned_data),
        done="La mise en demeure est restée sans effet : la convention a pris fin.",
        title="Rien n’a été réparé",
        lead=(
            "La convention a pris fin avec le délai de la mise en demeure. Relisez la clause : "
            "elle peut demander une seconde lettre."
        ),
        verb="Constater la fin de la convention",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_ending
def letter_dates(
    request: HttpRequest, ending: Termination, today: date, letter_pk: int
) -> HttpResponse:
    """The register of the four dates, with the proof of each."""
    letter = letter_or_404(ending, letter_pk)
    form = LetterDatesForm(
        _sent(request), request.FILES or None, instance=RegisteredLetter.objects.get(pk=letter.pk)
    )

    def write() -> None:
        record_dates(letter, by=request.user, on=today, proofs=form.proofs, **form.dates)

    if carried_out(
        request, form, write, ending.convention, done="Les dates de la lettre sont à jour."
    ):
        return back_to(ending)
    context = {"form": form, "letter": letter}
    return page(request, "conventions/letter_dates.html", ending, today, **context)

"""One engagement: its page, what is declared of it, and writing it down."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rules.roles import Capability
from conventions.access import acting_parties, can, check_can, get_convention_or_404
from conventions.models import Party
from engagements.access import get_engagement_or_404
from engagements.actions.declarations import DECLARABLE, declare_state
from engagements.actions.engagements import change_engagement, create_engagement
from engagements.forms.engagement import DeclarationForm, EngagementForm
from engagements.models import Engagement, StateChange
from engagements.models.titles import ArticleTitle, article_titles
from engagements.rules.lecture import Entry, standing
from engagements.views.balance_reading import figure_of, saying_of


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What is promised, by whom, in answer to what, how far along, and how we know."""
    on = timezone.localdate()
    engagement = get_engagement_or_404(request.user, pk, on=on)
    parties = _speaking(request, engagement, on=on)
    page = _page(engagement, on=on)
    context = page | {
        "form": DeclarationForm(engagement=engagement, parties=parties) if parties else None,
        "owes": any(party in page["debtors"] for party in parties),
        "may_change": can(request.user, engagement.convention, Capability.MANAGE, on=on),
    }
    return render(request, "engagements/detail.html", context)


def _speaking(request: HttpRequest, engagement: Engagement, *, on: date) -> list[Party]:
    """The parties in whose name the reader may speak; none before the signature."""
    if engagement.convention.status not in DECLARABLE:
        return []
    return list(acting_parties(request.user, engagement.convention, Capability.CONTRIBUTE, on=on))


def _title(engagement: Engagement, *, on: date) -> ArticleTitle | None:
    return article_titles(engagement.convention, on=on).get(engagement.article_id)


def _page(engagement: Engagement, *, on: date) -> dict:
    convention = engagement.convention
    parties = Party.objects.in_force(on=on).filter(convention=convention)
    debtors = list(engagement.debtors.order_by("position"))
    history = list(
        engagement.state_changes.select_related("party", "declared_by").prefetch_related("evidence")
    )
    targets = (
        engagement.targets.binding(on=on)
        .with_result()
        .select_related("indicator")
        .order_by("year", "pk")
    )
    return {
        "engagement": engagement,
        "convention": convention,
        "on": on,
        "icon_name": _icon(engagement, on),
        "word": engagement.situation_on(on).label,
        "standing": _standing(engagement, history[0] if history else None, on=on),
        "title": _title(engagement, on=on),
        "debtors": debtors,
        "is_joint": len(debtors) > 1 and len(debtors) >= parties.count(),
        "is_declarable": convention.status in DECLARABLE,
        "counterparts": [
            (other, _icon(other, on), other.situation_on(on).label)
            for other in engagement.counterparts.prefetch_related("debtors").order_by("number")
        ],
        "history": history,
        "figures": [(target, figure_of(target)) for target in targets.order_by("year", "pk")],
    }


def _standing(engagement: Engagement, last: StateChange | None, *, on: date) -> str:
    """Why it is what it is today, in the words of the balance."""
    entry = Entry(
        pk=engagement.pk,
        number=engagement.number,
        title=engagement.title,
        situation=engagement.situation_on(on),
        debtors=(),
        due_on=engagement.due_on,
        recurrence=engagement.recurrence,
        saying=saying_of(last, evidence=0) if last else None,
    )
    return standing(entry, on)


def _icon(engagement: Engagement, on: date) -> str:
    return engagement.situation_on(on).replace("_", "-")


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a state for one's party, or contest what another declared."""
    on = timezone.localdate()
    engagement = get_engagement_or_404(request.user, pk, on=on)
    parties = _speaking(request, engagement, on=on)
    if not parties:
        msg = "Seul un membre habilité d’une partie déclare l’état d’un engagement signé."
        raise PermissionDenied(msg)
    form = DeclarationForm(
        request.POST or None, request.FILES or None, engagement=engagement, parties=parties
    )
    if request.method == "POST" and form.is_valid():
        try:
            declare_state(engagement, by=request.user, on=on, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(
                request, f"{engagement.code}\u00a0: votre déclaration est enregistrée."
            )
            return redirect("engagements:detail", pk=pk)
    context = {"form": form, "title": _title(engagement, on=on)}
    context |= {"engagement": engagement, "convention": engagement.convention, "on": on}
    return render(request, "engagements/declare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down an engagement found in the text."""
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    check_can(request.user, convention, Capability.MANAGE, on=on)
    form = EngagementForm(request.POST or None, convention=convention, on=on)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_engagement(convention, by=request.user, on=on, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"L’engagement {made.code} est ajouté à la balance.")
            return redirect("engagements:detail", pk=made.pk)
    context = {"form": form, "convention": convention, "on": on, "engagement": None}
    return render(request, "engagements/edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what was written of an engagement."""
    on = timezone.localdate()
    engagement = get_engagement_or_404(request.user, pk, on=on)
    convention = engagement.convention
    check_can(request.user, convention, Capability.MANAGE, on=on)
    form = EngagementForm(request.POST or None, convention=convention, on=on, engagement=engagement)
    if request.method == "POST" and form.is_valid():
        fresh = get_engagement_or_404(request.user, pk, on=on)
        try:
            change_engagement(fresh, by=request.user, on=on, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"L’engagement {engagement.code} est à jour.")
            return redirect("engagements:detail", pk=pk)
    context = {"form": form, "convention": convention, "on": on, "engagement": engagement}
    return render(request, "engagements/edit.html", context)

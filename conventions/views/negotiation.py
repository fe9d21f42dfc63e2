"""The negotiation of an act: its text with what is said of it, its rounds, what is new."""

from datetime import UTC, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conventions.actions.negotiation import (
    PLATFORM_ONLY,
    give_pen,
    hand_over,
    handed_over,
    is_untouched,
    mark_read,
    receivers_of,
    take_back,
)
from conventions.enums import ProposalStatus
from conventions.forms.negotiation import HandOverForm, ReasonForm, UnblockForm
from conventions.models import Proposal, Round, Thread
from conventions.models.consolidated import draft_text
from conventions.models.negotiation_read import news_since, text_at
from conventions.rules.comparaison import compare_texts
from conventions.rules.ecriture import references_of
from conventions.rules.texte import contents
from conventions.views.negotiation_desk import Desk, at_once, carried_out, negotiating, show
from conventions.views.negotiation_page import page_of

FILTERS = (
    ("ouverts", "Ouverts"),
    ("resolus", "Résolus"),
    ("miens", "De mon côté"),
    ("tous", "Tous"),
)


def filtered(desk: Desk, wanted: str) -> QuerySet[Thread]:
    """The discussions one reads, as `?voir=` asks for them."""
    threads = (
        desk.threads.select_related("party", "article")
        .prefetch_related("messages__author", "messages__party")
        .order_by("pk")
    )
    if wanted == "resolus":
        return threads.filter(resolved_at__isnull=False)
    if wanted == "miens":
        return threads.filter(party__in=desk.sides)
    return threads if wanted == "tous" else threads.filter(resolved_at__isnull=True)


def chosen_filter(request: HttpRequest) -> str:
    wanted = request.GET.get("voir", "")
    return wanted if wanted in dict(FILTERS) else "ouverts"


def open_proposals(desk: Desk) -> list[Proposal]:
    waiting = desk.act.proposals.filter(status=ProposalStatus.OUVERTE)
    return list(waiting.select_related("party", "made_by", "article", "after", "document"))


@require_safe
@negotiating
def negotiation(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The working page: the text, and in its margin what is said and proposed."""
    now = timezone.now()
    text = draft_text(desk.act)
    wanted = chosen_filter(request)
    before = handed_over(desk.turn, on=desk.on) if desk.turn else None
    reading = desk.act.readings.filter(reader=request.user).first()
    threads = desk.threads
    context = {
        "page": page_of(text, filtered(desk, wanted), open_proposals(desk)),
        "contents": contents(text),
        "references": references_of(text),
        "visas": list(desk.act.visas.order_by("position")),
        "filters": FILTERS,
        "wanted": wanted,
        "reading": reading,
        "news": _news(desk, reading) if reading else None,
        "rounds": desk.act.rounds.select_related("holder", "closed_by").order_by("-number"),
        "may_take_back": bool(
            before and before.holder in desk.decides and is_untouched(desk.turn, before)
        ),
        "counts": {
            "open": threads.filter(resolved_at__isnull=True).count(),
            "resolved": threads.filter(resolved_at__isnull=False).count(),
        },
        "now": now.isoformat(),
    }
    return show(request, "conventions/negotiation.html", desk, **context)


def _news(desk: Desk, reading):
    return news_since(desk.act, reading.read_at, threads=desk.threads, reader_pk=desk.user.pk)


@require_POST
@negotiating
def negotiation_read(request: HttpRequest, desk: Desk) -> HttpResponse:
    """«J’ai lu»: up to the instant the page was made, not what came since."""
    try:
        seen_at = parse_datetime(request.POST.get("vu", ""))
    except ValueError:
        seen_at = None
    if seen_at is None or timezone.is_naive(seen_at):
        seen_at = datetime.now(UTC)
    if request.headers.get("Accept") == "text/plain":  # sent by static/js/read.js
        mark_read(desk.act, by=request.user, seen_at=seen_at)
        return HttpResponse(status=204)
    return at_once(
        request,
        lambda: mark_read(desk.act, by=request.user, seen_at=seen_at),
        done="C’est noté : la prochaine fois, vous verrez ce qui aura changé depuis.",
        to=desk.home,
    )


@require_safe
@negotiating
def negotiation_since(request: HttpRequest, desk: Desk) -> HttpResponse:
    """«Depuis votre dernière lecture»: the text word by word, then what was said and answered."""
    reading = desk.act.readings.filter(reader=request.user).first()
    if reading is None:
        return redirect(desk.home)
    now, text = timezone.now(), draft_text(desk.act)
    context = {
        "reading": reading,
        "comparison": compare_texts(text_at(desk.act, at=reading.read_at), text),
        "references": references_of(text, page=desk.home),
        "news": _news(desk, reading),
        "now": now.isoformat(),
    }
    return show(request, "conventions/negotiation_since.html", desk, **context)


@require_safe
@negotiating
def negotiation_round(request: HttpRequest, desk: Desk, rank: int) -> HttpResponse:
    """What one round changed: the text handed over at its end, against the one it began with."""
    if desk.is_private:
        raise Http404
    turn = get_object_or_404(desk.act.rounds.select_related("holder", "closed_by"), number=rank)
    ended_at = turn.closed_at or timezone.now()
    text = text_at(desk.act, at=ended_at)
    context = {
        "turn": turn,
        "comparison": compare_texts(text_at(desk.act, at=turn.opened_at), text),
        "references": references_of(text, page=desk.home),
        "whole": request.GET.get("vue") == "entier",
        "ranks": _neighbours(desk, turn),
    }
    return show(request, "conventions/negotiation_round.html", desk, **context)


def _neighbours(desk: Desk, turn: Round) -> list[int]:
    last = desk.act.rounds.aggregate(last=Count("pk"))["last"]
    return [rank for rank in (turn.number - 1, turn.number + 1) if 1 <= rank <= last]


@require_http_methods(["GET", "HEAD", "POST"])
@negotiating
def negotiation_hand_over(request: HttpRequest, desk: Desk) -> HttpResponse:
    desk.require_decision()
    holder = desk.turn.holder if desk.turn else desk.decides[0]
    receivers = receivers_of(desk.act, holder, on=desk.on)
    seen = desk.turn.number if desk.turn else 0
    form = HandOverForm(request.POST or None, receivers=receivers, initial={"seen": seen})
    if carried_out(
        request,
        form,
        lambda: hand_over(desk.act, by=request.user, on=desk.on, **form.cleaned_data),
        done="Vous avez rendu la main. Les personnes concernées en sont averties par courriel.",
    ):
        return redirect(desk.home)
    context = {
        "form": form,
        "receiver": receivers.first() if len(receivers) == 1 else None,
        "waiting": desk.act.proposals.filter(status=ProposalStatus.OUVERTE).count(),
        "is_yours": desk.turn is None or desk.turn.holder in desk.decides,
    }
    return show(request, "conventions/negotiation_hand_over.html", desk, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@negotiating
def negotiation_take_back(request: HttpRequest, desk: Desk) -> HttpResponse:
    desk.require_decision()
    form = ReasonForm(request.POST or None)
    if carried_out(
        request,
        form,
        lambda: take_back(desk.act, by=request.user, on=desk.on, **form.cleaned_data),
        done="Vous avez repris la main.",
    ):
        return redirect(desk.home)
    return show(request, "conventions/negotiation_take_back.html", desk, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@negotiating
def negotiation_unblock(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The platform passes the pen, with a reason that everybody reads in the journal."""
    if not desk.is_platform:
        raise PermissionDenied(PLATFORM_ONLY)
    receivers = receivers_of(desk.act, desk.turn.holder if desk.turn else None, on=desk.on)
    form = UnblockForm(request.POST or None, receivers=receivers)
    if carried_out(
        request,
        form,
        lambda: give_pen(desk.act, by=request.user, on=desk.on, **form.cleaned_data),
        done="La main a changé. Le motif est au journal.",
    ):
        return redirect(desk.home)
    return show(request, "conventions/negotiation_unblock.html", desk, form=form)

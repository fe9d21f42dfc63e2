"""Discussions: the list, one of them, opening, answering, resolving, sharing."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conventions.actions.threads import (
    label_of,
    open_thread,
    reopen_thread,
    reply,
    resolve_thread,
    share_thread,
)
from conventions.enums import ThreadScope
from conventions.forms.negotiation import ReplyForm, ThreadForm
from conventions.models import Thread
from conventions.models.consolidated import draft_text
from conventions.rules.negotiation import LONGEST_PASSAGE, find_passage
from conventions.rules.texte import blocks
from conventions.views.negotiation import FILTERS, chosen_filter, filtered
from conventions.views.negotiation_desk import Desk, at_once, carried_out, negotiating, show

PER_PAGE = 40


@require_safe
@negotiating
def threads(request: HttpRequest, desk: Desk) -> HttpResponse:
    wanted = chosen_filter(request)
    rows = Paginator(filtered(desk, wanted), PER_PAGE).get_page(request.GET.get("page"))
    text = {article.article_id: article for article in draft_text(desk.act, with_body=False)}
    context = {
        "rows": rows,
        "listed": [(thread, text.get(thread.article_id)) for thread in rows],
        "filters": FILTERS,
        "wanted": wanted,
    }
    return show(request, "conventions/threads.html", desk, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@negotiating
def thread_open(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A discussion on what was selected in the page, or on the passage one copies."""
    desk.require_speech()
    initial = {
        "article": request.GET.get("article", ""),
        "passage": request.GET.get("passage", "")[:LONGEST_PASSAGE],
        "scope": ThreadScope.INTERNE if desk.is_private else ThreadScope.PARTAGE,
    }
    form = ThreadForm(
        request.POST or None,
        parties=desk.speaks,
        text=draft_text(desk.act, with_body=False),
        private=desk.is_private,
        initial=initial,
    )
    if carried_out(request, form, lambda: _open(desk, form), done="La discussion est ouverte."):
        return redirect(f"{desk.home}#discussion-{form.opened.pk}")
    return show(request, "conventions/thread_open.html", desk, form=form)


def _open(desk: Desk, form: ThreadForm) -> None:
    given = {name: form.cleaned_data[name] for name in ("scope", "article", "passage", "body")}
    form.opened = open_thread(desk.act, by=desk.user, on=desk.on, party=form.party, **given)


def _thread(desk: Desk, thread_pk: int) -> Thread:
    """Return a discussion this person reads: one internal to another side is not known, 404."""
    thread = get_object_or_404(desk.threads.select_related("party", "article"), pk=thread_pk)
    thread.act = desk.act
    return thread


@require_http_methods(["GET", "HEAD", "POST"])
@negotiating
def thread(request: HttpRequest, desk: Desk, thread_pk: int) -> HttpResponse:
    found = _thread(desk, thread_pk)
    if request.method == "POST":
        desk.require_speech()
    parties = [found.party] if found.is_internal else desk.speaks
    form = ReplyForm(request.POST or None, parties=parties)
    if carried_out(
        request,
        form,
        lambda: reply(
            found, by=request.user, on=desk.on, party=form.party, body=form.cleaned_data["body"]
        ),
        done="Votre réponse est publiée.",
    ):
        return redirect(desk.address("thread", thread_pk=found.pk))
    context = {
        "thread": found,
        "messages_": found.messages.select_related("author", "party").order_by("pk"),
        "label": label_of(found),
        "found": _place(desk, found),
        "form": form if desk.may_speak and found.resolved_at is None else None,
        "may_share": found.is_internal and found.party in desk.decides and not desk.is_private,
    }
    return show(request, "conventions/thread.html", desk, **context)


def _place(desk: Desk, found: Thread):
    """Say how surely the passage is found in the article as it reads now."""
    for article in draft_text(desk.act):
        if article.article_id == found.article_id:
            return find_passage(found.passage, blocks(article.body))
    return None


def _back(request: HttpRequest, desk: Desk, found: Thread) -> str:
    """Back to the text when the button was pressed there."""
    if request.POST.get("retour") == "texte":
        return f"{desk.home}#discussion-{found.pk}"
    return desk.address("thread", thread_pk=found.pk)


@require_POST
@negotiating
def thread_resolve(request: HttpRequest, desk: Desk, thread_pk: int) -> HttpResponse:
    desk.require_speech()
    found = _thread(desk, thread_pk)
    return at_once(
        request,
        lambda: resolve_thread(found, by=request.user, on=desk.on),
        done="La discussion est résolue. Elle reste lisible parmi les résolues.",
        to=_back(request, desk, found),
    )


@require_POST
@negotiating
def thread_reopen(request: HttpRequest, desk: Desk, thread_pk: int) -> HttpResponse:
    desk.require_speech()
    found = _thread(desk, thread_pk)
    return at_once(
        request,
        lambda: reopen_thread(found, by=request.user, on=desk.on),
        done="La discussion est rouverte.",
        to=_back(request, desk, found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@negotiating
def thread_share(request: HttpRequest, desk: Desk, thread_pk: int) -> HttpResponse:
    """Show all that the others will read, then let them."""
    found = _thread(desk, thread_pk)
    desk.require_decision()
    if request.method == "POST":
        return at_once(
            request,
            lambda: share_thread(found, by=request.user, on=desk.on),
            done="La discussion est partagée : toutes les parties la lisent.",
            to=desk.address("thread", thread_pk=found.pk),
        )
    if not found.is_internal:
        return redirect(desk.address("thread", thread_pk=found.pk))
    context = {
        "thread": found,
        "messages_": found.messages.select_related("author", "party").order_by("pk"),
        "label": label_of(found),
    }
    return show(request, "conventions/thread_share.html", desk, **context)

"""Proposals: the list, one of them, making, accepting, settling, refusing, withdrawing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules.typographie import accord, pluriel
from conventions.actions.proposals import (
    accept_all,
    accept_proposal,
    propose,
    refuse_proposal,
    reopen_proposal,
    withdraw_proposal,
)
from conventions.actions.proposals_apply import state_of_words, three_of, words_now
from conventions.actions.revisions import ConflictError, merge_words, merged_words
from conventions.enums import ProposalKind, ProposalStatus
from conventions.forms.negotiation import ProposalForm, ReasonForm, SettleForm
from conventions.models import Article, Proposal
from conventions.models.consolidated import ConsolidatedArticle, draft_text
from conventions.rules.ecriture import references_of
from conventions.views.negotiation_desk import Desk, at_once, carried_out, negotiating, show
from conventions.views.negotiation_page import offers_of
from conventions.views.settling import Settling, settling_of

PER_PAGE = 20
STATES = (
    ("ouvertes", "À examiner"),
    ("repondues", "Répondues"),
    ("miennes", "De mon côté"),
    ("toutes", "Toutes"),
)
ROWS = ("party", "made_by", "answered_by", "article", "parent", "after", "document")


@require_safe
@negotiating
def proposals(request: HttpRequest, desk: Desk) -> HttpResponse:
    wanted = request.GET.get("voir", "")
    wanted = wanted if wanted in dict(STATES) else "ouvertes"
    rows = desk.act.proposals.select_related(*ROWS).order_by("-pk")
    if wanted == "ouvertes":
        rows = rows.filter(status=ProposalStatus.OUVERTE)
    elif wanted == "repondues":
        rows = rows.exclude(status=ProposalStatus.OUVERTE)
    elif wanted == "miennes":
        rows = rows.filter(party__in=desk.sides)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    text = draft_text(desk.act, with_body=False)
    context = {
        "rows": page,
        "offers": offers_of(list(page), text),
        "filters": STATES,
        "wanted": wanted,
        "references": references_of(text, page=desk.home),
    }
    return show(request, "conventions/proposals.html", desk, **context)


def _references(desk: Desk):
    return references_of(draft_text(desk.act, with_body=False), page=desk.home)


def _proposal(desk: Desk, proposal_pk: int) -> Proposal:
    found = get_object_or_404(desk.act.proposals.select_related(*ROWS), pk=proposal_pk)
    found.act = desk.act
    return found


@require_safe
@negotiating
def proposal(request: HttpRequest, desk: Desk, proposal_pk: int) -> HttpResponse:
    found = _proposal(desk, proposal_pk)
    near = desk.act.proposals.filter(article=found.article_id, status=ProposalStatus.OUVERTE)
    others = list(near.exclude(pk=found.pk).select_related(*ROWS)) if found.article_id else []
    text = draft_text(desk.act, with_body=False)
    offers = offers_of([found, *others], text)
    context = {
        "offer": offers[0],
        "others": offers[1:],
        "references": references_of(text, page=desk.home),
    }
    return show(request, "conventions/proposal.html", desk, **context)


def _standing(text: list[ConsolidatedArticle], asked: str) -> ConsolidatedArticle | None:
    return next((article for article in text if str(article.article_id) == asked), None)


def _kind(request: HttpRequest, standing: ConsolidatedArticle | None) -> str:
    if standing is None:
        return ProposalKind.INSERER
    asked = request.GET.get("nature", "")
    return ProposalKind.RETIRER if asked == ProposalKind.RETIRER else ProposalKind.REECRIRE


@require_http_methods(["GET", "HEAD", "POST"])
@negotiating
def proposal_create(request: HttpRequest, desk: Desk) -> HttpResponse:
    """`?article=12` rewrites an article, `&nature=retirer` takes it out; else one is inserted."""
    desk.require_speech()
    text = draft_text(desk.act)
    asked = request.GET.get("article", "")
    standing = _standing(text, asked)
    if asked and standing is None:
        raise Http404
    kind = _kind(request, standing)
    words = ("number", "heading", "body")
    initial = {name: getattr(standing, name) for name in words} if standing else {}
    form = ProposalForm(
        request.POST or None,
        parties=desk.speaks,
        text=text,
        kind=kind,
        numbers_itself=desk.act.automatic_numbering,
        initial=initial | {"after": request.GET.get("apres", "")},
    )
    if carried_out(
        request,
        form,
        lambda: _propose(desk, form, kind, standing),
        done="Votre proposition est faite. La partie qui a la main en est avertie.",
    ):
        return redirect(f"{desk.home}#proposition-{form.made.pk}")
    context = {"form": form, "kind": kind, "standing": standing}
    return show(request, "conventions/proposal_create.html", desk, **context)


def _propose(
    desk: Desk, form: ProposalForm, kind: str, standing: ConsolidatedArticle | None
) -> None:
    given = form.cleaned_data
    words = {name: given[name] for name in ("heading", "body") if name in given}
    number = given.get("number", standing.number if standing else "")
    if standing and kind == ProposalKind.REECRIRE:
        same = (words["heading"], words["body"]) == (standing.heading, standing.body)
        kind = ProposalKind.RENUMEROTER if same and number != standing.number else kind
    after = Article.objects.filter(pk=given["after"]).first() if given.get("after") else None
    form.made = propose(
        desk.act,
        by=desk.user,
        on=desk.on,
        party=form.party,
        kind=kind,
        article=Article.objects.get(pk=standing.article_id) if standing else None,
        after=after,
        parent=after.parent if after else None,
        article_kind=given.get("article_kind", "article"),
        number=number,
        reason=given["reason"],
        **words,
    )


@require_POST
@negotiating
def proposal_accept(request: HttpRequest, desk: Desk, proposal_pk: int) -> HttpResponse:
    """One click; words that both changed lead to the page where they are settled."""
    desk.require_decision()
    found = _proposal(desk, proposal_pk)
    try:
        accept_proposal(found, by=request.user, on=desk.on)
    except ConflictError:
        return redirect(desk.address("proposal_settle", proposal_pk=found.pk))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "La proposition est acceptée : elle est dans le texte.")
    return redirect(_place(desk, found))


def _place(desk: Desk, found: Proposal) -> str:
    return f"{desk.home}#art-{found.article_id}" if found.article_id else desk.home


@require_POST
@negotiating
def proposals_accept_all(request: HttpRequest, desk: Desk, article_pk: int) -> HttpResponse:
    desk.require_decision()
    article = get_object_or_404(desk.convention.articles, pk=article_pk)
    try:
        outcome = accept_all(desk.act, article, by=request.user, on=desk.on)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(desk.home)
    done, left = len(outcome.done), len(outcome.left)
    if done:
        words = accord(done, "acceptée,acceptées")
        messages.success(request, f"{pluriel(done, 'proposition')} {words}.")
    if left:
        words = accord(left, "reste à régler,restent à régler")
        messages.warning(
            request, f"{pluriel(left, 'proposition')} {words} : le texte y a changé entre-temps."
        )
    return redirect(f"{desk.home}#art-{article.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@negotiating
def proposal_settle(request: HttpRequest, desk: Desk, proposal_pk: int) -> HttpResponse:
    """Both wordings, and the merged one to correct: what is sent is written, and accepts."""
    desk.require_decision()
    found = _proposal(desk, proposal_pk)
    if not found.is_open or found.inserts or found.removes:
        return redirect(desk.address("proposal", proposal_pk=found.pk))
    try:
        here = words_now(found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(desk.address("proposal", proposal_pk=found.pk))
    pieces = merge_words(*three_of(found, here))
    initial = vars(merged_words(pieces)) | {"seen": state_of_words(here)}
    text = draft_text(desk.act, with_body=False)
    form = SettleForm(
        request.POST or None,
        text=text,
        numbers_itself=desk.act.automatic_numbering,
        initial=initial,
    )
    if carried_out(
        request,
        form,
        lambda: accept_proposal(
            found,
            by=request.user,
            on=desk.on,
            settled=form.wording,
            seen=form.cleaned_data["seen"],
        ),
        done="La proposition est acceptée, telle que vous l’avez réglée.",
    ):
        return redirect(_place(desk, found))
    context = {"form": form, "proposal": found, "settling": _settling(pieces, text)}
    return show(request, "conventions/proposal_settle.html", desk, **context)


def _settling(pieces, text: list[ConsolidatedArticle]) -> Settling:
    return settling_of(pieces, {article.code: article.label for article in text}, who="")


@require_http_methods(["GET", "HEAD", "POST"])
@negotiating
def proposal_refuse(request: HttpRequest, desk: Desk, proposal_pk: int) -> HttpResponse:
    desk.require_decision()
    found = _proposal(desk, proposal_pk)
    form = ReasonForm(request.POST or None)
    if carried_out(
        request,
        form,
        lambda: refuse_proposal(
            found, by=request.user, on=desk.on, reason=form.cleaned_data["reason"]
        ),
        done="La proposition est refusée. Son auteur lira pourquoi.",
    ):
        return redirect(_place(desk, found))
    context = {"form": form, "offer": offers_of([found])[0], "references": _references(desk)}
    return show(request, "conventions/proposal_refuse.html", desk, **context)


@require_POST
@negotiating
def proposal_withdraw(request: HttpRequest, desk: Desk, proposal_pk: int) -> HttpResponse:
    desk.require_speech()
    found = _proposal(desk, proposal_pk)
    return at_once(
        request,
        lambda: withdraw_proposal(found, by=request.user, on=desk.on),
        done="La proposition est retirée.",
        to=desk.address("proposal", proposal_pk=found.pk),
    )


@require_POST
@negotiating
def proposal_reopen(request: HttpRequest, desk: Desk, proposal_pk: int) -> HttpResponse:
    desk.require_speech()
    found = _proposal(desk, proposal_pk)
    return at_once(
        request,
        lambda: reopen_proposal(found, by=request.user, on=desk.on),
        done="La proposition est rouverte. Le texte, lui, reste comme il est.",
        to=desk.address("proposal", proposal_pk=found.pk),
    )

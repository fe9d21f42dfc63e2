"""Out to Word and back: the text as a file, the file as proposals seen before they are made."""

import logging
from datetime import date
from typing import NamedTuple

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules.roles import Capability
from accounts.rules.typographie import pluriel
from conventions.access import (
    acting_parties,
    capabilities_in,
    check_can,
    get_act_or_404,
    get_convention_or_404,
)
from conventions.actions.documents import keep_bytes
from conventions.actions.word_import import (
    Imported,
    Preview,
    import_word,
    preview_word,
    withdraw_import,
)
from conventions.enums import ActStatus, ProposalKind
from conventions.forms.word import WordExportForm, WordImportForm, WordUploadForm
from conventions.models import Act, Convention, CorruptFileError, Document
from conventions.models.act import PROVISIONAL
from conventions.models.consolidated import text_after
from conventions.models.word_text import word_text_of, word_text_on
from conventions.rules.comparaison import Passage, Segment, compare_bodies, compare_words
from conventions.rules.ecriture import references_of
from conventions.rules.texte import title
from conventions.rules.word_ecriture import write_word
from conventions.rules.word_paquet import CONTENT_TYPE
from conventions.rules.word_propositions import WordProposal
from conventions.views.writing import show, writing

logger = logging.getLogger(__name__)

SALT = "conventions.word"
A_DAY = 24 * 60 * 60
EXPIRED = "Cet aperçu a expiré : reprenez le fichier, ses changements y sont toujours."


class Shown(NamedTuple):
    """A change beside what it changes, word by word."""

    change: WordProposal
    heading: list[Segment]
    passages: list[Passage]


class Brought(NamedTuple):
    """A file that somebody brought and has not confirmed yet."""

    name: str
    data: bytes


# Out ---------------------------------------------------------------------------------------------


@require_safe
def word_export(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Hand over an act, or the articles chosen in the address, as a Word file."""
    today = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=today)
    act = get_act_or_404(request.user, convention, number, on=today)
    form = WordExportForm(request.GET, articles=text_after(act))
    codes = form.cleaned_data["article"] if form.is_valid() else []
    return _file(write_word(word_text_of(act, on=today, codes=codes)), _name(act, today))


@require_safe
def word_on(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """Hand over the text in force on a day; the same day gives the same bytes."""
    convention = get_convention_or_404(request.user, pk, on=timezone.localdate())
    text = word_text_on(convention, day=_day(day))
    if text is None:
        raise Http404
    return _file(write_word(text), f"{convention.reference}-{text.day}.docx")


def _day(day: str) -> date:
    try:
        found = parse_date(day)
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def _name(act: Act, today: date) -> str:
    which = f"acte-{act.number}-" if act.number else ""
    if act.number > PROVISIONAL:
        which = f"projet-{slugify(act.title)[:40]}-"
    return f"{act.convention.reference}-{which}{act.signed_on or today}.docx"


def _file(data: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=CONTENT_TYPE,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def word(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The page of both ways: export, choose articles; bring a file back."""
    today = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=today)
    act = get_act_or_404(request.user, convention, number, on=today)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    upload = WordUploadForm(*sent)
    if request.method == "POST":
        check_can(request.user, convention, Capability.CONTRIBUTE, on=today)
        if token := _received(request, upload, act, today):
            return redirect("conventions:word_preview", pk=pk, number=number, token=token)
    rights = capabilities_in(request.user, convention, on=today)
    context = {
        "act": act,
        "export": WordExportForm(articles=text_after(act)),
        "upload": upload,
        "may_import": Capability.CONTRIBUTE in rights and act.is_writable,
    }
    return show(request, "conventions/word.html", convention, today, tab="texte", **context)


# Back --------------------------------------------------------------------------------------------


def _received(request: HttpRequest, form: WordUploadForm, act: Act, today: date) -> str:
    """Look at the file, keep its bytes, and return what names it until it is confirmed."""
    if not form.is_valid():
        return ""
    file = form.cleaned_data["file"]
    try:
        preview_word(act, on=today, name=file.name, data=file.data)
    except ValidationError as error:
        form.add_error("file", error)
        return ""
    told = [file.name, keep_bytes(file.data), act.pk, request.user.pk]
    return signing.dumps(told, salt=SALT, compress=True)


def _brought(token: str, act: Act, user) -> Brought | None:
    """Return the file a token names, if it was given to this person for this act, today."""
    try:
        name, sha256, act_pk, user_pk = signing.loads(token, salt=SALT, max_age=A_DAY)
        data = Document(sha256=sha256).read()
    except (signing.BadSignature, ValueError, CorruptFileError):
        return None
    return Brought(name, data) if (act_pk, user_pk) == (act.pk, user.pk) else None


def _preview(act: Act, file: Brought | None, today: date) -> Preview | None:
    """Read the file again: the text may have changed, or been closed, since it was brought."""
    if file is None:
        return None
    try:
        return preview_word(act, on=today, name=file.name, data=file.data)
    except ValidationError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@writing("texte", capability=Capability.CONTRIBUTE)
def word_preview(
    request: HttpRequest, convention: Convention, today: date, number: int, token: str
) -> HttpResponse:
    """What a file would change; POST makes proposals of what is ticked."""
    act = get_act_or_404(request.user, convention, number, on=today)
    file = _brought(token, act, request.user)
    preview = _preview(act, file, today)
    if preview is None:
        messages.error(request, EXPIRED)
        return redirect("conventions:word", pk=convention.pk, number=number)
    parties = acting_parties(request.user, convention, Capability.CONTRIBUTE, on=today)
    sent = request.POST if request.method == "POST" else None
    form = WordImportForm(sent, preview=preview, parties=parties)
    if request.method == "POST" and form.is_valid():
        done = _imported(request, form, act, today, file)
        if done is not None:
            return _after(request, act, done)
    context = _preview_context(act, preview, form) | {"name": file.name}
    return show(request, "conventions/word_preview.html", convention, today, tab="texte", **context)


def _imported(
    request: HttpRequest, form: WordImportForm, act: Act, today: date, file: Brought
) -> Imported | None:
    try:
        return import_word(
            act,
            by=request.user,
            on=today,
            party=form.for_party,
            name=file.name,
            data=file.data,
            keys=form.cleaned_data["change"],
            remarks=form.cleaned_data["remark"],
        )
    except ValidationError as error:
        form.refuse(error)
        return None


def _after(request: HttpRequest, act: Act, done: Imported) -> HttpResponse:
    """Say what was made and what was not, then show it."""
    for left in done.refused:
        messages.warning(request, f"{left.where} : {left.what}")
    if done.document is None:
        said = pluriel(done.written, "changement")
        messages.success(request, f"Fichier repris : {said} dans le projet.")
        if act.number:
            return redirect("conventions:avenant", pk=act.convention_id, number=act.number)
        return redirect("conventions:articles", pk=act.convention_id)
    said = f"{pluriel(len(done.proposals), 'proposition')}, {pluriel(done.threads, 'discussion')}"
    messages.success(request, f"Fichier repris : {said}.")
    return redirect(
        "conventions:word_receipt",
        pk=act.convention_id,
        number=act.number,
        document_pk=done.document.pk,
    )


def _preview_context(act: Act, preview: Preview, form: WordImportForm) -> dict:
    changes = [_shown(change) for change in preview.changes]
    return {
        "act": act,
        "form": form,
        "is_private": act.status == ActStatus.PROJET,
        "changes": changes,
        "preview": preview,
        "references": references_of(text_after(act)),
        "ticked": form.ticked("change", [one.key for one in preview.changes if one.ticked]),
        "ticked_remarks": form.ticked(
            "remark", [one.id for one in preview.remarks if not one.resolved]
        ),
    }


def _shown(change: WordProposal) -> Shown:
    """An article to remove reads struck out, one to insert underlined, as in any comparison."""
    before, after = change.base, change.words
    gone = change.kind == ProposalKind.RETIRER
    new = change.kind == ProposalKind.INSERER
    named = [
        "" if absent else title(change.article_kind, one.number, one.heading)
        for one, absent in ((before, new), (after, gone))
    ]
    body = compare_bodies(before.body, "" if gone else after.body)
    return Shown(change, compare_words(*named), body)


# Receipt -----------------------------------------------------------------------------------------


@require_safe
def word_receipt(request: HttpRequest, pk: int, number: int, document_pk: int) -> HttpResponse:
    """What a file that was taken back became, proposal by proposal."""
    today = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=today)
    act = get_act_or_404(request.user, convention, number, on=today)
    document = get_object_or_404(convention.documents, pk=document_pk)
    proposals = list(document.proposals.filter(act=act).select_related("party", "made_by"))
    file = _kept(document) if proposals else None
    preview = _preview(act, file, today)
    context = {
        "convention": convention,
        "on": today,
        "tab": "texte",
        "act": act,
        "document": document,
        "proposals": proposals,
        "left_out": preview.left_out if preview else [],
        "may_withdraw": any(one.is_open for one in proposals)
        and Capability.CONTRIBUTE in capabilities_in(request.user, convention, on=today),
    }
    return render(request, "conventions/word_receipt.html", context)


def _kept(document: Document) -> Brought | None:
    try:
        return Brought(document.name, document.read())
    except CorruptFileError:
        logger.exception("document %s does not match its fingerprint", document.pk)
        return None


@require_POST
@writing("texte", capability=Capability.CONTRIBUTE)
def word_withdraw(
    request: HttpRequest, convention: Convention, today: date, number: int, document_pk: int
) -> HttpResponse:
    """Undo: take back every proposal of the file that nobody has answered."""
    act = get_act_or_404(request.user, convention, number, on=today)
    document = get_object_or_404(convention.documents, pk=document_pk)
    try:
        count = withdraw_import(document, by=request.user, on=today)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{pluriel(count, 'proposition')} en moins.")
    keys = {"pk": convention.pk, "number": act.number, "document_pk": document.pk}
    return redirect("conventions:word_receipt", **keys)

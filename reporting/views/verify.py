"""Anyone may ask whether a document is what the portal sealed. Nothing else is disclosed."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from conventions.access import visible_to
from reporting.forms.verify import CodeForm, FileForm
from reporting.models import SealedDocument
from reporting.rules.codes import clean_code
from reporting.seals.verification import verify_pdf
from reporting.views.documents import text_since


@login_not_required
def verify(request: HttpRequest) -> HttpResponse:
    """Drop a PDF, or type the code printed on it. The file is read and forgotten."""
    code_form = CodeForm(request.GET or None)
    if request.method == "GET" and code_form.is_valid():
        return redirect("reporting:verify_code", code=code_form.cleaned_data["code"])
    sent = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if sent else FileForm()
    answer = None
    if sent and form.is_valid():
        answer = verify_pdf(form.cleaned_data["file"].read(), now=timezone.now())
    context = {"form": form, "code_form": code_form, "answer": answer, "known": _known(answer)}
    return render(request, "reporting/verify.html", context)


def _known(answer) -> SealedDocument | None:
    """The portal's own record of exactly these bytes, if it sealed them."""
    if answer is None or not answer.is_ok:
        return None
    return SealedDocument.objects.filter(document__sha256=answer.sha256).first()


def _text_since(user, sealed: SealedDocument | None) -> dict:
    """For those who may read the convention: whether its text changed since. Nobody else learns."""
    on = timezone.localdate()
    revoyure = sealed.revoyure if sealed else None
    if revoyure is None:
        return {"text_changes": []}
    if not visible_to(user, on=on).filter(pk=revoyure.convention_id).exists():
        return {"text_changes": []}
    return {"revoyure": revoyure, **text_since(revoyure, on=on)}


@login_not_required
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What was sealed under a printed code: when, at what level, with which hash to compare."""
    clean = clean_code(code)
    found = None
    if clean:
        sealed = SealedDocument.objects.select_related("document", "revoyure__convention")
        found = sealed.filter(code=clean).first()
    context = {"sealed": found, "code": clean or code[:40], "form": FileForm()}
    context |= _text_since(request.user, found)
    status = 200 if found else 404
    return render(request, "reporting/verify_code.html", context, status=status)

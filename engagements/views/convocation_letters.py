"""The letters of a convocation: read, completed, handed out, dated; each version kept."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conventions.actions.versions import posted_version
from conventions.models.letters_read import compare_versions
from conventions.rules.lettre import Letter, letter_of
from conventions.rules.lettres_word import write_letter
from conventions.rules.word_paquet import CONTENT_TYPE
from engagements.actions.convocation_letters import composed
from engagements.actions.convocations import (
    hand_out_convocation,
    record_convocation_dates,
    write_convocation_letter,
)
from engagements.forms.convocation import BodyForm, ConvocationDatesForm
from engagements.models import Convocation, ConvocationLetter, ConvocationVersion
from engagements.rules.convocation import Purpose, short_notice
from engagements.views.convocations import carried_out, of_convocation, page, sent_form


def letter_or_404(convocation: Convocation, letter_pk: int) -> ConvocationLetter:
    letter = get_object_or_404(convocation.letters.select_related("addressee"), pk=letter_pk)
    letter.convocation = convocation
    return letter


def purpose_asked(asked: str | None, convocation: Convocation) -> Purpose:
    """Which letter is asked for: the call, or what calls it off once it is cancelled."""
    if asked != Purpose.ANNULATION:
        return Purpose.CONVOCATION
    if convocation.cancelled_on is None or convocation.sent_on is None:
        raise Http404
    return Purpose.ANNULATION


def _shown(letter: ConvocationLetter, purpose: Purpose) -> tuple[Letter, ConvocationVersion | None]:
    """The letter as it left, once it has; else as it would be printed now."""
    posted = posted_version(letter) if purpose is Purpose.CONVOCATION else None
    return (letter_of(posted.content), posted) if posted else (composed(letter, purpose), None)


@require_http_methods(["GET", "HEAD", "POST"])
@of_convocation
def convocation_letter(
    request: HttpRequest, found: Convocation, today: date, letter_pk: int
) -> HttpResponse:
    letter = letter_or_404(found, letter_pk)
    form = BodyForm(sent_form(request), initial={"body": letter.body})
    if carried_out(
        request,
        form,
        lambda: write_convocation_letter(letter, by=request.user, on=today, **form.cleaned_data),
        done="Le paragraphe est dans la lettre.",
    ):
        return redirect("engagements:convocation_letter", pk=found.pk, letter_pk=letter.pk)
    purpose = purpose_asked(request.GET.get("objet"), found)
    shown, posted = _shown(letter, purpose)
    is_open = found.cancelled_on is None and letter.posted_on is None
    context = {
        "letter": letter,
        "composed": shown,
        "posted": posted,
        "about": purpose,
        "kept": letter.versions.count(),
        "short": short_notice(found.held_on, today) if is_open else "",
        "form": form if is_open and purpose is Purpose.CONVOCATION else None,
    }
    return page(request, "engagements/convocation_letter.html", found, today, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_convocation
def convocation_dates(
    request: HttpRequest, found: Convocation, today: date, letter_pk: int
) -> HttpResponse:
    """When a convocation left and arrived, with its proofs; the first one calls for good."""
    letter = letter_or_404(found, letter_pk)
    names = ("kind", "tracking", "posted_on", "presented_on", "delivered_on", "returned_on")
    initial = {name: getattr(letter, name) for name in names}
    form = ConvocationDatesForm(sent_form(request), request.FILES or None, initial=initial)
    if carried_out(
        request,
        form,
        lambda: record_convocation_dates(
            letter, by=request.user, on=today, proofs=form.proofs, **form.dates
        ),
        done="Les dates de la convocation sont à jour.",
    ):
        return redirect("engagements:convocation", pk=found.pk)
    context = {
        "form": form,
        "letter": letter,
        "title": f"Dates de la lettre à {letter.addressee}",
        "lead": "Le jour de l’envoi compte : dès lors, tous voient la convocation.",
        "verb": "Enregistrer les dates",
    }
    return page(request, "engagements/convocation_decide.html", found, today, **context)


@require_POST
@of_convocation
def convocation_hand_out(
    request: HttpRequest, found: Convocation, today: date, letter_pk: int
) -> HttpResponse:
    """Keep what is taken away, then give the file: `forme` is pdf or word."""
    letter = letter_or_404(found, letter_pk)
    purpose = purpose_asked(request.POST.get("objet"), found)
    version = hand_out_convocation(letter, by=request.user, on=today, purpose=purpose)
    word = request.POST.get("forme") == "word"
    return redirect(
        "engagements:convocation_word" if word else "reporting:convocation_pdf",
        pk=found.pk,
        letter_pk=letter.pk,
        number=version.number,
    )


@require_safe
@of_convocation
def convocation_versions(
    request: HttpRequest, found: Convocation, today: date, letter_pk: int
) -> HttpResponse:
    """What was handed out, each as it was; `?de=1&a=2` sets two versions face to face."""
    letter = letter_or_404(found, letter_pk)
    versions = list(letter.versions.select_related("kept_by").order_by("-number"))
    asked = request.GET.get("de", ""), request.GET.get("a", "")
    context = {
        "letter": letter,
        "versions": [_addressed(found, version) for version in versions],
        "compared": compare_versions(versions, *asked),
    }
    return page(request, "engagements/convocation_versions.html", found, today, **context)


def _addressed(convocation: Convocation, version: ConvocationVersion) -> dict:
    keys = {"pk": convocation.pk, "letter_pk": version.letter_id, "number": version.number}
    return {
        "row": version,
        "pdf": reverse("reporting:convocation_pdf", kwargs=keys),
        "word": reverse("engagements:convocation_word", kwargs=keys),
    }


@require_safe
@of_convocation
def convocation_word(
    request: HttpRequest, found: Convocation, today: date, letter_pk: int, number: int
) -> HttpResponse:
    """A version as a Word file, written from what was kept of it alone."""
    letter = letter_or_404(found, letter_pk)
    version = get_object_or_404(letter.versions, number=number)
    told = version.content
    name = f"{told['purpose']}-{told['reference'].lower()}-{letter.pk}-v{number}.docx"
    return HttpResponse(
        write_letter(letter_of(told)),
        content_type=CONTENT_TYPE,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )

"""The letters of a way out: read, completed by a paragraph, handed out, each version kept."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conventions.actions.letter_facts import composed as composed_today
from conventions.actions.letter_facts import letter_facts
from conventions.actions.letters import hand_out, write_letter
from conventions.actions.versions import posted_version
from conventions.enums import TerminationStatus
from conventions.forms.terminations import BodyForm
from conventions.models import LetterVersion, RegisteredLetter, Termination
from conventions.models.letters_read import compare_versions
from conventions.rules import lettres_word
from conventions.rules.lettre import Letter, letter_of
from conventions.rules.lettres import Object, warnings
from conventions.rules.word_paquet import CONTENT_TYPE
from conventions.views.endings import letter_or_404, of_ending, page
from conventions.views.writing import carried_out


def object_asked(asked: str | None, letter: RegisteredLetter) -> Object:
    """Which letter is asked for: the way out, or its withdrawal once it is notified."""
    if asked != Object.RETRAIT:
        return Object.SORTIE
    if letter.termination.event_on is None:
        raise Http404
    return Object.RETRAIT


def _shown(letter: RegisteredLetter, about: Object) -> tuple[Letter, LetterVersion | None]:
    """The letter as it left, once it has; else as it would be printed now."""
    posted = posted_version(letter) if about is Object.SORTIE else None
    return (letter_of(posted.content), posted) if posted else (composed_today(letter, about), None)


@require_http_methods(["GET", "HEAD", "POST"])
@of_ending
def letter(request: HttpRequest, ending: Termination, today: date, letter_pk: int) -> HttpResponse:
    found = letter_or_404(ending, letter_pk)
    data = request.POST if request.method == "POST" else None
    form = BodyForm(data, initial={"body": found.body})
    if carried_out(
        request,
        form,
        lambda: write_letter(found, by=request.user, on=today, **form.cleaned_data),
        ending.convention,
        done="Le paragraphe est dans la lettre.",
    ):
        return redirect(
            "conventions:letter", pk=ending.convention_id, ending_pk=ending.pk, letter_pk=found.pk
        )
    about = object_asked(request.GET.get("objet"), found)
    shown, posted = _shown(found, about)
    is_open = ending.status == TerminationStatus.PREPAREE and found.posted_on is None
    context = {
        "letter": found,
        "composed": shown,
        "posted": posted,
        "about": about,
        "kept": found.versions.count(),
        "warnings": [] if posted else warnings(letter_facts(found)),
        "form": form if is_open and about is Object.SORTIE else None,
    }
    return page(request, "conventions/letter.html", ending, today, **context)


@require_POST
@of_ending
def letter_hand_out(
    request: HttpRequest, ending: Termination, today: date, letter_pk: int
) -> HttpResponse:
    """Keep what is taken away, then give the file: `forme` is pdf or word."""
    found = letter_or_404(ending, letter_pk)
    about = object_asked(request.POST.get("objet"), found)
    version = hand_out(found, by=request.user, on=today, about=about)
    word = request.POST.get("forme") == "word"
    return redirect(
        "conventions:letter_word" if word else "reporting:letter_pdf",
        pk=ending.convention_id,
        ending_pk=ending.pk,
        letter_pk=found.pk,
        number=version.number,
    )


@require_safe
@of_ending
def letter_versions(
    request: HttpRequest, ending: Termination, today: date, letter_pk: int
) -> HttpResponse:
    """What was handed out, each as it was; `?de=1&a=2` sets two versions face to face."""
    found = letter_or_404(ending, letter_pk)
    versions = list(found.versions.select_related("kept_by").order_by("-number"))
    asked = request.GET.get("de", ""), request.GET.get("a", "")
    context = {
        "letter": found,
        "versions": [_addressed(ending, version) for version in versions],
        "compared": compare_versions(versions, *asked),
    }
    return page(request, "conventions/letter_versions.html", ending, today, **context)


def _addressed(ending: Termination, version: LetterVersion) -> dict:
    keys = {
        "pk": ending.convention_id,
        "ending_pk": ending.pk,
        "letter_pk": version.letter_id,
        "number": version.number,
    }
    return {
        "row": version,
        "pdf": reverse("reporting:letter_pdf", kwargs=keys),
        "word": reverse("conventions:letter_word", kwargs=keys),
    }


@require_safe
@of_ending
def letter_word(
    request: HttpRequest, ending: Termination, today: date, letter_pk: int, number: int
) -> HttpResponse:
    """A version as a Word file, written from what was kept of it alone."""
    found = letter_or_404(ending, letter_pk)
    version = get_object_or_404(found.versions, number=number)
    purpose = version.content["purpose"]
    name = f"{purpose}-{ending.convention.reference.lower()}-{found.pk}-v{number}.docx"
    return word_answer(letter_of(version.content), name)


def word_answer(letter: Letter, name: str) -> HttpResponse:
    return HttpResponse(
        lettres_word.write_letter(letter),
        content_type=CONTENT_TYPE,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )

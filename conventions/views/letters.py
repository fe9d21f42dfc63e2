"""The letters of a way out: read, completed by a paragraph, taken away as a Word file."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from conventions.actions.letters import letter_facts, write_letter
from conventions.enums import TerminationStatus
from conventions.forms.terminations import BodyForm
from conventions.models import RegisteredLetter, Termination
from conventions.rules import lettres_word
from conventions.rules.lettres import Letter, Object, compose, warnings
from conventions.rules.word_paquet import CONTENT_TYPE
from conventions.views.endings import letter_or_404, of_ending, page
from conventions.views.writing import carried_out


def object_asked(request: HttpRequest, letter: RegisteredLetter) -> Object:
    """Which letter the address asks for: the way out, or its withdrawal once it is notified."""
    if request.GET.get("objet") != Object.RETRAIT:
        return Object.SORTIE
    if letter.termination.event_on is None:
        raise Http404
    return Object.RETRAIT


def _composed(request: HttpRequest, letter: RegisteredLetter) -> tuple[Letter, Object]:
    about = object_asked(request, letter)
    return compose(letter_facts(letter), about), about


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
    composed, about = _composed(request, found)
    is_open = ending.status == TerminationStatus.PREPAREE and found.posted_on is None
    context = {
        "letter": found,
        "composed": composed,
        "about": about,
        "warnings": warnings(letter_facts(found)),
        "form": form if is_open and about is Object.SORTIE else None,
    }
    return page(request, "conventions/letter.html", ending, today, **context)


@require_safe
@of_ending
def letter_word(
    request: HttpRequest, ending: Termination, today: date, letter_pk: int
) -> HttpResponse:
    found = letter_or_404(ending, letter_pk)
    composed, about = _composed(request, found)
    name = f"{about.value}-{ending.convention.reference.lower()}-{found.pk}.docx"
    return HttpResponse(
        lettres_word.write_letter(composed),
        content_type=CONTENT_TYPE,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )

"""A kept version of a letter, as the PDF one signs and sends."""

import io

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.rules.roles import Capability
from conventions.access import check_acts_for, get_convention_or_404, get_ending_or_404
from conventions.models.letter import KeptLetterVersion
from reporting.actions.letter_document import letter_pdf as pdf_of


@require_safe
def letter_pdf(
    request: HttpRequest, pk: int, ending_pk: int, letter_pk: int, number: int
) -> HttpResponse:
    """A version of the letter of a way out, for the side that writes it."""
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    ending = get_ending_or_404(request.user, convention, ending_pk, on=on)
    check_acts_for(request.user, ending.party.heir(on=on), Capability.MANAGE, on=on)
    letter = get_object_or_404(ending.letters, pk=letter_pk)
    version = get_object_or_404(letter.versions, number=number)
    keys = {"pk": pk, "ending_pk": ending_pk, "letter_pk": letter_pk}
    return letter_answer(request, version, back=("conventions:letter_versions", keys))


def letter_answer(request: HttpRequest, version: KeptLetterVersion, *, back: tuple) -> HttpResponse:
    """The file, or the page of versions with what prevents its making."""
    try:
        data = pdf_of(version.content)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        name, keys = back
        return redirect(name, **keys)
    told = version.content
    name = f"{told['purpose']}-{told['reference'].lower()}-{version.letter_id}-v{version.number}"
    return FileResponse(
        io.BytesIO(data), as_attachment=True, filename=f"{name}.pdf", content_type="application/pdf"
    )

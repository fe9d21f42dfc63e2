"""A letter of a way out, as the PDF one signs and sends."""

import io

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.rules.roles import Capability
from conventions.access import check_acts_for, get_convention_or_404, get_ending_or_404
from conventions.rules.lettres import Object
from reporting.actions.letter_document import letter_pdf as pdf_of


@require_safe
def letter_pdf(request: HttpRequest, pk: int, ending_pk: int, letter_pk: int) -> HttpResponse:
    """`?objet=retrait` gives the letter that takes a notified way out back."""
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    ending = get_ending_or_404(request.user, convention, ending_pk, on=on)
    check_acts_for(request.user, ending.party.heir(on=on), Capability.MANAGE, on=on)
    letter = get_object_or_404(ending.letters.select_related("addressee"), pk=letter_pk)
    withdraws = request.GET.get("objet") == Object.RETRAIT
    if withdraws and ending.event_on is None:
        raise Http404
    about = Object.RETRAIT if withdraws else Object.SORTIE
    try:
        data = pdf_of(letter, about)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("conventions:letter", pk=pk, ending_pk=ending_pk, letter_pk=letter_pk)
    name = f"{about.value}-{convention.reference.lower()}-{letter.pk}.pdf"
    return FileResponse(
        io.BytesIO(data), as_attachment=True, filename=name, content_type="application/pdf"
    )

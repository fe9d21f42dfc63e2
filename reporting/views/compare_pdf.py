"""The comparison one reads on screen, taken away as a PDF."""

import io

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from conventions.access import acts_visible_to, get_convention_or_404
from conventions.models.comparing import compare_sides, side_of
from conventions.models.listing import parties_in_order
from conventions.rules.reperes import read_repere
from reporting.actions.comparison_document import comparison_pdf


@require_safe
def compare_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """`?de=…&a=…` as the page takes them; what cannot be compared is explained by that page."""
    now = timezone.now()
    on = timezone.localdate(now)
    convention = get_convention_or_404(request.user, pk, on=on)
    prefetch_related_objects([convention], parties_in_order())
    page = f"{reverse('conventions:compare', args=[pk])}?{request.GET.urlencode()}"
    asked = (request.GET.get("de") or "acte-0", request.GET.get("a") or on.isoformat())
    reperes = [read_repere(text, on=on) for text in asked]
    if None in reperes:
        return redirect(page)
    acts = list(acts_visible_to(request.user, convention, on=on))
    sides = [side_of(convention, repere, acts) for repere in reperes]
    if None in sides:
        raise Http404
    if not all(side.articles for side in sides):
        return redirect(page)
    compared = compare_sides(convention, *sides)
    only_changes = request.GET.get("vue") != "entier"
    try:
        data = comparison_pdf(convention, compared, now=now, only_changes=only_changes)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(page)
    ends = "-".join(repere.address for repere in reperes)
    name = f"comparaison-{convention.reference.lower()}-{ends}.pdf"
    return FileResponse(
        io.BytesIO(data), as_attachment=True, filename=name, content_type="application/pdf"
    )

"""The acts of a convention: what was signed, when, by whom, and what each one wrote."""

from django.db.models import Count, Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from conventions.access import get_convention_or_404
from conventions.enums import DocumentKind
from conventions.models import Signatory
from conventions.models.listing import parties_in_order

_PROOFS = (DocumentKind.CONVENTION_SIGNEE, DocumentKind.DELIBERATION, DocumentKind.POUVOIR)


@require_safe
def acts(request: HttpRequest, pk: int) -> HttpResponse:
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    prefetch_related_objects([convention], parties_in_order())
    signatories = Signatory.objects.select_related("party", "mandate").order_by(
        "party__position", "position"
    )
    context = {
        "convention": convention,
        "on": on,
        "tab": "actes",
        "acts": convention.acts.annotate(worded=Count("article_versions"))
        .prefetch_related(Prefetch("signatories", signatories))
        .order_by("number"),
        "proofs": convention.documents.filter(kind__in=_PROOFS).order_by("kind", "name"),
    }
    return render(request, "conventions/acts.html", context)

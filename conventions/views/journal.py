"""The journal of a convention: who did what and when, in sentences."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import JournalEntry
from conventions.access import (
    entries_visible_to,
    get_convention_or_404,
    imported_entries_visible_to,
)

PER_PAGE = 40
MOST_IMPORTED = 500


@require_safe
def journal(request: HttpRequest, pk: int) -> HttpResponse:
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    entries = JournalEntry.objects.of_dossier(convention.pk).defer("previous_hash", "hash")
    readable = entries_visible_to(request.user, entries, on=on)
    imported = imported_entries_visible_to(request.user, convention, on=on)
    context = {
        "convention": convention,
        "on": on,
        "tab": "journal",
        "page": Paginator(readable, PER_PAGE).get_page(request.GET.get("page")),
        "imported": imported.order_by("-rank")[:MOST_IMPORTED],
    }
    return render(request, "conventions/journal.html", context)

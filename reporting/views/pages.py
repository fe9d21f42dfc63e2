"""Pages anyone may read: accessibility, personal data, legal notice, help."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

PAGES = {
    "accessibilite": "reporting/pages/accessibility.html",
    "donnees-personnelles": "reporting/pages/personal_data.html",
    "mentions-legales": "reporting/pages/legal_notice.html",
    "aide": "reporting/pages/help.html",
}


@require_safe
@login_not_required
def page(request: HttpRequest, slug: str) -> HttpResponse:
    if slug not in PAGES:
        raise Http404
    context = {
        "publisher": settings.PUBLISHER,
        "host": settings.HOSTING,
        "contact_email": settings.CONTACT_EMAIL,
        "data_protection_email": settings.DATA_PROTECTION_EMAIL,
    }
    return render(request, PAGES[slug], context)

"""The private calendar address: the feed itself, and the page where a person manages theirs."""

import hashlib
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_POST, require_safe

from reminders.actions.agenda import MOST_ENTRIES, entries_for
from reminders.actions.feeds import create_feed, feed_of, note_reading, revoke_feed, standing_feed
from reminders.rules.agenda import CONTENT_TYPE, calendar

NAME = "Échéances (Revoyure)"
DESCRIPTION = (
    "Les dates de vos conventions. Un calcul de date est une aide ; le texte signé fait foi."
)


@require_safe
@login_not_required
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever opened this address, with their rights of today."""
    now, on = timezone.now(), timezone.localdate()
    found = feed_of(token)
    if found is None:
        raise Http404
    note_reading(found, now=now)
    entries = entries_for(found.user, on=on)
    etag = quote_etag(hashlib.sha256(repr(entries).encode()).hexdigest())
    response = get_conditional_response(request, etag=etag)
    if response is None:
        content = calendar(entries, name=NAME, description=DESCRIPTION)
        response = HttpResponse(content, content_type=CONTENT_TYPE)
        response.headers["Content-Disposition"] = 'inline; filename="revoyure.ics"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
def manage(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
def create(request: HttpRequest) -> HttpResponse:
    """Open or replace the address, and show it: the only time that it can be read."""
    token = create_feed(request.user, now=timezone.now())
    address = urljoin(f"{settings.SITE_URL}/", reverse("reminders:feed", args=[token]).lstrip("/"))
    parts = urlsplit(address)
    return _page(request, address=address, webcal=parts._replace(scheme="webcal").geturl())


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    try:
        revoke_feed(request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "L’adresse est retirée : plus aucun agenda ne la lit.")
    return redirect("reminders:feed_manage")


def _page(request: HttpRequest, *, address: str = "", webcal: str = "") -> HttpResponse:
    context = {
        "feed": standing_feed(request.user),
        "address": address,
        "webcal": webcal,
        "most": MOST_ENTRIES,
    }
    return render(request, "reminders/feed.html", context)

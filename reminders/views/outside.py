"""What somebody without an account reads of the dates they were told, and how they stop it.

The link of their messages is all they have: no log-in, no search engine, nothing of the text.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from reminders.actions.externals import stop_at_own_request
from reminders.actions.outside import dates_told
from reminders.emails import neutral_title
from reminders.models import Deadline, ExternalRecipient
from reminders.rules.agenda import CONTENT_TYPE, Entry, calendar
from reminders.rules.outside import recipient_of

STATEMENT = "Le rappel est une aide ; l’échéance fait foi par le contrat."


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def external(request: HttpRequest, token: str) -> HttpResponse:
    """Show the dates told and still ahead; a POST stops the messages."""
    now, on = timezone.now(), timezone.localdate()
    recipient = _recipient(token)
    if recipient is None:
        return _page(request, "reminders/external_gone.html", status=404, stopped=False)
    if request.method == "POST":
        stop_at_own_request(recipient, now=now, on=on)
    if recipient.stopped_at is not None:
        return _page(request, "reminders/external_gone.html", stopped=True)
    told = [(row, neutral_title(row)) for row in dates_told(recipient, on=on)]
    context = {
        "recipient": recipient,
        "parties": recipient.convention.parties.in_force(on=on),
        "told": told,
        "token": token,
        "statement": STATEMENT,
        "on": on,
    }
    return _page(request, "reminders/external.html", **context)


@login_not_required
@never_cache
@require_safe
def external_agenda(request: HttpRequest, token: str) -> HttpResponse:
    """The same dates as a calendar file, with no more in it than on the page."""
    on = timezone.localdate()
    recipient = _recipient(token)
    if recipient is None or recipient.stopped_at is not None:
        return _page(request, "reminders/external_gone.html", status=404, stopped=False)
    link = request.build_absolute_uri(reverse("reminders:external", args=[token]))
    entries = [_entry(row, link) for row in dates_told(recipient, on=on)]
    response = HttpResponse(calendar(entries), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="echeances.ics"'
    return _unlisted(response)


def _recipient(token: str) -> ExternalRecipient | None:
    pk = recipient_of(token)
    rows = ExternalRecipient.objects.select_related("convention", "party")
    return None if pk is None else rows.filter(pk=pk).first()


def _entry(deadline: Deadline, link: str) -> Entry:
    convention = deadline.convention
    return Entry(
        uid=f"{convention.pk}-{deadline.key}@revoyure",
        day=deadline.act_on,
        summary=f"{neutral_title(deadline)} ({convention.reference})",
        description=f"{convention.title}\n{STATEMENT}",
        url=link,
        stamped_at=deadline.projected_at,
        sequence=deadline.revision,
    )


def _page(request: HttpRequest, template: str, *, status: int = 200, **context) -> HttpResponse:
    return _unlisted(render(request, template, context, status=status))


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response

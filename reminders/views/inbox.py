"""The development inbox: the messages that went nowhere, readable by those they were for.

It exists only where mail is kept in a folder; elsewhere its address answers 404 like any other
that does not exist.
"""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import scope_of
from reminders.models.mail import Mail, mails, read_mail

ROWS = 30


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    found = [mail for mail in mails(_folder()) if _may_read(request, mail)]
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return render(request, "reminders/inbox.html", {"page": page})


@require_safe
def message(request: HttpRequest, name: str) -> HttpResponse:
    mail = read_mail(_folder(), name)
    if mail is None or not _may_read(request, mail):
        raise Http404
    return render(request, "reminders/message.html", {"mail": mail})


def _folder():
    if not settings.DEVELOPMENT_INBOX:
        raise Http404
    return settings.MAIL_DIR


def _may_read(request: HttpRequest, mail: Mail) -> bool:
    """Everybody reads what was sent to them; the platform's administrators read it all."""
    if scope_of(request.user, on=timezone.localdate()).is_platform:
        return True
    return request.user.email.lower() in mail.addresses

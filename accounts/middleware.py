"""The address of who acts, for the journal."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts.actions.journal import client_address


def remember_address(get_response: Callable) -> Callable:
    """Only the connection's own address counts: a forwarded header can be forged."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = client_address.set(request.META.get("REMOTE_ADDR") or None)
        try:
            return get_response(request)
        finally:
            client_address.reset(token)

    return middleware

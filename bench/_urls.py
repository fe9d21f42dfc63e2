"""The portal's own addresses, and the bare page they are measured against."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

_PAGE = engines["django"].from_string(
    "<!doctype html><html lang=fr><title>Nue</title><p>{{ user }}, {{ count }}</p></html>"
)


def bare(request: HttpRequest) -> HttpResponse:
    """Log-in required, two queries: the session and the person."""
    return HttpResponse(_PAGE.render({"user": request.user, "count": 1}, request))


urlpatterns = [path("nue/", bare), path("", include("config.urls"))]
handler403 = "reporting.views.errors.forbidden"
handler404 = "reporting.views.errors.not_found"
handler500 = "reporting.views.errors.server_error"

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("reporting.urls")),
    path("", include("accounts.urls")),
    path("conventions/", include("conventions.urls")),
    path("", include("engagements.urls")),
    path("", include("reminders.urls")),
    path("territoires/", include("territories.urls")),
    path("assistance/", admin.site.urls),
]
handler403 = "reporting.views.errors.forbidden"
handler404 = "reporting.views.errors.not_found"
handler500 = "reporting.views.errors.server_error"

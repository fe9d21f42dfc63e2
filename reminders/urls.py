"""Addresses of dates and reminders, of the sign of life, and of the development inbox.

Full paths: the floor is mounted at the root, because one address starts with «conventions/».
"""

from django.urls import path

from reminders.views import browse, deadline, health, inbox

app_name = "reminders"

dates = [
    path("echeances/", browse.deadlines, name="list"),
    path("echeances/<int:pk>/", deadline.detail, name="detail"),
    path("echeances/<int:pk>/faite/", deadline.done, name="done"),
    path("echeances/<int:pk>/rouvrir/", deadline.undo, name="undo"),
    path("echeances/<int:pk>/agenda.ics", deadline.agenda, name="agenda"),
    path(
        "conventions/<int:pk>/echeances/", browse.convention_deadlines, name="convention_deadlines"
    ),
]

machinery = [
    path("sante/", health.health, name="health"),
    path("boite-de-developpement/", inbox.inbox, name="inbox"),
    path("boite-de-developpement/<str:name>/", inbox.message, name="message"),
]

urlpatterns = dates + machinery

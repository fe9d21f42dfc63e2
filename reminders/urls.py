"""Addresses of dates and reminders, of the sign of life, and of the development inbox.

Full paths: the floor is mounted at the root, because one address starts with «conventions/».
"""

from django.urls import path

from reminders.views import browse, deadline, feeds, health, inbox

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

calendars = [
    path("agenda/<str:token>.ics", feeds.feed, name="feed"),
    path("compte/agenda/", feeds.manage, name="feed_manage"),
    path("compte/agenda/creer/", feeds.create, name="feed_create"),
    path("compte/agenda/retirer/", feeds.revoke, name="feed_revoke"),
]

machinery = [
    path("sante/", health.health, name="health"),
    path("boite-de-developpement/", inbox.inbox, name="inbox"),
    path("boite-de-developpement/<str:name>/", inbox.message, name="message"),
]

urlpatterns = dates + calendars + machinery

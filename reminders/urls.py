"""Addresses of dates and reminders, of the sign of life, and of the development inbox.

Full paths: the floor is mounted at the root, because one address starts with «conventions/».
"""

from django.urls import path

from reminders.urls_choices import choosing
from reminders.views import (
    added,
    browse,
    deadline,
    feeds,
    findings,
    health,
    inbox,
    settling,
    simulator,
)

app_name = "reminders"

dates = [
    path("echeances/", browse.deadlines, name="list"),
    path("echeances/territoires/", browse.by_place, name="by_place"),
    path("echeances/<int:pk>/", deadline.detail, name="detail"),
    path("echeances/<int:pk>/repondre/", settling.answer, name="answer"),
    path("echeances/<int:pk>/reprendre/", settling.withdraw, name="withdraw"),
    path("echeances/<int:pk>/rouvrir/", settling.undo, name="undo"),
    path("echeances/<int:pk>/notes/", settling.note, name="note"),
    path(
        "echeances/<int:pk>/notes/<int:note_pk>/retirer/", settling.note_remove, name="note_remove"
    ),
    path("echeances/<int:pk>/agenda.ics", deadline.agenda, name="agenda"),
    path(
        "conventions/<int:pk>/echeances/", browse.convention_deadlines, name="convention_deadlines"
    ),
    path("conventions/<int:pk>/simulateur/", simulator.simulator, name="simulator"),
    path("conventions/<int:pk>/echeances/ajouter/", added.add, name="added_add"),
    path(
        "conventions/<int:pk>/echeances/ajoutees/<int:added_pk>/modifier/",
        added.change,
        name="added_change",
    ),
    path(
        "conventions/<int:pk>/echeances/ajoutees/<int:added_pk>/retirer/",
        added.remove,
        name="added_remove",
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
    path("constats/", findings.findings, name="findings"),
    path("boite-de-developpement/", inbox.inbox, name="inbox"),
    path("boite-de-developpement/<str:name>/", inbox.message, name="message"),
]

urlpatterns = choosing + dates + calendars + machinery

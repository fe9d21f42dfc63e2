"""Addresses of what people choose of their reminders, and of who else receives them."""

from django.urls import path

from reminders.views import absences, choices, externals, outside

choosing = [
    path("compte/rappels/", choices.choices, name="choices"),
    path("compte/absences/", absences.absences, name="absences"),
    path("membres/<int:pk>/absences/", absences.member_absences, name="member_absences"),
    path("absences/<int:pk>/retirer/", absences.absence_remove, name="absence_remove"),
    path("organismes/<int:pk>/rappels/", choices.organisation_choices, name="organisation_choices"),
    path("conventions/<int:pk>/echeances/destinataires/", externals.recipients, name="recipients"),
    path(
        "conventions/<int:pk>/echeances/destinataires/<int:external_pk>/arreter/",
        externals.external_stop,
        name="external_stop",
    ),
    path("rappels/exterieur/<str:token>/", outside.external, name="external"),
    path(
        "rappels/exterieur/<str:token>/agenda.ics", outside.external_agenda, name="external_agenda"
    ),
]

from django.urls import path

from accounts.views import people, session

app_name = "accounts"
urlpatterns = [
    path("connexion/", session.login, name="login"),
    path("deconnexion/", session.logout, name="logout"),
    path("mot-de-passe/oublie/", session.password_reset, name="password_reset"),
    path("mot-de-passe/envoye/", session.password_reset_done, name="password_reset_done"),
    path(
        "mot-de-passe/nouveau/<uidb64>/<token>/",
        session.password_reset_confirm,
        name="password_reset_confirm",
    ),
    path("invitation/<str:token>/", people.accept_invitation, name="accept_invitation"),
    path("compte/", people.account, name="account"),
    path("compte/mot-de-passe/", session.password_change, name="password_change"),
    path("organismes/<int:pk>/", people.organisation, name="organisation"),
    path("organismes/<int:pk>/modifier/", people.organisation_edit, name="organisation_edit"),
    path("organismes/<int:pk>/inviter/", people.invite, name="invite"),
    path("invitations/<int:pk>/retirer/", people.invitation_revoke, name="invitation_revoke"),
    path("membres/<int:pk>/", people.membership, name="membership"),
]

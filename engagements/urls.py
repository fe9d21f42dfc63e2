"""Addresses of what is owed, of its figures and of its yearly reviews. Full paths: the floor is
mounted at the root, because some addresses start with «conventions/» and some do not."""

from django.urls import path

from engagements.views import balance, contribution, engagement, indicators, revoyure

app_name = "engagements"

# Engagements et balance --------------------------------------------------------------------------
engagements = [
    path("conventions/<int:pk>/engagements/", balance.balance, name="balance"),
    path("conventions/<int:pk>/engagements.csv", balance.balance_export, name="balance_export"),
    path("conventions/<int:pk>/engagements/nouveau/", engagement.create, name="create"),
    path("engagements/<int:pk>/", engagement.detail, name="detail"),
    path("engagements/<int:pk>/modifier/", engagement.edit, name="edit"),
    path("engagements/<int:pk>/declarer/", engagement.declare, name="declare"),
]

# Indicateurs -------------------------------------------------------------------------------------
indicateurs = [
    path("conventions/<int:pk>/indicateurs/", indicators.indicators, name="indicators"),
    path(
        "conventions/<int:pk>/indicateurs/saisir/",
        indicators.measurement_create,
        name="measurement_create",
    ),
    path(
        "conventions/<int:pk>/indicateurs/objectif/",
        indicators.target_edit,
        name="target_edit",
    ),
    path("realises/<int:pk>/corriger/", indicators.measurement_correct, name="measurement_correct"),
]

# Revoyures ---------------------------------------------------------------------------------------
revoyures = [
    path("revoyures/", revoyure.revoyures, name="revoyures"),
    path(
        "conventions/<int:pk>/revoyures/",
        revoyure.convention_revoyures,
        name="convention_revoyures",
    ),
    path("revoyures/<int:pk>/", revoyure.revoyure, name="revoyure"),
    path("revoyures/<int:pk>/geler/", revoyure.freeze, name="revoyure_freeze"),
    path("contributions/<int:pk>/", contribution.contribution, name="contribution"),
    path("contributions/<int:pk>/rendre/", revoyure.hand_over, name="contribution_hand_over"),
    path(
        "contributions/<int:pk>/reprendre/", contribution.take_back, name="contribution_take_back"
    ),
]

urlpatterns = [*engagements, *indicateurs, *revoyures]

"""Addresses of what is owed, of its figures and of its yearly reviews. Full paths: the floor is
mounted at the root, because some addresses start with «conventions/» and some do not."""

from django.urls import path

from engagements.views import (
    balance,
    contribution,
    convocation_letters,
    convocations,
    engagement,
    indicators,
    letters,
    planned,
    revoyure,
)

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

# Ce qu’un avenant change -------------------------------------------------------------------------
ACT = "conventions/<int:pk>/actes/<int:number>/"
avenants = [
    path(ACT + "engagements/ajouter/", planned.planned_create, name="planned_create"),
    path(
        ACT + "engagements/<int:engagement_pk>/modifier/",
        planned.planned_replace,
        name="planned_replace",
    ),
    path(
        ACT + "engagements/<int:engagement_pk>/faire-cesser/",
        planned.planned_end,
        name="planned_end",
    ),
    path(ACT + "engagements/projet/<int:row_pk>/", planned.planned_edit, name="planned_edit"),
    path(ACT + "objectifs/ajouter/", planned.planned_target, name="planned_target"),
    path(
        ACT + "objectifs/projet/<int:row_pk>/", planned.planned_target, name="planned_target_edit"
    ),
    path(
        ACT + "projet/<slug:kind>/<int:row_pk>/retirer/",
        planned.planned_remove,
        name="planned_remove",
    ),
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

# Lettres -----------------------------------------------------------------------------------------
LETTER = "convocations/<int:pk>/lettres/<int:letter_pk>/"
lettres = [
    path("conventions/<int:pk>/lettres/", letters.letters, name="letters"),
    path(
        "revoyures/<int:pk>/convoquer/",
        convocations.convocation_prepare,
        name="convocation_prepare",
    ),
    path("convocations/<int:pk>/", convocations.convocation, name="convocation"),
    path("convocations/<int:pk>/modifier/", convocations.convocation_edit, name="convocation_edit"),
    path(
        "convocations/<int:pk>/annuler/",
        convocations.convocation_cancel,
        name="convocation_cancel",
    ),
    path(LETTER, convocation_letters.convocation_letter, name="convocation_letter"),
    path(LETTER + "dates/", convocation_letters.convocation_dates, name="convocation_dates"),
    path(
        LETTER + "emporter/",
        convocation_letters.convocation_hand_out,
        name="convocation_hand_out",
    ),
    path(
        LETTER + "versions/",
        convocation_letters.convocation_versions,
        name="convocation_versions",
    ),
    path(
        LETTER + "versions/<int:number>/lettre.docx",
        convocation_letters.convocation_word,
        name="convocation_word",
    ),
]

urlpatterns = [*engagements, *indicateurs, *avenants, *revoyures, *lettres]

"""The vocabulary of what is owed and how far along it is."""

from django.db import models


class Strength(models.TextChoices):
    FERME = "ferme", "ferme"
    MOYENS = "moyens", "de moyens"
    INTENTION = "intention", "d’intention"


class Recurrence(models.TextChoices):
    PONCTUELLE = "ponctuelle", "une fois"
    PERMANENTE = "permanente", "en continu"
    TRIMESTRIELLE = "trimestrielle", "chaque trimestre"
    SEMESTRIELLE = "semestrielle", "chaque semestre"
    ANNUELLE = "annuelle", "chaque année"


class State(models.TextChoices):
    """What someone declared; what the calendar adds is a `EngagementSituation`."""

    A_VENIR = "a_venir", "À venir"
    EN_COURS = "en_cours", "En cours"
    TENU = "tenu", "Tenu"
    SUSPENDU = "suspendu", "Suspendu"
    CONTESTE = "conteste", "Contesté"
    SANS_OBJET = "sans_objet", "Sans objet"


class EngagementSituation(models.TextChoices):
    """State and calendar together, computed when read."""

    EN_RETARD = "en_retard", "En retard"
    CONTESTE = "conteste", "Contesté"
    PROCHE = "proche", "Échéance proche"
    EN_COURS = "en_cours", "En cours"
    A_VENIR = "a_venir", "À venir"
    SUSPENDU = "suspendu", "Suspendu"
    TENU = "tenu", "Tenu"
    SANS_OBJET = "sans_objet", "Sans objet"


class IndicatorNature(models.TextChoices):
    FLUX = "flux", "flux de l’année"
    STOCK = "stock", "stock en fin d’année"


class IndicatorUnit(models.TextChoices):
    NOMBRE = "nombre", "nombre"
    EUROS = "euros", "euros"
    POURCENT = "pourcent", "%"


class ValueStatus(models.TextChoices):
    DEFINITIF = "definitif", "définitif"
    PROVISOIRE = "provisoire", "provisoire"
    NON_COMMUNIQUE = "non_communique", "non communiqué"
    SANS_OBJET = "sans_objet", "sans objet"


class Direction(models.TextChoices):
    """On which side of its target a result is good."""

    AU_MOINS = "au_moins", "au moins"
    AU_PLUS = "au_plus", "au plus"


class RevoyureStatus(models.TextChoices):
    OUVERTE = "ouverte", "ouverte"
    GELEE = "gelee", "gelée"


class Outcome(models.TextChoices):
    MAINTIEN = "maintien", "maintien des engagements"
    AVENANT = "avenant", "avenant à préparer"
    DESACCORD = "desaccord", "désaccord"


class Appreciation(models.TextChoices):
    """A party's reading of one engagement for the year under review."""

    TENU = "tenu", "Tenu"
    EN_PARTIE = "en_partie", "Tenu en partie"
    NON_TENU = "non_tenu", "Non tenu"
    SUSPENDU = "suspendu", "Suspendu"
    SANS_OBJET = "sans_objet", "Sans objet cette année"

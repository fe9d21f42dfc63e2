"""The vocabulary of places: what a territory is, and under which local law and clock it lives."""

from django.db.models import TextChoices


class Zone(TextChoices):
    """A part of France with its own public holidays or its own legal time."""

    METROPOLE = "metropole", "métropole"
    ALSACE_MOSELLE = "alsace-moselle", "Alsace-Moselle"
    GUADELOUPE = "guadeloupe", "Guadeloupe"
    MARTINIQUE = "martinique", "Martinique"
    GUYANE = "guyane", "Guyane"
    REUNION = "reunion", "La Réunion"
    MAYOTTE = "mayotte", "Mayotte"


class TerritoryKind(TextChoices):
    """A level of the map. A «secteur» is a part of an EPCI that a convention or a PLH names."""

    REGION = "region", "région"
    DEPARTEMENT = "departement", "département"
    EPCI = "epci", "EPCI"
    SECTEUR = "secteur", "secteur"
    COMMUNE = "commune", "commune"
    QPV = "qpv", "quartier prioritaire (QPV)"
    QV = "qv", "quartier en veille"


class EpciNature(TextChoices):
    """Legal nature of an EPCI à fiscalité propre, with the DGCL's own codes as values.

    MET69 is the Métropole de Lyon: a local authority, not an EPCI in law, handled as one here as
    in the DGCL's file.
    """

    CC = "CC", "communauté de communes"
    CA = "CA", "communauté d’agglomération"
    CU = "CU", "communauté urbaine"
    METRO = "METRO", "métropole"
    MET69 = "MET69", "Métropole de Lyon (collectivité à statut particulier)"


class ContainmentSource(TextChoices):
    """How we know that a territory belongs to another."""

    FICHIER = "fichier", "fichier officiel"
    MOUVEMENT = "mouvement", "déduit des mouvements de communes"
    ECHANTILLON = "echantillon", "échantillon livré avec le portail"
    SAISIE = "saisie", "saisie"

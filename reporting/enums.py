"""The vocabulary of reporting."""

from django.db.models import TextChoices


class VerificationStatus(TextChoices):
    """What may be said of a received PDF: the four answers of domain-rules § D, no more."""

    VALIDE = "valide", "valide"
    VALIDE_NON_QUALIFIE = "valide_non_qualifie", "valide mais non qualifié"
    NON_VERIFIABLE = "non_verifiable", "non vérifiable"
    INVALIDE = "invalide", "invalide"


class SignatureLevel(TextChoices):
    """How much proof a signature carries within itself (ETSI EN 319 142-1, domain-rules D7)."""

    AUTRE = "autre", "signature PDF hors PAdES"
    B_B = "B-B", "PAdES B-B"
    B_T = "B-T", "PAdES B-T"
    B_LT = "B-LT", "PAdES B-LT"
    B_LTA = "B-LTA", "PAdES B-LTA"


class Change(TextChoices):
    """What happened to a file after one of its signatures."""

    AUCUN = "aucun", "aucune modification"
    PREUVES = "preuves", "données de preuve ajoutées"
    SIGNATURE = "signature", "signature ajoutée"
    CONTENU = "contenu", "contenu modifié"

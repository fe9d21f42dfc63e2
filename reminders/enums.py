"""The vocabulary of dates that matter and of the messages about them."""

from django.db import models


class DeadlineKind(models.TextChoices):
    TERME = "terme", "terme de la convention"
    PROROGATION = "prorogation", "dernier jour pour signer une prorogation"
    REVOYURE_OUVERTURE = "revoyure_ouverture", "ouverture de la revoyure"
    REVOYURE_CONTRIBUTIONS = "revoyure_contributions", "clôture des contributions à la revoyure"
    REVOYURE_COMITE = "revoyure_comite", "comité de revoyure"
    REVOYURE_GEL = "revoyure_gel", "gel de la revoyure"
    REVOYURE_TRANSMISSION = "revoyure_transmission", "transmission aux instances délibérantes"
    RESILIATION = "resiliation", "dernier envoi sûr pour résilier"
    ENGAGEMENT = "engagement", "engagement à tenir"
    RAPPORT_ACTIVITE = "rapport_activite", "éléments pour le rapport d’activité"
    CONTROLE_LEGALITE = "controle_legalite", "fin du contrôle de légalité"
    HABILITATION = "habilitation", "fin d’une habilitation"
    FIN_PREAVIS = "fin_preavis", "dernier jour d’un préavis"
    FIN_MISE_EN_DEMEURE = "fin_mise_en_demeure", "fin du délai d’une mise en demeure"
    REPONSE_LRE = "reponse_lre", "dernier jour pour accepter une lettre électronique"


class DeadlineSituation(models.TextChoices):
    """What a deadline is on a day: its date, what people declared, and the calendar."""

    EN_RETARD = "en_retard", "En retard"
    PROCHE = "proche", "Proche"
    A_VENIR = "a_venir", "À venir"
    GLISSANTE = "glissante", "Date glissante"
    FAITE = "faite", "Faite"
    PASSEE = "passee", "Passée"
    RETIREE = "retiree", "Remplacée"


class ReminderStatus(models.TextChoices):
    A_ENVOYER = "a_envoyer", "à envoyer"
    ENVOYE = "envoye", "envoyé"
    ECHEC = "echec", "échec"
    ANNULE = "annule", "annulé"

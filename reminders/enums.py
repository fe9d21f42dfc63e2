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
    PREUVES_LRE = "preuves_lre", "preuves d’une lettre électronique à télécharger"
    REUNION_SUIVI = "reunion_suivi", "réunion d’une instance de suivi"
    AJOUTEE = "ajoutee", "échéance ajoutée"


class DeadlineSituation(models.TextChoices):
    """What a deadline is on a day: its date, what people declared, and the calendar."""

    EN_RETARD = "en_retard", "En retard"
    PROCHE = "proche", "Proche"
    A_VENIR = "a_venir", "À venir"
    GLISSANTE = "glissante", "Date glissante"
    FAITE = "faite", "Faite"
    SANS_OBJET = "sans_objet", "Sans objet"
    PASSEE = "passee", "Passée"
    RETIREE = "retiree", "Remplacée"


class ReminderStatus(models.TextChoices):
    A_ENVOYER = "a_envoyer", "à envoyer"
    ENVOYE = "envoye", "envoyé"
    ECHEC = "echec", "échec"
    ANNULE = "annule", "annulé"


class ReminderNature(models.TextChoices):
    """Why a message leaves: its rung, a date told before and moved since, nobody who answered."""

    RAPPEL = "rappel", "rappel"
    CORRECTION = "correction", "correction"
    ESCALADE = "escalade", "escalade"


class AnswerKind(models.TextChoices):
    """What one side says of a deadline."""

    PRISE_EN_CHARGE = "prise_en_charge", "prise en charge"
    FAITE = "faite", "faite"
    SANS_OBJET = "sans_objet", "sans objet"


class Sharing(models.TextChoices):
    """Who sees what a person added."""

    MOI = "moi", "moi seul"
    ORGANISME = "organisme", "mon organisme"
    PARTIES = "parties", "toutes les parties"


class Rhythm(models.TextChoices):
    """How many messages carry what is due."""

    CHACUN = "chacun", "un message par échéance"
    QUOTIDIEN = "quotidien", "un message par jour"
    HEBDOMADAIRE = "hebdomadaire", "un message par semaine, le lundi"


class FindingKind(models.TextChoices):
    """What the portal finds wrong with itself."""

    CONVENTION_MUETTE = "convention_muette", "convention en vigueur sans rappel à venir"
    SANS_RAISONNEMENT = "sans_raisonnement", "échéance sans raisonnement"
    PLANIFICATEUR_MUET = "planificateur_muet", "planificateur silencieux"
    RAPPEL_ECHOUE = "rappel_echoue", "rappel qui n’a pas pu partir"
    PERSONNE_A_PREVENIR = "personne_a_prevenir", "partie où il n’y a plus personne à prévenir"

"""The vocabulary of what was agreed."""

from django.db import models


class ConventionKind(models.TextChoices):
    EPCI_ACTION_LOGEMENT = "epci_action_logement", "intercommunalité et Action Logement"
    VILLE_BAILLEUR = "ville_bailleur", "commune et bailleur social"
    AUTRE = "autre", "autre convention"


class ConventionStatus(models.TextChoices):
    """What people decided. What the calendar does to it is a `Situation`, never stored."""

    BROUILLON = "brouillon", "brouillon"
    EN_NEGOCIATION = "en_negociation", "en négociation"
    EN_VALIDATION = "en_validation", "en validation"
    EN_SIGNATURE = "en_signature", "en signature"
    SIGNEE = "signee", "signée"
    RESILIEE = "resiliee", "résiliée"


class ConventionVerb(models.TextChoices):
    """The moves of an act, from its draft to its signature."""

    OUVRIR_NEGOCIATION = "ouvrir_negociation", "Ouvrir la négociation"
    ARRETER_LE_TEXTE = "arreter_le_texte", "Arrêter le texte"
    METTRE_EN_SIGNATURE = "mettre_en_signature", "Mettre en signature"
    ROUVRIR = "rouvrir", "Rouvrir la rédaction"
    SIGNER = "signer", "Enregistrer la signature"


class Situation(models.TextChoices):
    """What a convention is on a day: a decision and the calendar, computed when read."""

    BROUILLON = "brouillon", "Brouillon"
    EN_NEGOCIATION = "en_negociation", "En négociation"
    EN_VALIDATION = "en_validation", "En validation"
    EN_SIGNATURE = "en_signature", "En signature"
    A_VENIR = "a_venir", "Signée, à venir"
    EN_VIGUEUR = "en_vigueur", "En vigueur"
    EN_PREAVIS = "en_preavis", "En vigueur, préavis en cours"
    POURSUITE_DE_FAIT = "poursuite_de_fait", "Échue, poursuite de fait à régulariser"
    ECHUE = "echue", "Échue"
    RESILIEE = "resiliee", "Résiliée"


class EffectBasis(models.TextChoices):
    """Why a convention takes effect on its first day."""

    CLAUSE = "clause", "date écrite dans la convention"
    DERNIERE_SIGNATURE = "derniere_signature", "signature de la dernière partie"
    NOTIFICATION = "notification", "notification"
    PERIODE = "periode", "période portée par le titre"
    HYPOTHESE = "hypothese", "hypothèse, le texte étant muet"


class ActKind(models.TextChoices):
    INITIAL = "initial", "convention initiale"
    AVENANT = "avenant", "avenant"
    ERRATUM = "erratum", "erratum"


class ActStatus(models.TextChoices):
    """How far an act has come; the initial one repeats what its convention's status says."""

    PROJET = "projet", "projet"
    EN_NEGOCIATION = "en_negociation", "en négociation"
    EN_VALIDATION = "en_validation", "en validation"
    EN_SIGNATURE = "en_signature", "en signature"
    SIGNE = "signe", "signé"
    ABANDONNE = "abandonne", "abandonné"


class Etape(models.TextChoices):
    """How far an act has come: some steps are decided, the others follow from what is recorded."""

    PROJET = "projet", "Projet"
    NEGOCIATION = "negociation", "Négociation"
    VALIDATION = "validation", "Texte arrêté"
    ADOPTABLE = "adoptable", "Accord des parties"
    DELIBEREE = "deliberee", "Décision des instances"
    TRANSMISE = "transmise", "Transmission en préfecture"
    EXECUTOIRE = "executoire", "Caractère exécutoire"
    SIGNATURE = "signature", "Mise en signature"
    SIGNEE = "signee", "Signature"


class ArticleKind(models.TextChoices):
    PREAMBULE = "preambule", "préambule"
    TITRE = "titre", "titre"
    ARTICLE = "article", "article"
    INTERTITRE = "intertitre", "intertitre"
    ANNEXE = "annexe", "annexe"


class Change(models.TextChoices):
    """What an act does to an article."""

    ECRIRE = "ecrire", "écrit"
    REMPLACER = "remplacer", "remplace"
    RENUMEROTER = "renumeroter", "renumérote"
    ABROGER = "abroger", "abroge"


class VisaKind(models.TextChoices):
    VISA = "visa", "visa"
    CONSIDERANT = "considerant", "considérant"


class MandateKind(models.TextChoices):
    DELIBERATION = "deliberation", "délibération"
    DELEGATION = "delegation", "arrêté de délégation"
    POUVOIR = "pouvoir", "pouvoir"
    STATUTS = "statuts", "statuts"


class Operation(models.TextChoices):
    """The questions that dates answer (03-deadlines)."""

    DELAI = "delai", "délai"
    PREAVIS = "preavis", "préavis"
    DUREE = "duree", "durée"
    REBOURS = "rebours", "délai à rebours"


class Unit(models.TextChoices):
    ANS = "ans", "ans"
    MOIS = "mois", "mois"
    JOURS = "jours", "jours"
    JOURS_OUVRABLES = "jours_ouvrables", "jours ouvrables"
    JOURS_OUVRES = "jours_ouvres", "jours ouvrés"
    JOURS_FRANCS = "jours_francs", "jours francs"


class Trigger(models.TextChoices):
    """The event from which a clause counts."""

    ENVOI = "envoi", "envoi de la lettre"
    DEPOT_RECEPISSE = "depot_recepisse", "dépôt contre récépissé"
    PREMIERE_PRESENTATION = "premiere_presentation", "première présentation"
    RECEPTION = "reception", "réception"
    SIGNATURE = "signature", "signature"
    NOTIFICATION = "notification", "notification"
    DATE_EFFET = "date_effet", "date d’effet"
    TERME = "terme", "terme"


class TerminationGround(models.TextChoices):
    SANS_MOTIF = "sans_motif", "sans motif"
    MANQUEMENT = "manquement", "manquement d’une partie"
    DESACCORD = "desaccord", "désaccord lors de la revoyure"


class YearBasis(models.TextChoices):
    CIVILE = "civile", "année civile"
    CONVENTION = "convention", "année de convention"


class DocumentKind(models.TextChoices):
    CONVENTION_SIGNEE = "convention_signee", "convention signée"
    DELIBERATION = "deliberation", "délibération"
    POUVOIR = "pouvoir", "pouvoir"
    PREUVE = "preuve", "preuve"
    REVOYURE = "revoyure", "revoyure"
    AUTRE = "autre", "autre document"


class ThreadScope(models.TextChoices):
    """Who reads a discussion: one side only, or everybody."""

    INTERNE = "interne", "interne à mon organisme"
    PARTAGE = "partage", "partagé avec les parties"


class ProposalKind(models.TextChoices):
    REECRIRE = "reecrire", "nouvelle rédaction"
    INSERER = "inserer", "article à insérer"
    RETIRER = "retirer", "article à retirer"
    RENUMEROTER = "renumeroter", "nouveau numéro"


class ProposalStatus(models.TextChoices):
    OUVERTE = "ouverte", "à examiner"
    ACCEPTEE = "acceptee", "acceptée"
    REFUSEE = "refusee", "refusée"
    RETIREE = "retiree", "retirée"


class PartyChangeKind(models.TextChoices):
    """How a party becomes another, by avenant."""

    NOM = "nom", "nouveau nom ou nouvelle forme"
    SUCCESSION = "succession", "succession (fusion, transfert)"
    ADHESION = "adhesion", "nouvelle partie"
    RETRAIT = "retrait", "retrait d’une partie"


class TerminationKind(models.TextChoices):
    """How a party leaves."""

    RESILIATION = "resiliation", "résiliation"
    MISE_EN_DEMEURE = "mise_en_demeure", "mise en demeure"
    DESACCORD = "desaccord", "fin sur désaccord à la revoyure"
    NON_RENOUVELLEMENT = "non_renouvellement", "annonce de non-renouvellement"


class TerminationStatus(models.TextChoices):
    PREPAREE = "preparee", "préparée"
    NOTIFIEE = "notifiee", "notifiée"
    RETIREE = "retiree", "retirée"
    REMEDIEE = "remediee", "manquement réparé"


class LetterKind(models.TextChoices):
    """How a letter travels; only a registered one notifies a way out."""

    LRAR = "lrar", "lettre recommandée avec avis de réception"
    LRE = "lre", "lettre recommandée électronique"
    RECEPISSE = "recepisse", "lettre déposée contre récépissé"
    SIMPLE = "simple", "courrier ou courriel simple"


class ChecklistReply(models.TextChoices):
    OUI = "oui", "oui"
    NON = "non", "non"
    SANS_OBJET = "sans_objet", "sans objet"

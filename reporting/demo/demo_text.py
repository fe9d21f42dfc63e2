"""The fictitious Val-de-Brenne: the text of its convention-cadre with Action Logement."""

from reporting.demo.pieces import ArticleData, preamble

VISAS = (
    "Vu le code général des collectivités territoriales ;",
    "Vu le code de la construction et de l’habitation, notamment son article L. 313-3 ;",
    "Vu le programme local de l’habitat du Val-de-Brenne ;",
)
CONSIDERANTS = (
    "Considérant que trois salariés sur cinq travaillant à Valbrenne n’y habitent pas ;",
    "Considérant que l’offre de petits logements ne suit plus la demande des jeunes actifs ;",
)

ARTICLES = (
    preamble(
        1,
        "Préambule",
        """
        Le Val-de-Brenne réunit douze communes et un peu plus de 61 000 habitants autour de
        Valbrenne. Deux quartiers y sont prioritaires, Les Tanneries et Beauregard ; Le Port, à
        Montfort-sur-Brenne, reste en veille.

        Ce territoire, comme ceux qui le représentent ici, est imaginaire : la convention sert à
        montrer le portail en usage.
        """,
    ),
    ArticleData(
        "1",
        "Objet",
        """
        La communauté d’agglomération et Action Logement réunissent leurs moyens pour que chaque
        salarié trouve à se loger à une demi-heure de son travail. La convention dit ce que chacun
        doit, quand, et comment on en rend compte.
        """,
    ),
    ArticleData("2", "Engagements de chacun"),
    ArticleData(
        "2.1",
        "Connaître les besoins",
        """
        [[1: Action Logement transmet chaque année les besoins de logement des salariés, chiffrés
        et commentés commune par commune.]] [[2: La communauté d’agglomération l’associe à leur
        exploitation.]]

        [[3: Les parties installent un observatoire partagé]], dont la première note paraît dans
        l’année de la signature.
        """,
    ),
    ArticleData("2.2", "Produire et rénover"),
    ArticleData(
        "2.2.1",
        "Logements locatifs sociaux",
        """
        [[4: La communauté d’agglomération programme 120 logements locatifs sociaux par an]], dont
        la moitié à Valbrenne. [[5: Avant chaque programmation, Action Logement fait connaître les
        opérations qu’il peut financer.]] [[6: Les parties examinent ensemble la programmation
        avant qu’elle soit arrêtée.]]
        """,
    ),
    ArticleData(
        "2.2.2",
        "Rénovation du parc social",
        """
        [[7: La communauté d’agglomération subventionne la rénovation de 200 logements par
        an]], dans la limite de 300 000 €. [[8: Action Logement accompagne ces programmes par ses
        prêts.]] [[9: Chaque année, les parties fixent la part que chacune soutient.]]
        """,
    ),
    ArticleData(
        "2.2.3",
        "Parc privé",
        """
        [[10: La communauté d’agglomération lance une opération programmée d’amélioration de
        l’habitat dans le centre de Valbrenne.]] [[11: Action Logement y réserve des logements
        conventionnés pour des salariés]], une fois l’opération lancée.
        """,
    ),
    ArticleData(
        "2.3",
        "Loger les salariés",
        """
        [[12: Action Logement mobilise ses aides auprès de 400 salariés par an au moins]] : Visale,
        MOBILI-JEUNE®, avances et prêts. [[13: Les parties ouvrent un guichet commun, au siège de
        la communauté d’agglomération.]]

        [[14: Action Logement étudie la création d’une résidence pour jeunes actifs à
        Valbrenne.]] [[15: La communauté d’agglomération propose un terrain à cet effet.]]
        """,
    ),
    ArticleData("2.4", "Attribuer et renouveler"),
    ArticleData(
        "2.4.1",
        "Attributions",
        """
        [[16: Chaque partie consacre aux publics prioritaires 25 % des attributions prononcées sur
        son contingent.]] [[17: La communauté d’agglomération associe Action Logement au plan
        partenarial de gestion de la demande.]] [[18: Chaque semestre, Action Logement rend compte
        des attributions, quartier par quartier.]]
        """,
    ),
    ArticleData(
        "2.4.2",
        "Renouvellement urbain",
        """
        [[19: La convention de renouvellement urbain des Tanneries est annexée dès que tous ses
        partenaires l’ont signée.]] [[20: Action Logement y choisit les terrains qui lui
        reviennent.]]
        """,
    ),
    ArticleData(
        "2.5",
        "Économie du territoire",
        """
        [[21: La communauté d’agglomération remet chaque année, par écrit, sa prospective
        économique.]] [[22: Action Logement adapte ses services aux entreprises qui
        s’installent.]] [[23: Un groupe de travail se réunit chaque semestre.]]
        """,
    ),
    ArticleData(
        "3",
        "Suivi et évaluation",
        """
        [[24: La communauté d’agglomération organise le suivi avec ses douze communes.]] [[25: Les
        parties dressent chaque année le bilan de la convention]], joint au rapport d’activité
        adressé aux maires.
        """,
    ),
    ArticleData(
        "4",
        "Communication",
        """
        [[26: Les parties peuvent présenter ensemble leurs résultats aux entreprises et aux
        habitants.]]
        """,
    ),
    ArticleData(
        "5",
        "Durée",
        """
        [[duree: La convention prend effet le jour de la dernière signature et dure trois ans. Un
        avenant signé avant son terme peut la proroger.]]
        """,
    ),
    ArticleData(
        "6",
        "Revoyure",
        """
        [[27 revoyure: Chaque année, les parties revoient leurs objectifs, leurs résultats et leurs
        moyens.]] Elles rendent leur contribution dans les quarante-cinq jours, se réunissent en
        comité, puis arrêtent ensemble le bilan.

        [[suivi: Un comité de pilotage se réunit au moins deux fois par an.]]

        [[desaccord: Si elles ne s’accordent pas sur la suite, chacune peut se retirer sans
        indemnité, après avoir achevé ce qui était prévu pour l’année.]]
        """,
    ),
    ArticleData(
        "7",
        "Résiliation",
        """
        [[sans_motif: Chaque partie peut sortir de la convention en l’annonçant à l’autre par
        lettre recommandée avec avis de réception. La fin intervient trois mois après l’envoi de la
        lettre.]]

        [[manquement: Quand une partie manque à ses engagements, l’autre la met en demeure par
        lettre recommandée. Faute d’exécution, la convention prend fin deux mois après la réception
        de cette lettre.]]
        """,
    ),
    ArticleData(
        "8",
        "Différends",
        """
        Les parties cherchent une solution amiable pendant deux mois avant de saisir le tribunal.
        """,
    ),
)

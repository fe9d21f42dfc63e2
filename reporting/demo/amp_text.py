"""Aix-Marseille-Provence 2018: three axes, and the blanks that the text left to be filled.

The articles on communication, duration, revoyure and termination keep their numbers (4, 6, 7, 8).
The blanks («X M€») are shown as blanks: nobody ever filled them.
"""

from reporting.demo.pieces import ArticleData, preamble

VISAS = (
    "Vu le code de la construction et de l’habitation, notamment son article L. 313-3 ;",
    "Vu l’ordonnance du 20 octobre 2016 (n° 2016-1408) ;",
)

ARTICLES = (
    preamble(1, "Préambule"),
    preamble(
        2,
        "La métropole",
        """
        La métropole réunit quatre-vingt-douze communes dans six conseils de territoire :
        Marseille-Provence, Pays d’Aix, Pays salonais, Pays d’Aubagne et de l’Étoile, Istres-Ouest
        Provence et Pays de Martigues. L’une d’elles, Pertuis, est dans le Vaucluse.

        Chaque territoire connaît un marché différent. Partout, pourtant, le salarié modeste se
        loge loin de son travail ou renonce à un emploi faute de logement.
        """,
    ),
    preamble(
        2,
        "Action Logement dans la métropole",
        """
        Les chiffres de l’année sont provisoires et restent à compléter :

        - collecte auprès des entreprises : X M€ ;
        - investissements dans le logement social : X M€ ;
        - aides aux salariés : X M€.
        """,
    ),
    ArticleData(
        "1",
        "Objet",
        """
        La métropole et Action Logement conjuguent leurs moyens pour loger les salariés, en accord
        avec la politique métropolitaine de l’habitat. La convention en donne le cadre ; des accords
        d’application la précisent, projet par projet ou territoire par territoire.
        """,
    ),
    ArticleData(
        "2",
        "Trois axes de travail",
        """
        Les parties retiennent trois axes. Elles n’y numérotent pas d’engagements : chaque axe dit
        ce qu’elles feront et qui s’en charge.
        """,
    ),
    ArticleData(
        "",
        "Axe 1. Produire et rénover une offre abordable",
        """
        [[1: Les parties encouragent la production de logements sociaux et intermédiaires près des
        emplois et des transports.]] [[2: La métropole fait connaître sa programmation et les
        terrains qu’elle peut mobiliser]] ; [[3: Action Logement annonce les financements qu’il peut
        y consacrer]], à hauteur de X M€ par an.

        [[4: Elles accompagnent la rénovation du parc social et des copropriétés fragiles.]]
        """,
        depth=2,
    ),
    ArticleData(
        "",
        "Axe 2. Loger et accompagner les salariés",
        """
        [[5: Action Logement mobilise ses aides et ses services auprès des salariés]], jeunes actifs
        et salariés mobiles d’abord. [[6: Il transmet à la métropole les besoins qu’il recense dans
        les entreprises.]] [[7: La métropole l’associe à son observatoire de l’habitat.]]

        [[8: Les parties étudient ensemble les besoins en résidences et en logements de courte
        durée.]]
        """,
        depth=2,
    ),
    ArticleData(
        "",
        "Axe 3. Équilibrer le peuplement et renouveler les quartiers",
        """
        [[9: La métropole associe Action Logement à la conférence intercommunale du logement et aux
        documents qui en procèdent.]] [[10: Action Logement participe aux comités des projets de
        renouvellement urbain.]] Terrains et droits de réservation lui reviennent selon les
        conventions signées avec l’ANRU.

        [[11: Les parties recherchent un juste équilibre entre les six conseils de territoire.]]
        """,
        depth=2,
    ),
    ArticleData(
        "3",
        "Mise en œuvre",
        """
        [[12: Un groupe de travail propose chaque année des actions aux instances de chaque
        partie]], qui en décident. [[13: La métropole en assure le secrétariat]] ; [[14: Action
        Logement y présente son activité de l’année.]]
        """,
    ),
    ArticleData(
        "4",
        "Communication",
        """
        [[15: Les parties font connaître ensemble leurs actions]] et citent l’autre quand elles en
        parlent seules.
        """,
    ),
    ArticleData(
        "5",
        "Règles propres à Action Logement",
        """
        Les financements d’Action Logement suivent la convention quinquennale conclue avec l’État.
        """,
    ),
    ArticleData(
        "6",
        "Durée",
        """
        [[duree: La convention dure trois ans à compter de sa signature ; les parties peuvent la
        proroger.]]
        """,
    ),
    ArticleData(
        "7",
        "Revoyure",
        """
        [[16 revoyure: Chaque année, d’un commun accord, les parties reprennent leurs objectifs et
        la façon de les financer.]] Un avenant peut en résulter.

        [[desaccord: Si elles ne s’accordent pas, elles peuvent se séparer sans indemnité, après
        avoir achevé ce qui était prévu pour l’année.]]
        """,
    ),
    ArticleData(
        "8",
        "Résiliation",
        """
        [[sans_motif: Chaque partie peut mettre fin à la convention à tout moment, par lettre
        recommandée avec avis de réception envoyée un mois avant le jour où elle veut être
        libre.]]
        """,
    ),
)

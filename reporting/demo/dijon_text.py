"""Grand Dijon 2017-2019, as signed: every article under its own number, in our own words."""

from reporting.demo.pieces import ArticleData, preamble

VISAS = (
    "Vu la décision du conseil communautaire du Grand Dijon du 30 mars 2017 ;",
    "Vu la convention quinquennale 2015-2019 conclue entre l’État et Action Logement ;",
)

PREAMBULE = (
    preamble(1, "Préambule"),
    preamble(
        2,
        "Ce qui anime le Grand Dijon",
        """
        Vingt-quatre communes et 257 000 habitants, dont six sur dix à Dijon : la communauté urbaine
        date du 1er janvier 2015 et a demandé, le 6 mars 2017, à devenir métropole. Sa population
        croît encore : 4 200 habitants de plus en cinq ans, de 2009 à 2014.
        """,
    ),
    preamble(
        3,
        "Une économie qui attire plus d’actifs qu’elle n’en loge",
        """
        Le territoire réunit 16 953 établissements et 137 000 emplois environ ; 60 % des emplois du
        département s’y trouvent. Les services en représentent plus de 80 %. Le chômage, à 8,6 %,
        reste sous la moyenne du pays.

        Pour cent actifs qui habitent ici et travaillent, on compte 130 emplois. Beaucoup viennent
        donc de plus loin chaque matin : le logement des salariés est un enjeu de premier rang.
        """,
    ),
    preamble(
        3,
        "Quinze ans de politique de l’habitat",
        """
        La communauté urbaine y consacre environ 7 M€ d’investissement et 350 000 € de
        fonctionnement par an, et gère depuis 2006 quelque 3,5 M€ d’aides à la pierre. Son deuxième
        programme local de l’habitat court jusqu’à la fin de 2020 ; il vise 1 900 logements par an,
        plus de loyers modérés, une accession abordable et la rénovation du parc existant.
        """,
    ),
    preamble(
        3,
        "Cinq quartiers prioritaires, deux en veille",
        """
        Depuis 2015, cinq quartiers sont prioritaires et deux restent en veille :

        - le Mail, à Chenôve, retenu au titre national du renouvellement urbain ;
        - la Fontaine d’Ouche, à Dijon, retenue au titre régional ;
        - les Grésilles, à Dijon ;
        - le Bief du Moulin, à Longvic, et Guynemer, en veille ;
        - le Belvédère, à Talant ;
        - le Centre-Ville de Quetigny, en veille.

        Le contrat de ville a été signé le 6 juillet 2015.
        """,
    ),
    preamble(
        2,
        "Ce qui anime Action Logement",
        """
        Action Logement met la contribution des entreprises au service de ceux qui travaillent. En
        2015, 348 entreprises ont versé 5 M€ sur le territoire. Les programmes sociaux ont reçu 7 M€
        contre 350 réservations, et les salariés 2 003 aides pour 5,3 M€. Sur 879 demandes, 447 ont
        abouti, presque toutes sous les plafonds du PLUS et du PLAI (98 %).
        """,
    ),
    preamble(
        3,
        "Un groupe réorganisé",
        """
        La réforme engagée en avril 2015 donne naissance, au début de 2017, à un groupe national qui
        s’appuie sur des comités régionaux paritaires. Il vise 20 % de bénéficiaires de plus d’ici
        2020 et prend part aux conférences intercommunales du logement.
        """,
    ),
)

CORPS = (
    ArticleData(
        "1",
        "Objet",
        """
        La convention fixe les orientations que le Grand Dijon et Action Logement partagent, et ce
        que chacun doit à l’autre, pour loger les salariés. [[1: Des avenants peuvent la décliner,
        projet par projet.]]
        """,
    ),
    ArticleData(
        "2",
        "Engagements de chacun : nature et buts",
        """
        [[2: Durant trois ans, les parties concourent à une offre de logements qui serve le parcours
        des salariés]], en accord avec le programme local de l’habitat. À cet effet :

        - [[3: elles portent ensemble l’attrait du territoire et le font connaître]] ;
        - [[4: elles mettent en commun leurs données sur la demande]], pour ajuster l’offre ;
        - [[5: elles cherchent la meilleure répartition de leurs financements]] ;
        - [[6: elles s’informent régulièrement des projets économiques et des projets de
        logement]] ;
        - [[7: chacune tient l’autre au courant des aides qu’elle propose.]]
        """,
    ),
    ArticleData(
        "2.1",
        "Faire connaître le territoire",
        """
        [[8: Les parties construisent et diffusent ensemble une information sur les atouts du
        territoire]], à l’usage des entreprises et de leurs salariés. Elles peuvent y consacrer des
        supports communs, selon un plan établi à deux.
        """,
    ),
    ArticleData(
        "2.2",
        "Analyser les besoins",
        """
        Le lien entre domicile et travail pèse dans les choix des ménages, sans en décider seul.
        [[9: Les parties réunissent un groupe de travail qui recense les données et arrête une
        méthode de suivi.]]

        [[10: Action Logement communique les besoins qu’il repère chez les salariés]], à l’appui de
        l’observatoire de l’habitat. [[11: Il conduit en 2017 un diagnostic Emploi-Logement auprès
        des entreprises.]] Ses données peuvent être remises en tableaux.

        [[12: Les besoins qui appellent une réponse particulière – résidences meublées, jeunes
        actifs, mobilité – sont étudiés à part.]] [[13: Le Grand Dijon associe Action Logement au
        traitement des données reçues.]]
        """,
    ),
    ArticleData("2.3", "Soutenir les loyers modérés"),
    ArticleData(
        "2.3.1",
        "Produire une offre nouvelle",
        """
        Au 1er janvier 2015, 24 758 logements comptaient au titre de la loi SRU, soit 20,24 % des
        résidences principales. Cinq communes restaient en deçà : Chevigny-Saint-Sauveur, Dijon,
        Fontaine-lès-Dijon, Marsannay-la-Côte et Saint-Apollinaire.

        [[14: La programmation retient 790 logements conventionnés par an, dont 720 publics et 70
        privés]] ; environ 250 proviennent du parc existant. [[15: Chaque année, les parties
        examinent les opérations qu’Action Logement soutient]], celles du parc privé en particulier.
        """,
    ),
    ArticleData(
        "",
        "Solutions nouvelles",
        """
        [[16: Les parties étudient et encouragent d’autres façons de loger]] : colocation, habitat
        entre générations, salariés précaires, ou ce que demanderaient les entreprises.
        """,
        depth=4,
    ),
    ArticleData(
        "2.3.2",
        "Rénover le parc des bailleurs sociaux",
        """
        De 2010 à 2014, un premier accord a permis de rénover 1 915 logements dans 68 programmes,
        pour 34,5 M€ de travaux. Le Grand Dijon y a mis 5 554 050 € de subventions et les
        collecteurs d’Action Logement 2,2 M€ de prêts.

        De 2015 à 2020, vingt-quatre ensembles sont prévus, soit près de 2 350 logements. [[17: Le
        Grand Dijon y consacre environ 800 000 € de subventions par an]], à condition que les
        bailleurs n’augmentent pas ce que paient les ménages pour la part aidée. [[18: Action
        Logement intervient par les prêts de haut de bilan du plan 2016-2019.]] [[19: Les parties
        fixent chaque année les rénovations à accompagner en premier.]]
        """,
    ),
    ArticleData("2.4", "Loger les salariés dans le parc privé"),
    ArticleData(
        "2.4.1",
        "Le locatif privé ancien",
        """
        [[20: Les parties étudient comment aider les propriétaires qui louent]], d’abord dans les
        opérations programmées : réserver des logements conventionnés, financer des travaux
        d’énergie, sécuriser locataire et bailleur.

        [[21: À la commission locale de l’habitat privé (CLAH), Action Logement voit les dossiers et
        peut y choisir ses réservations.]] [[22: Une campagne commune peut s’adresser aux
        bailleurs privés.]]
        """,
    ),
    ArticleData(
        "2.4.2",
        "L’accession à la propriété",
        """
        Le programme local de l’habitat prévoit 320 logements en accession abordable, y compris
        par location-accession. [[23: Les parties réfléchissent ensemble aux projets d’accession
        aidée]], y compris dans les quartiers prioritaires. [[24: Action Logement mobilise ses aides
        à l’accession, pour la location-accession et la vente de logements sociaux à leurs
        occupants.]]
        """,
    ),
    ArticleData(
        "2.5",
        "Encourager la mixité",
        """
        La conférence intercommunale du logement, installée le 16 janvier 2016, a posé les grandes
        orientations. [[25: Le Grand Dijon élabore le plan partenarial de gestion de la demande]] et
        [[26: y associe Action Logement, qui enregistre des demandes et réserve des logements.]]

        [[27: Action Logement prend part à l’objectif de mixité, comme l’a prévu la convention
        d’équilibre territorial]], sans que les attributions à ses salariés en diminuent. [[28: Les
        parties évaluent ce dernier point.]]
        """,
    ),
    ArticleData(
        "2.6",
        "Accueillir les salariés des entreprises qui s’installent",
        """
        [[29: Les parties échangent sur les projets des entreprises et sur l’emploi.]] [[30: Le
        Grand Dijon partage la prospective économique dont il dispose.]] [[31: Ces échanges ont lieu
        au moins une fois par an, avec l’agence Dijon Développement.]]

        [[32: Les parties élargissent l’accord conclu avec cette agence en 2014.]] [[33: Un groupe
        de travail commun définit une offre complète]], en logement comme en aides, capable de
        répondre vite.
        """,
    ),
    ArticleData(
        "2.7",
        "Articuler les aides",
        """
        [[34: Les parties partagent la connaissance de leurs aides et en améliorent l’usage.]]
        [[35: Des forums de l’habitat peuvent se tenir dans les entreprises]], où l’on présente
        l’offre et où l’on entend les attentes.
        """,
    ),
    ArticleData(
        "2.8",
        "Accompagner le renouvellement urbain",
        """
        [[36: Le Grand Dijon, porteur des projets du Mail et de la Fontaine d’Ouche, y associe
        Action Logement]] ; [[37: celui-ci siège dans leurs deux comités, pilotage et technique.]]

        [[38: Action Logement fait connaître ce que les salariés attendent de ces quartiers]] et
        [[39: choisit en conséquence ses réservations et les contreparties foncières.]] Des terrains
        ou droits à construire, d’une part, des droits de réservation, d’autre part, lui reviennent
        selon les conventions de renouvellement urbain.
        """,
    ),
    ArticleData("3", "Moyens de chacun"),
    ArticleData(
        "3.1",
        "Ce qu’apporte Action Logement",
        """
        Ses financements suivent la convention quinquennale et donnent lieu à des réservations.
        [[40: Chaque année, Action Logement partage sa programmation et annonce les crédits
        mobilisables.]] [[41: Il finance la rénovation du parc social et celle des bailleurs
        salariés, l’énergie d’abord.]] [[42: Il mobilise ses aides directes aux salariés]], quitte à
        en revoir les priorités après le diagnostic. [[43: Il oriente ses prêts vers les logements
        qui facilitent l’accès à l’emploi.]]
        """,
    ),
    ArticleData(
        "3.2",
        "Ce qu’apporte le Grand Dijon",
        """
        Les engagements du Grand Dijon dépendent du vote de son budget et de la délégation des aides
        à la pierre. [[44: Il consulte Action Logement sur la programmation annuelle et choisit avec
        lui les programmes à soutenir.]] [[45: Il l’associe à la rénovation des logements
        privés.]] [[46: Il réunit Action Logement et ses filiales sur les projets à venir.]]
        """,
    ),
    ArticleData(
        "4",
        "Suivre et évaluer",
        """
        [[47: Le Grand Dijon assure le suivi de la convention, avec ses vingt-quatre communes.]] Les
        parties évaluent ensemble :

        - [[48: ce que chacune fait pour valoriser l’action de l’autre]] ;
        - [[49: la mise en commun des données d’observation]] ;
        - [[50: le bilan des objectifs et des engagements.]]
        """,
    ),
    ArticleData(
        "5",
        "Durée",
        """
        [[duree: La convention dure trois ans ; les parties peuvent la proroger.]] Un avenant peut
        la modifier si le programme local de l’habitat change, ou si les règles, l’organisation ou
        les moyens d’Action Logement changent de façon marquée.
        """,
    ),
)

ARTICLES = PREAMBULE + CORPS

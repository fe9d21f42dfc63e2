"""Grand Besançon 2017-2019, as signed: every article under its own number, in our own words."""

from reporting.demo.pieces import ArticleData, preamble

VISAS = (
    "Vu le code de la construction et de l’habitation, notamment son article L. 313-3 ;",
    "Vu l’ordonnance du 20 octobre 2016 (n° 2016-1408), qui réorganise la participation des "
    "employeurs au logement ;",
    "Vu la délibération n° 2017/003870 du conseil de communauté, prise le 16 novembre 2017 et "
    "reçue en préfecture du Doubs le 29 novembre 2017 ;",
)

PREAMBULE = (
    preamble(1, "Préambule"),
    preamble(2, "Ce qui anime Grand Besançon", number="1)"),
    preamble(
        3,
        "Une ville, soixante-neuf communes, un même bassin de vie",
        """
        Soixante-dix communes composent l’agglomération. Besançon en est la ville centre, avec
        117 000 habitants ; la plus peuplée des soixante-neuf autres en compte 4 500. L’ensemble
        approche 200 000 habitants, à peu de distance de la Suisse, et accueille 23 000 étudiants.

        Ce territoire attire par son cadre de vie. Il lui reste à retenir ceux qui viennent y
        travailler.
        """,
    ),
    preamble(
        3,
        "Les quartiers du contrat de ville",
        """
        Vingt et un partenaires ont signé en février 2015 le contrat de ville 2015-2020. Ils y
        répartissent leurs moyens ordinaires et ceux du contrat entre cinq quartiers prioritaires :

        - Planoise, retenu au titre national du renouvellement urbain ;
        - la Cité Brulard, retenue au titre régional ;
        - Montrapon ;
        - Clairs-Soleils ;
        - Palente-Orchamps.

        D’autres secteurs restent sous observation, dont Curie, à Novillars.
        """,
    ),
    preamble(
        3,
        "Le renouvellement urbain en préparation",
        """
        Depuis février 2016, un protocole fixe les études et le calendrier des opérations à venir.
        La conférence intercommunale du logement, réunie pour la première fois en octobre 2016, a
        posé les buts de mixité que ces opérations devront servir.
        """,
    ),
    preamble(
        3,
        "La tranquillité des habitants",
        """
        La tranquillité publique vient en tête des priorités du contrat de ville. Police municipale
        et police nationale se sont coordonnées par convention ; un centre de supervision veille
        sur les caméras ; la gestion de proximité rapproche la Ville et les bailleurs.
        """,
    ),
    preamble(
        3,
        "Les entreprises et l’emploi",
        """
        On compte ici 10 200 entreprises et plus de 82 000 emplois, ainsi que cinquante-six zones
        d’activités étendues sur plus de 700 hectares. Microtechniques et thérapies innovantes y
        tiennent une place à part, reconnue depuis 2016 par le réseau French Tech.

        Une entreprise qui s’installe ou qui grandit crée des besoins de logement : les deux
        parties veulent les voir venir.
        """,
    ),
    preamble(
        3,
        "Les commerces et les services",
        """
        Commerces et équipements maillent la ville centre et les bourgs. L’hôpital universitaire
        Jean-Minjoz et l’institut régional du cancer rayonnent bien au-delà de l’agglomération.
        """,
    ),
    preamble(
        3,
        "L’habitat",
        """
        Le programme local de l’habitat couvre les années 2013 à 2019. Il vise 1 100 logements
        nouveaux chaque année. Pour le locatif public, deux tiers environ reviennent à la ville
        centre (66 %) et un tiers aux autres communes (34 %), les pôles relais d’abord. Dans les
        communes de l’armature, l’offre nouvelle se partage entre l’individuel, pour 70 %, et le
        collectif ou l’intermédiaire, pour 30 % au moins.

        Six enjeux le guident : l’énergie, dans un parc dont 34 % date des années 1948 à 1975 ;
        la mixité ; le départ des ménages vers d’autres territoires ; l’économie du sol ; l’âge et
        le handicap ; le logement des jeunes.
        """,
    ),
    preamble(2, "Ce qui anime Action Logement", number="2)"),
    preamble(
        3,
        "Loger ceux qui travaillent",
        """
        Depuis plus de soixante ans, Action Logement emploie la contribution des entreprises du
        secteur privé à rapprocher logement et emploi. Il finance et construit des logements
        sociaux et intermédiaires ; il aide aussi les salariés eux-mêmes, par des prêts, des
        garanties, des réservations et des conseils.
        """,
    ),
    preamble(
        3,
        "Une année sur le territoire : 2016",
        """
        En 2016, 275 entreprises ont versé 2,3 M€. Les programmes sociaux en ont reçu 2,5 M€, en
        échange de 165 réservations ; le stock atteignait 1 847 réservations au 31 décembre. Les
        aides directes aux salariés, au nombre de 1 123, ont représenté 2,9 M€. Sur 277 demandes
        déposées, 60 ont abouti à une attribution.
        """,
    ),
    preamble(
        3,
        "Une organisation refondue, présente dans chaque région",
        """
        La réforme voulue par les partenaires sociaux s’applique depuis le 1er janvier 2017. Douze
        comités régionaux et cinq comités territoriaux, tous paritaires, portent la parole du
        groupe auprès des élus ; treize délégations régionales préparent et suivent leurs accords.
        """,
    ),
)

CORPS = (
    ArticleData(
        "1",
        "Objet",
        """
        La convention organise l’action commune de Grand Besançon et d’Action Logement, et fixe ce
        que chacun doit à l’autre. Elle cherche à mieux loger les salariés et ceux qui reprennent
        un emploi, et à soutenir l’économie de l’agglomération.

        Action Logement n’y finance directement que des bénéficiaires admis aux emplois de la
        participation des employeurs. La délégation des aides à la pierre lui reste étrangère.
        """,
    ),
    ArticleData(
        "2",
        "Engagements de chacun : nature et buts",
        """
        L’habitat tient une place centrale dans le projet d’agglomération. [[1: Durant trois ans,
        les parties concourent à une offre de logements qui serve le parcours des salariés]], dans
        le cadre du programme local de l’habitat. [[2: Elles soutiennent les dynamiques
        économiques et un peuplement équilibré.]]

        [[3: Elles réunissent leurs moyens autour de six buts]] :

        - connaître ensemble les besoins ;
        - bâtir l’offre qui leur répond ;
        - accompagner les salariés d’un logement à l’autre ;
        - encourager la mixité ;
        - rendre le territoire attractif ;
        - faire connaître ce qui s’y fait.
        """,
    ),
    ArticleData(
        "2.1",
        "Connaître ensemble les besoins des salariés",
        """
        On choisit rarement son logement pour une seule raison : l’emploi des conjoints, l’école,
        les proches, les services et le budget comptent à la fois. [[4: Les parties mènent un
        travail commun, ouvert aux partenaires de leur choix, sur le lien entre domicile et lieu de
        travail.]]

        [[5: Action Logement transmet à Grand Besançon les besoins de logement qu’il recense chez
        les salariés]], chiffrés et commentés, pour que la programmation en tienne compte.
        [[6: Il lance en 2017, auprès des entreprises, un diagnostic Emploi-Logement]] qui nourrit
        cette transmission.

        [[7: Les parties étudient à part la situation des jeunes, des salariés mobiles et de ceux
        qui traversent une difficulté.]]

        [[8: Un groupe de travail recense les données utiles et arrête une méthode de suivi.]]
        [[9: Action Logement peut remettre ses données déjà traitées, ou en tableaux que l’on
        croise aisément.]] [[10: Grand Besançon l’associe à leur exploitation, s’il en décide
        une.]]
        """,
    ),
    ArticleData(
        "2.2",
        "Développer l’offre de logements",
        """
        Une offre variée et abordable attire les ménages et les garde. Les parties s’accordent sur
        cinq principes : le logement ouvre l’accès à l’emploi ; changer de logement doit être
        simple ; la gamme suit les ressources de chacun ; l’énergie compte autant que le prix ; le
        peuplement se pense avec les services.

        [[11: Elles actionnent de concert la production et la réhabilitation]] sur quatre segments :

        - le locatif social, public et privé ;
        - les résidences et logements réservés à des salariés particuliers ;
        - l’accession à la propriété ;
        - le locatif intermédiaire ou libre.

        [[12: Chacune fait connaître à l’autre ses aides et ses services ; elles en recherchent
        les complémentarités.]]
        """,
    ),
    ArticleData(
        "2.2.1",
        "Produire des logements locatifs sociaux",
        """
        [[13: Le rythme retenu par le programme local de l’habitat est de 170 logements locatifs
        sociaux par an]], communaux compris, neufs ou tirés du parc existant (PLUS, PLAI et PLS).

        [[14: Quand la programmation de l’année se prépare, les parties passent en revue les
        opérations qu’Action Logement soutient.]] Grand Besançon y intervient comme délégataire
        des aides à la pierre.
        """,
    ),
    ArticleData(
        "2.2.2",
        "Inventer d’autres façons d’habiter",
        """
        [[15: Les parties étudient et encouragent des solutions nouvelles]] : colocation, logements
        pour salariés précaires, habitat entre générations, ou toute autre idée qui réponde à ce
        que demandent les entreprises.

        [[16: Un groupe de travail examine de près ces opérations]] ; les deux parties décident
        ensemble de qui le rejoint.
        """,
    ),
    ArticleData(
        "2.2.3",
        "Rénover le parc social existant",
        """
        L’écart d’énergie se creuse entre immeubles neufs et immeubles anciens. [[17: Le programme
        local de l’habitat prévoit d’améliorer 3 000 logements sociaux, au rythme moyen de 500 par
        an.]] Grand Besançon y aide par ses subventions et ses garanties d’emprunt, au service de
        son plan climat. Les prêts de haut de bilan, 2 milliards d’euros à l’échelle du pays pour
        2016-2019, vont pour deux tiers à l’énergie.

        [[18: Action Logement accompagne des programmes de rénovation choisis selon les besoins des
        salariés et les priorités convenues.]] [[19: Les parties débattent chaque année de la part
        qu’il soutient, au vu des programmes qui démarrent.]]
        """,
    ),
    ArticleData(
        "2.2.4",
        "Mobiliser le parc privé ancien",
        """
        L’accord passé entre Action Logement et l’Anah en février 2015, complété en juillet 2016,
        sert de cadre. [[20: Les parties étudient comment aider les propriétaires qui louent :
        repérer des logements à réserver, financer des travaux d’économie d’énergie, sécuriser le
        locataire et la gestion]] par les garanties et aides d’Action Logement (Visale, LOCA-PASS®,
        CIL-PASS Assistance®, MOBILI-JEUNE®, MOBILI-PASS®).

        [[21: Elles agissent ensemble dans les opérations programmées]], s’il s’en conclut, pour
        ranimer les centres proches des emplois.

        Action Logement siège à la commission locale de l’habitat privé (CLAH) ; [[22: il y prend
        connaissance des dossiers et peut y choisir ses réservations, en accord avec Grand
        Besançon.]] [[23: Une campagne commune peut présenter ces aides aux bailleurs privés.]]
        """,
    ),
    ArticleData(
        "2.2.5",
        "Devenir propriétaire",
        """
        Grand Besançon veut une accession sûre et de bonne qualité, qui garde dans l’agglomération
        ceux qui achètent pour la première fois. [[24: Les parties réfléchissent ensemble aux
        projets d’accession]] : demande exprimée, besoins à venir, façons de vendre. [[25: Elles
        regardent si de tels projets sont possibles dans les quartiers prioritaires.]]

        [[26: Les filiales immobilières d’Action Logement peuvent prendre part à ces réflexions]],
        sans privilège ni conflit d’intérêts (article L. 313-17-3 du code de la construction et de
        l’habitation).
        """,
    ),
    ArticleData(
        "2.3",
        "Accompagner les parcours résidentiels",
        """
        [[27: Les parties veillent au bon emploi des logements réservés, du PLAI à l’intermédiaire
        et au parc conventionné avec l’Anah.]] [[28: Elles facilitent l’achat d’un logement par les
        habitants, et d’abord par les salariés.]]

        [[29: Elles étudient comment leurs aides se complètent et en font profiter les salariés qui
        changent de logement.]]
        """,
    ),
    ArticleData("2.4", "Équilibrer le peuplement"),
    ArticleData(
        "2.4.1",
        "Gérer la demande et les attributions",
        """
        La loi confie aux intercommunalités la conduite de la politique de peuplement. La
        conférence intercommunale du logement est en place depuis le 21 octobre 2016. [[30: Avec
        elle, Grand Besançon écrit le document-cadre qui oriente les attributions.]] [[31: Il
        associe Action Logement à la convention intercommunale d’attribution et au plan partenarial
        de gestion de la demande.]]

        La conférence désigne les publics prioritaires. [[32: Chaque partie leur consacre 25 % des
        attributions prononcées sur son propre contingent.]]
        """,
    ),
    ArticleData(
        "2.4.2",
        "Renouveler les quartiers",
        """
        Planoise, d’intérêt national, et la Grette, d’intérêt régional, entrent dans le nouveau
        programme de renouvellement urbain. [[33: Les parties encouragent une gamme complète de
        logements, pour que ces quartiers se mêlent davantage.]]

        En échange de ses financements, Action Logement reçoit des terrains ou des droits à
        construire, et des réservations dans les quartiers comme ailleurs. Le détail en revient
        aux conventions de renouvellement urbain que l’ANRU, la collectivité, les bailleurs et
        Foncière Logement signent avec lui. [[34: Ces conventions s’annexent à la présente dès
        qu’elles existent.]]
        """,
    ),
    ArticleData(
        "2.5",
        "Servir l’économie du territoire",
        """
        [[35: Les parties se tiennent informées des projets des entreprises et des mouvements de
        l’emploi.]] [[36: Grand Besançon partage à cette fin la prospective économique dont il
        dispose]] : l’offre de logements peut alors précéder les besoins, et les aides s’y ajuster.

        [[37: Un groupe de travail se réunit au moins une fois par an]] ; d’autres partenaires
        peuvent s’y joindre.
        """,
    ),
    ArticleData(
        "3",
        "Suivre et évaluer",
        """
        [[38: Grand Besançon assure le suivi de la convention, avec ses soixante-dix communes.]]
        Les parties évaluent ensemble :

        - [[39: ce que chacune fait pour mettre en valeur l’action de l’autre]], dans la presse, en
        ligne ou lors de journées ouvertes aux habitants ;
        - [[40: la mise en commun des données d’observation]] ;
        - [[41: la part que le comité régional d’Action Logement prend au suivi du programme local
        de l’habitat]] ;
        - [[42: le bilan des objectifs et des engagements.]]
        """,
    ),
    ArticleData(
        "4",
        "Règles propres à Action Logement",
        """
        Les aides d’Action Logement obéissent à la convention quinquennale conclue avec l’État, ou
        à celle qui lui succéderait, et à l’ordonnance du 20 octobre 2016.
        """,
    ),
    ArticleData(
        "5",
        "Durée",
        """
        [[duree: La convention dure trois ans ; les parties peuvent la proroger.]]
        """,
    ),
    ArticleData(
        "6",
        "Revoyure",
        """
        [[43 revoyure: Une fois par an, les parties reprennent ensemble leurs objectifs et la façon
        de les financer.]] Elles peuvent alors réviser leurs engagements par avenant, selon les
        résultats, la vie locale et ce qu’auront montré les diagnostics.

        [[desaccord: Faute d’accord sur cette révision, elles peuvent se séparer sans indemnité ;
        chacune achève ce qui était prévu pour l’année, à moins qu’elles n’en décident autrement ou
        que ce soit manifestement impossible.]]
        """,
    ),
    ArticleData(
        "7",
        "Résiliation",
        """
        [[sans_motif: Chaque partie peut sortir de la convention sans donner de raison ni rien
        payer, par lettre recommandée avec avis de réception. La sortie intervient trois mois après
        l’envoi de cette lettre.]]

        [[manquement: Si une partie ne tient pas ses engagements, l’autre la met en demeure par
        lettre déposée contre récépissé ; la convention est résiliée de plein droit trois mois
        après ce dépôt.]]
        """,
    ),
    ArticleData(
        "8",
        "Différends",
        """
        Les parties cherchent d’abord à s’entendre. À défaut, le litige va aux tribunaux parisiens :
        ceux qui relèvent de la cour d’appel de Paris.
        """,
    ),
)

ARTICLES = PREAMBULE + CORPS

"""The sentences of an avenant, as a French act would say them."""

from datetime import date

from conventions.enums import ActKind, ArticleKind, Change
from conventions.rules.avenants import (
    Name,
    Planned,
    Provision,
    closing_words,
    places_of,
    provisions,
)

NAMES = {
    1: Name(ArticleKind.ARTICLE, "1", "Objet"),
    2: Name(ArticleKind.ARTICLE, "2", "Durée"),
    3: Name(ArticleKind.ARTICLE, "3", "Pilotage"),
    4: Name(ArticleKind.ANNEXE, "1", "Calendrier"),
    5: Name(ArticleKind.PREAMBULE, "", "Préambule"),
    6: Name(ArticleKind.INTERTITRE, "", "Les enjeux"),
    9: Name(ArticleKind.ARTICLE, "2 bis", "Prorogation"),
    10: Name(ArticleKind.ARTICLE, "2 ter", "Terme"),
}
NEW_YEAR = date(2028, 1, 1)


def said(*operations: Planned) -> list[str]:
    return [one.sentence.replace("\u00a0", " ") for one in provisions(operations, NAMES)]


def test_a_replacement_names_the_article_and_gives_its_new_wording():
    (one,) = provisions([Planned(1, Change.REMPLACER, 2, heading="Durée", body="Dix ans.")], NAMES)
    assert one.sentence == "L’article\u00a02 est remplacé par les dispositions suivantes\u00a0:"
    assert (one.title, one.number, one.heading, one.body) == (
        "Article\u00a01er", "2", "Durée", "Dix ans.",
    )  # fmt: skip
    assert one.has_wording


def test_a_repeal_says_from_which_day_when_it_is_not_the_act_s():
    assert said(Planned(1, Change.ABROGER, 3)) == ["L’article 3 est abrogé."]
    assert said(Planned(1, Change.ABROGER, 3, on=NEW_YEAR)) == [
        "L’article 3 est abrogé à compter du 1er janvier 2028."
    ]


def test_words_agree_with_what_is_changed():
    assert said(Planned(1, Change.ABROGER, 4)) == ["L’annexe 1 est abrogée."]
    assert said(Planned(1, Change.REMPLACER, 5)) == [
        "Le préambule est remplacé par les dispositions suivantes :"
    ]
    assert said(Planned(1, Change.ABROGER, 6)) == ["L’intertitre « Les enjeux » est abrogé."]


def test_an_insertion_says_behind_which_article():
    one = Planned(1, Change.ECRIRE, 9, number="2 bis", heading="X", after=2, is_new=True)
    assert said(one) == ["Après l’article 2, il est inséré un article 2 bis ainsi rédigé :"]


def test_the_second_insertion_at_one_place_stands_behind_the_first():
    first = Planned(1, Change.ECRIRE, 9, number="2 bis", after=2, is_new=True)
    second = Planned(2, Change.ECRIRE, 10, number="2 ter", after=2, is_new=True)
    assert said(first, second)[1] == (
        "Après l’article 2 bis, il est inséré un article 2 ter ainsi rédigé :"
    )


def test_an_insertion_may_come_first_of_an_article_or_of_the_text():
    inside = Planned(1, Change.ECRIRE, 9, number="2.1", parent=2, is_new=True)
    assert said(inside) == ["Au début de l’article 2, il est inséré un article 2.1 ainsi rédigé :"]
    begun = Planned(1, Change.ECRIRE, 9, number="1", parent=5, is_new=True)
    assert said(begun) == ["Au début du préambule, il est inséré un article 1 ainsi rédigé :"]
    annexe = Planned(1, Change.ECRIRE, 9, number="2", kind=ArticleKind.ANNEXE, is_new=True)
    assert said(annexe) == ["En tête du texte, il est inséré une annexe 2 ainsi rédigée :"]


def test_a_repealed_article_is_restored_under_its_own_name():
    one = Planned(1, Change.ECRIRE, 2, number="2", heading="Durée", body="Dix ans.")
    assert said(one) == ["L’article 2, abrogé, est rétabli dans la rédaction suivante :"]


def test_renumberings_in_a_row_make_one_article():
    rows = [Planned(key, Change.RENUMEROTER, key, number=str(key + 1)) for key in (2, 3)]
    assert said(*rows) == ["L’article 2 devient l’article 3 et l’article 3 devient l’article 4."]
    many = [Planned(9 + key, Change.RENUMEROTER, key, number="9") for key in (1, 2, 3, 4)]
    (one,) = provisions(many, NAMES)
    assert one.body.splitlines()[2:] == ["| 1 | 9 |", "| 2 | 9 |", "| 3 | 9 |", "| 1 | 9 |"]
    assert not one.has_wording


def test_every_operation_knows_its_article_of_the_avenant():
    rows = [
        (1, Change.REMPLACER, None),
        (2, Change.RENUMEROTER, None),
        (3, Change.RENUMEROTER, None),
        (4, Change.RENUMEROTER, NEW_YEAR),
        (5, Change.ABROGER, None),
        (6, Change.ABROGER, None),
    ]
    assert places_of(rows) == {1: 1, 2: 2, 3: 2, 4: 3, 5: 4, 6: 5}


def test_other_provisions_come_behind_the_operations():
    found = provisions([Planned(1, Change.ABROGER, 3)], NAMES, [Provision("La durée change.")])
    assert [(one.title, one.sentence) for one in found][1] == (
        "Article\u00a02", "La durée change.",
    )  # fmt: skip


def test_an_avenant_ends_with_what_does_not_change_and_its_day_of_effect():
    assert closing_words(ActKind.AVENANT, "", NEW_YEAR) == (
        "Les autres dispositions de la convention demeurent inchangées.\n\n"
        "Le présent avenant prend effet le 1er\u00a0janvier\u00a02028."
    )
    assert closing_words(ActKind.ERRATUM, "Il sera publié.", None) == (
        "Il sera publié.\n\nLe présent erratum prend effet à la date de sa signature."
    )

"""The Akoma Ntoso file: what it says of a convention, and the rules that hold its form."""

import io
from datetime import date

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from conventions.enums import ArticleKind, Change
from reporting.exchange.akn_facts import akn_text
from reporting.rules.akn import akoma_ntoso
from reporting.rules.akn_schema import RULES, problems
from reporting.rules.akn_source import (
    AknAct,
    AknArticle,
    AknChange,
    AknParty,
    AknSignatory,
    AknText,
)
from reporting.rules.akn_xml import NAMESPACE
from reporting.tests.exchange_world import make_full_convention

NS = {"a": NAMESPACE}
DAY = date(2018, 1, 11)
LATER = date(2018, 7, 1)


def article(code: int, **fields) -> AknArticle:
    values = {
        "kind": ArticleKind.ARTICLE, "number": str(code), "heading": f"Titre {code}",
        "body": "Texte.", "label": f"article {code}", "act": 0, "since": DAY,
    }  # fmt: skip
    return AknArticle(code=code, **(values | fields))


def text(*articles, **fields) -> AknText:
    change = AknChange(1, 1, 1, Change.REMPLACER, 2, LATER, "Modifié", body="Neuf {{art:1}}.")
    values = {
        "reference": "ESSAI-2018", "title": "Convention d’essai", "on": date(2019, 1, 1),
        "parties": (AknParty(1, "Grand Lac", "l’EPCI", "siren-200011773"),),
        "articles": articles or (article(1), article(2, act=1, since=LATER)),
        "acts": (
            AknAct(0, "initial", "convention initiale", "", DAY, DAY),
            AknAct(1, "avenant", "avenant n° 1", "Un", LATER, LATER, changes=(change,)),
        ),
        "signatories": (AknSignatory(0, 1, "Camille Durand", "présidente", 1),),
        "visas": ("Vu le code",), "considerants": ("Considérant que",),
        "definitions": (("CIL", "conférence"),), "labels": {1: "article 1", 2: "article 2"},
    }  # fmt: skip
    return AknText(**(values | fields))


def read(data: bytes):
    return etree.fromstring(data)


def found(root, path: str) -> list:
    return root.xpath(path, namespaces=NS)


def test_a_text_with_an_avenant_follows_the_schema():
    assert problems(akoma_ntoso(text())) == []


def test_a_draft_and_an_empty_text_follow_the_schema():
    assert problems(akoma_ntoso(text(acts=(), signatories=()))) == []
    bare = AknText("R-1", "Titre", DAY, (), ())
    assert problems(akoma_ntoso(bare)) == []


def test_each_act_is_an_event_and_each_change_a_modification():
    root = read(akoma_ntoso(text()))
    events = found(root, "//a:lifecycle/a:eventRef")
    assert [one.get("type") for one in events] == ["generation", "amendment"]
    assert [one.get("date") for one in events] == ["2018-01-11", "2018-07-01"]
    [change] = found(root, "//a:passiveModifications/a:textualMod")
    assert change.get("type") == "substitution"
    assert found(change, "a:destination/@href") == ["#art_2"]
    [source] = found(change, "a:source/@href")
    assert found(root, f"//*[@eId='{source[1:]}']//a:content")
    assert found(root, "//a:article[@eId='art_2']/@period") == ["#period_1_2018-07-01"]
    assert found(root, "//a:activeModifications/a:textualMod")


def test_a_change_to_come_is_no_modification_of_the_day():
    root = read(akoma_ntoso(text(on=date(2018, 6, 1))))
    assert not found(root, "//a:passiveModifications")
    assert problems(akoma_ntoso(text(article(1), on=date(2018, 6, 1)))) == []


def test_references_lead_to_their_article_and_keep_its_number():
    body = "Voir **{{art:2}}** et {{art:77}}.\n\n1. un\n  - deux\n\n| a | b |\n|---|---|\n| c | d |"
    data = akoma_ntoso(text(article(1, body=body), article(2)))
    root = read(data)
    assert problems(data) == []
    assert found(root, "//a:article[1]//a:b/a:ref/@href") == ["#art_2"]
    assert found(root, "//a:article[1]//a:ref/text()") == ["article 2"]
    assert "renvoi rompu" in "".join(found(root, "//a:article[1]")[0].itertext())
    assert found(root, "//a:blockList/a:item/a:num/text()") == ["1."]
    assert len(found(root, "//a:table/a:tr")) == 2


def test_titles_nest_and_annexes_are_attached():
    annex = article(4, kind=ArticleKind.ANNEXE, number="A")
    title = article(3, kind=ArticleKind.TITRE, number="I", children=(article(1), annex))
    data = akoma_ntoso(text(title, article(5, kind=ArticleKind.INTERTITRE)))
    root = read(data)
    assert problems(data) == []
    assert found(root, "//a:body/a:title/a:article/@eId") == ["art_1"]
    assert found(root, "//a:attachment/@eId")[0] == "att_4"
    assert found(root, "//a:title/a:intro/a:p/text()") == ["Texte."]


RUINS = {
    "an element of nobody": ("<body", "<corpus", "no element|expected|mismatch"),
    "a pointer in the void": ('href="#art_2"', 'href="#art_9"', "points at nothing"),
    "a name twice": ('eId="art_2"', 'eId="art_1"', "twice"),
    "a name with a space": ('eId="art_2__num"', 'eId="art 2"', "space"),
    "a modification unheard of": ('type="substitution"', 'type="gomme"', "not of the list"),
    "an attribute of nobody": ('name="convention"', 'nom="convention"', "has no"),
    "a date that is none": ('date="2018-07-01"', 'date="juillet"', "no date"),
    "words where none are": ("<meta>", "<meta>mots", "no words"),
    "an order of its own": ("FRBRcountry", "FRBRnumber", "does not hold"),
    "a broken file": ("</akomaNtoso>", "", "/"),
}


@pytest.mark.parametrize("ruin", RUINS)
def test_the_rules_refuse_what_the_schema_refuses(ruin):
    before, after, said = RUINS[ruin]
    data = akoma_ntoso(text()).decode()
    assert before in data
    told = problems(data.replace(before, after).encode())
    assert told
    assert any(word in one for one in told for word in said.split("|"))


def test_every_rule_is_of_use():
    """An element that no text makes the writer write has no rule."""
    body = "{{art:2}} **b**\n\n- un\n\n1. un\n\n| a | b |\n|---|---|\n| c | d |"
    title = article(3, kind=ArticleKind.TITRE, children=(article(2),))
    annex = article(4, kind=ArticleKind.ANNEXE)
    data = akoma_ntoso(text(article(1, body=body), title, annex))
    assert problems(data) == []
    used = {etree.QName(one).localname for one in read(data).iter(etree.Element)}
    assert RULES.keys() - used == set()


words = st.text(max_size=40)


@settings(max_examples=60, deadline=None)
@given(body=words, heading=words, title=words, term=words)
def test_any_words_follow_the_schema(body, heading, title, term):
    one = article(1, body=body, heading=heading)
    data = akoma_ntoso(text(one, article(2), title=title, definitions=((term, body),)))
    assert problems(data) == []


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2017, 1, 1), DAY, date(2018, 7, 1), date(2020, 1, 1)])
def test_a_convention_that_has_lived_follows_the_schema_on_every_day(day):
    convention = make_full_convention()
    data = akoma_ntoso(akn_text(convention, on=day))
    assert problems(data) == []
    assert akoma_ntoso(akn_text(convention, on=day)) == data


@pytest.mark.django_db
def test_the_command_writes_it():
    make_full_convention()
    out = io.StringIO()
    call_command("export_convention", "PLEINE-2018", "--format", "akn", stdout=out)
    root = read(out.getvalue().encode())
    assert found(root, "a:act/a:meta//a:FRBRWork/a:FRBRnumber/@value") == ["PLEINE-2018"]
    assert set(found(root, "//a:FRBRlanguage/@language")) == {"fra"}
    assert found(root, "//a:article[a:num='1 bis']")

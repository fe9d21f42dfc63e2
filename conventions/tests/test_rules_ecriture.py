"""A wording goes to HTML escaped and comes back clean, whatever was pasted."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conventions.rules.ecriture import to_html
from conventions.rules.ecriture_html import from_html
from conventions.rules.texte import blocks, markup

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><style>p.MsoNormal {margin:0}</style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
</head><body lang=FR>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span style='font-size:11.0pt'>Article
2 : </span></b><span class=SpellE>Production</span> de
<st1:metricconverter ProductID="170 logements">170&nbsp;logements</st1:metricconverter><o:p>
</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>
le premier ;</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><!--[if !supportLists]--><span
style='mso-list:Ignore'>o<span>&nbsp; </span></span><!--[endif]-->le second.</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>3.<span>
&nbsp;</span></span>le troisième</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<table class=MsoTableGrid border=1><tr><td colspan=2><p class=MsoNormal><b>Total</b></p></td>
<td rowspan=2>170</td></tr><tr><td>PLUS</td><td>PLAI</td></tr></table>
</body></html>"""
WORDED = """**Article 2 :** Production de 170\u00a0logements

- le premier ;
  - le second.

3. le troisième

| **Total** |  | 170 |
| PLUS | PLAI |  |"""


def _label(code):
    return f"article\u00a0{code}"


def test_a_text_pasted_from_word_is_cleaned():
    assert from_html(WORD) == WORDED


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("", ""),
        ("<p></p>", ""),
        ("nu", "nu"),
        ("<p>un</p><p>deux<br>trois</p>", "un\n\ndeux\n\ntrois"),
        ("<h2>Objet</h2><p>Le texte</p>", "**Objet**\n\nLe texte"),
        ("<p>un <strong>mot </strong>gras</p>", "un **mot** gras"),
        ('<b style="font-weight:normal">maigre</b>', "maigre"),
        ('<span style="font-weight:700">gras</span>', "**gras**"),
        ("<ul><li><p>a</p><ul><li>b</li></ul></li><li>c<p>d</p></li></ul>", "- a\n  - b\n- c d"),
        ("<ul><li>a</ul><ul><li>b</ul>", "- a\n\n- b"),
        ("<ul><li>a<ul><li>b</li></ul>suite</li></ul>", "- a\n  - b\n- suite"),
        ("<ol start=4><li>x<li>y</ol>", "4. x\n5. y"),
        ("<ol type=a><li>x<li>y</ol>", "- a) x\n- b) y"),
        ("<ol><li value=7>x</ol>", "7. x"),
        ("<p>·\u00a0 un</p><p>• deux</p>", "- un\n- deux"),
        ("<p class=MsoListParagraph>en retrait</p>", "en retrait"),
        ("<table><tr><th>a<th>b<tr><td>c<td>d|e</table>", "| a | b |\n|---|---|\n| c | d\\|e |"),
        ("<table><tr><td>a<table><tr><td>b</table></table>", "| a b |"),
        ("<ul><li>a<table><tr><td>b<td>c</table></ul>", "- a b c"),
        ("<table><tr><td><td></table>", "|  |  |"),
        ("<table><caption>Titre</caption><tr></table>", "Titre"),
        ('voir <a data-article="12">article 9</a>', "voir {{art:12}}"),
        ('voir <a data-article="x">article 9</a>', "voir article 9"),
        ('<a href="javascript:alert(1)" onclick="x()">lien</a>', "lien"),
        ("a<script>alert(1)</script><style>b</style><svg><text>x</text></svg>c", "ac"),
        ("<title>x</title><body><p>y", "y"),
        ("&lt;b&gt; &amp; co", "<b> & co"),
        ("<![CDATA[x]]>y<!oops>", "y"),
        ("<img src=x onerror=alert(1)>légende", "légende"),
        ("un\u200b mot\x00", "un mot"),
    ],
)
def test_html_becomes_the_few_things_a_convention_needs(html, body):
    assert from_html(html) == body


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("<script>alert('x')</script>", "<p>&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;</p>"),
        ("a **b** {{art:3}}", '<p>a <strong>b</strong> <a data-article="3">article\u00a03</a></p>'),
        ("3. c\n  - d", '<ol start="3"><li>c<ul><li>d</li></ul></li></ol>'),
        (
            "| a |\n|---|\n| b |",
            '<table><thead><tr><th scope="col">a</th></tr></thead>'
            "<tbody><tr><td>b</td></tr></tbody></table>",
        ),
    ],
)
def test_a_body_is_shown_escaped(body, html):
    assert to_html(body, _label) == html


def test_a_reference_to_nothing_says_so():
    assert "renvoi rompu" in to_html("{{art:9}}", lambda code: None)


_WORDS = st.text(alphabet="abé -–1.2|{}\n\u00a0’", max_size=60)


@given(_WORDS)
def test_a_body_survives_the_editor(body):
    kept = from_html(to_html(body, _label))
    assert _one_space(kept) == _one_space(markup(blocks(body)))


def _one_space(text):
    """HTML does not count spaces."""
    return re.sub(" +", " ", text)


_PIECES = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<ul>", "</ul>", "<ol start=2>", "</ol>", "<li>", "</li>", "z",
     "<table>", "</table>", "<tr>", "</tr>", "<td colspan=2>", "<td rowspan=3>", "</td>", "<th>",
     "<br>", "<![if x]>", "<![endif]>", "x", "y ", " ", "**", "| w |", "- v", "\n", "&nbsp;",
     "<a data-article=3>", "</a>", "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>",
     "{{art:2}}", "<h2>", "</div>", "<div>", "1. u", "&lt;i&gt;"]
)  # fmt: skip
_SOUP = st.lists(_PIECES, max_size=25).map("".join)


@given(_SOUP)
def test_what_the_editor_keeps_it_keeps_for_ever(html):
    once = from_html(to_html(from_html(html), _label))
    assert from_html(to_html(once, _label)) == once


@given(_SOUP.filter(lambda html: "data-article" not in html))
def test_no_word_is_lost_from_any_soup(html):
    seen = re.findall(r"[uvwxyz]", re.sub(r"<[^>]*>", " ", html))
    assert sorted(re.findall(r"[uvwxyz]", from_html(html))) == sorted(seen)


@given(st.text(max_size=80))
def test_nothing_makes_it_fail(text):
    assert isinstance(from_html(text), str)


def test_a_very_deep_text_keeps_its_words():
    assert from_html("<div>" * 20_000 + "fond" + "<span>" * 3_000) == "fond"

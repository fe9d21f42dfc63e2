"""The marks of a comparison: shapes and words, nothing but them, and never somebody's markup."""

from conventions.rules.comparaison import compare_bodies, compare_words
from conventions.rules.ecriture import Reference
from conventions.templatetags.comparaison import redline, redline_words


def test_what_comes_and_goes_is_said_to_those_who_listen():
    html = redline_words(compare_words("réserve 25 % des", "réserve 30 % des"))
    assert "Début de suppression. </span>25\u00a0%<span" in html
    assert "</del> <ins>" in html
    assert "</ins> des" in html


def test_a_wording_is_never_markup():
    html = redline(compare_bodies("<b>un</b>", "<script>alert(1)</script>\n\n| <i> |"))
    assert "<script>" not in html
    assert "<i>" not in html
    assert "&lt;script&gt;" in html


def test_what_stays_may_be_left_out():
    old, new = "Un.\n\nDeux.\n\nTrois.", "Un.\n\nDeux.\n\nTrois et quatre."
    assert redline(compare_bodies(old, new), only_changes=True).count("[…]") == 1
    assert "Deux." in redline(compare_bodies(old, new))


def test_lists_tables_and_bold_keep_their_shape():
    old = "1. un\n  - détail\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    html = redline(compare_bodies(old, old.replace("détail", "**détail**")))
    assert '<li class="redline__level0"><span class="redline__mark">1.</span> un</li>' in html
    assert 'class="redline__level1 redline__changed"' in html
    assert "<strong>détail</strong>" in html
    assert '<th scope="col">a</th>' in html


def test_a_reference_reads_as_numbered_in_its_own_text():
    names = {3: Reference("article 4", "#art-3")}
    before = {3: Reference("article 3", "#art-3"), 5: Reference("article 5", "#art-5")}
    html = redline(compare_bodies("voir {{art:3}} et {{art:5}}", "voir {{art:3}}"), names, before)
    assert '<a href="#art-3">article 4</a>' in html
    assert '<a href="#art-5">article 5</a>' in html
    assert "renvoi rompu" in redline(compare_bodies("", "voir {{art:9}}"), names, before)

"""The life of a text on a line, without labels that cover one another."""

from datetime import date

from conventions.rules.frise import WIDTH, life_of_text

SIGNED = date(2017, 12, 11)
TERM = date(2020, 12, 10)


def test_nothing_signed_draws_nothing():
    assert life_of_text([], term=TERM, read_on=SIGNED) is None


def test_the_line_goes_from_the_first_act_to_the_term():
    life = life_of_text([(SIGNED, "convention initiale")], term=TERM, read_on=date(2019, 6, 11))
    assert life.knots[0].x == 0
    assert life.term.x == WIDTH
    assert abs(life.read_x - WIDTH // 2) < 5
    assert life.knots[0].label == "11\u00a0décembre 2017, convention initiale"


def test_a_reading_after_the_term_ends_the_line():
    life = life_of_text([(SIGNED, "convention initiale")], term=TERM, read_on=date(2026, 11, 20))
    assert life.read_x == WIDTH
    assert life.term.x < WIDTH


def test_a_reading_before_the_text_stays_at_its_start():
    assert life_of_text([(SIGNED, "acte")], term=TERM, read_on=date(2010, 1, 1)).read_x == 0


def test_two_acts_of_the_same_week_keep_two_knots_and_one_label():
    acts = [(date(2019, 7, 4), "avenant n° 1"), (date(2019, 7, 8), "avenant n° 2")]
    life = life_of_text([(SIGNED, "initiale"), *acts], term=TERM, read_on=TERM)
    assert len(life.knots) == 3
    assert [bool(knot.label) for knot in life.knots] == [True, True, False]


def test_an_act_without_term_is_alone_on_its_line():
    life = life_of_text([(SIGNED, "acte")], term=None, read_on=SIGNED)
    assert life.term is None
    assert life.knots[0].x == life.read_x == 0

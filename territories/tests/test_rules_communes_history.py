"""Lives of communes, walked back from today: mergers, splits, codes that change and come back."""

from territories.rules.communes_history import CommuneLife, Movement, communes_history
from territories.tests.factories import d


def moved(day, before, after, *, before_name=None, after_name=None, kinds=("COM", "COM")):
    return Movement(
        on=d(day),
        before_kind=kinds[0],
        before_code=before,
        before_name=before_name or before,
        after_kind=kinds[1],
        after_code=after,
        after_name=after_name or after,
    )


def periods(life: CommuneLife):
    return [
        (period.starts_on and str(period.starts_on), period.ends_on and str(period.ends_on))
        for period in life.periods
    ]


def test_a_merger_ends_one_commune_and_renames_the_other():
    lives = communes_history(
        {"A": "A-et-B"},
        [
            moved("2019-01-01", "A", "A", after_name="A-et-B"),
            moved("2019-01-01", "B", "A", after_name="A-et-B"),
            moved("2019-01-01", "B", "B", kinds=("COM", "COMD")),
        ],
    )
    assert periods(lives["A"]) == [(None, None)]
    assert [(name.name, str(name.ends_on)) for name in lives["A"].former_names] == [
        ("A", "2018-12-31")
    ]
    assert periods(lives["B"]) == [(None, "2018-12-31")]
    assert lives["B"].periods[0].successors == ("A",)


def test_a_merger_may_take_a_new_code():
    lives = communes_history(
        {"C": "C"}, [moved("2019-01-01", "A", "C"), moved("2019-01-01", "B", "C")]
    )
    assert periods(lives["C"]) == [("2019-01-01", None)]
    assert lives["C"].periods[0].predecessors == ("A", "B")
    assert periods(lives["A"]) == periods(lives["B"]) == [(None, "2018-12-31")]


def test_a_split_gives_a_commune_back():
    lives = communes_history(
        {"A": "A", "B": "B"},
        [
            moved("2024-01-01", "A", "A", before_name="A-et-B"),
            moved("2024-01-01", "A", "B"),
            moved("2024-01-01", "B", "B", kinds=("COMD", "COM")),
        ],
    )
    assert periods(lives["B"]) == [("2024-01-01", None)]
    assert lives["B"].periods[0].predecessors == ("A",)
    assert lives["A"].former_names[0].name == "A-et-B"


def test_a_code_that_leaves_and_comes_back_lived_twice():
    lives = communes_history(
        {"27676": "Les Trois Lacs"},
        [moved("2023-01-01", "27058", "27676"), moved("2021-01-01", "27676", "27058")],
    )
    assert periods(lives["27676"]) == [("2023-01-01", None), (None, "2020-12-31")]
    assert periods(lives["27058"]) == [("2021-01-01", "2022-12-31")]
    assert lives["27676"].starts_on is None
    assert lives["27676"].ends_on is None


def test_a_code_given_and_merged_the_same_day_never_lived():
    # Freigné changed département, hence code, and merged at once.
    lives = communes_history(
        {"44180": "Vallons"},
        [
            moved("2018-01-01", "49144", "44225"),
            moved("2018-01-01", "44225", "44180"),
            moved("2018-01-01", "44180", "44180", before_name="Saint-Mars"),
        ],
    )
    assert set(lives) == {"44180", "49144"}
    assert lives["49144"].periods[0].successors == ("44180",)


def test_names_follow_one_another():
    lives = communes_history(
        {"14712": "Troarn"},
        [
            moved("2019-12-31", "14712", "14712", before_name="Saline", after_name="Troarn"),
            moved("2017-01-01", "14712", "14712", before_name="Troarn", after_name="Saline"),
        ],
    )
    named = [(name.name, name.starts_on, name.ends_on) for name in lives["14712"].former_names]
    assert named == [
        ("Saline", d("2017-01-01"), d("2019-12-30")),
        ("Troarn", None, d("2016-12-31")),
    ]


def test_the_walk_stops_where_it_is_told_and_leaves_parts_of_communes_out():
    lives = communes_history(
        {"A": "A"},
        [
            moved("2017-01-01", "B", "A"),
            moved("2016-01-01", "C", "A"),
            moved("2020-01-01", "D", "A", kinds=("COMD", "COM")),
            moved("2020-01-01", "", "A", kinds=("", "COM")),
        ],
    )
    assert set(lives) == {"A"}
    assert periods(lives["A"]) == [("2020-01-01", None)]

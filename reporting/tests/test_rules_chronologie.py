"""Coming dates on a line that tightens with distance."""

from datetime import date, timedelta

import pytest

from reporting.rules.chronologie import AXIS, WIDTH, chronologie

TODAY = date(2019, 11, 12)


def drawn(*days, title="clôture des contributions"):
    return chronologie([(TODAY + timedelta(days=d), title, False) for d in days], on=TODAY)


def test_nothing_to_come_draws_nothing():
    assert chronologie([(date(2019, 1, 1), "passée", False)], on=TODAY) is None


def test_points_go_from_left_to_right_and_stay_inside():
    xs = [point.x for point in drawn(0, 3, 17, 60, 394).points]
    assert xs == sorted(xs)
    assert xs[0] >= 0
    assert xs[-1] <= WIDTH


def test_the_same_number_of_days_takes_less_room_further_away():
    xs = [point.x for point in drawn(0, 30, 360, 390).points]
    assert xs[1] - xs[0] > 5 * (xs[3] - xs[2])


def test_two_dates_of_one_day_are_one_point_that_counts_them():
    one_day = [(TODAY, "bilan", False), (TODAY, "terme", True)]
    (point,) = chronologie(one_day, on=TODAY).points
    assert point.label == "2 échéances"
    assert point.is_term


@pytest.mark.parametrize(
    "days", [(1, 2, 3, 4, 5, 6), (1, 40, 41, 42, 300), tuple(range(1, 200, 9))]
)
def test_no_label_covers_another_nor_a_stem(days):
    points = [point for point in drawn(*days).points if point.y is not None]
    boxes = []
    for point in points:
        width = 7 * max(len(point.label), len(point.date_label))
        left = point.label_x - (width if point.anchor == "end" else 0)
        boxes.append((left, left + width, point.y - 12, point.y + 20))
    for rank, (left, right, top, bottom) in enumerate(boxes):
        for other_left, other_right, other_top, other_bottom in boxes[rank + 1 :]:
            apart = right <= other_left or other_right <= left
            assert apart or bottom <= other_top or other_bottom <= top
        for point in points:
            inside = left < point.x < right and point.stem_y < bottom and top < AXIS
            assert not inside


def test_a_year_is_written_where_it_changes():
    labels = [tick.label for tick in drawn(3, 100).ticks]
    assert "janv. 2020" in labels
    assert drawn(100).points[0].date_label.endswith("2020")

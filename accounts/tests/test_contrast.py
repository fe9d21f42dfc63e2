"""Contrast of the two themes, recomputed from the style sheet itself (WCAG 2.1, 1.4.3 and 1.4.11).

4.5 for words, 3 for the edge of a control. Each pair is one that a component really draws.
"""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
TOKEN = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")

TEXT = 4.5
EDGE = 3.0
GROUNDS = ("paper", "sheet", "shade")
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-soft", "accent") for ground in GROUNDS),
    ("accent-deep", "paper", TEXT),
    *((state, "paper", TEXT) for state in ("tenu", "vigilance", "retard")),
    *((state, "sheet", TEXT) for state in ("tenu", "vigilance", "retard")),
    *((state, f"{state}-wash", TEXT) for state in ("tenu", "vigilance", "retard")),
    *(("ink", f"{wash}-wash", TEXT) for wash in ("accent", "tenu", "vigilance", "retard")),
    ("accent", "vigilance-wash", TEXT),
    ("accent", "accent-wash", TEXT),
    ("ink-soft", "accent-wash", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-deep", TEXT),
    ("on-retard", "retard", TEXT),
    *(("edge", ground, EDGE) for ground in GROUNDS),
    *(("accent", ground, EDGE) for ground in GROUNDS),
]


def read_theme(index: int) -> dict[str, str]:
    return {name: values[index] for name, *values in TOKEN.findall(TOKENS.read_text("utf-8"))}


def luminance(colour: str) -> float:
    """Relative luminance of sRGB, as WCAG defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_the_one_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_what_is_drawn_can_be_read(theme, front, ground, least):
    colours = read_theme(theme)
    assert contrast(colours[front], colours[ground]) >= least

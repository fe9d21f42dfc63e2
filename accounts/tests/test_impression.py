import re

import pytest
from django.template import Context, Template

from accounts.templatetags.typographie import STATES


def render(source: str, **context) -> str:
    return Template("{% load impression %}" + source).render(Context(context))


@pytest.mark.parametrize("name", STATES)
def test_a_state_on_paper_carries_its_drawing_its_ink_and_its_word(name):
    html = render(f'{{% doc_state "{name}" %}}')
    assert STATES[name] in html
    assert re.search(r'stroke="#[0-9a-f]{6}"', html)
    assert "currentColor" not in html
    assert "<use" not in html
    assert "<path" in html or "<circle" in html


def test_a_label_on_paper_cannot_bring_markup():
    assert "<b>" not in render('{% doc_state "tenu" label %}', label="<b>")


def test_colours_of_charts_come_from_the_style_sheet():
    assert render('{% light_colour "accent" %}') == "#4d2670"

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import SafeString

from accounts.templatetags import typographie


def render(source: str, **context) -> str:
    return Template("{% load typographie %}{% load navigation %}" + source).render(Context(context))


def test_the_icon_is_hidden_from_screen_readers_and_comes_from_the_sprite():
    html = render('{% icon "tenu" %}')
    assert 'aria-hidden="true"' in html
    assert "img/icons.svg#i-tenu" in html


@pytest.mark.parametrize("name", typographie.STATES)
def test_every_state_is_told_in_words(name):
    assert typographie.STATES[name] in render("{% state name %}", name=name)


def test_the_sprite_draws_every_state():
    assert set(typographie.STATES) <= drawn_icons()


def test_the_sprite_draws_every_icon_a_template_names():
    asked = re.compile(r'{% (?:icon|state|mark) "([a-z-]+)"')
    named = {
        name
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for name in asked.findall(path.read_text("utf-8"))
    }
    assert named
    assert named <= drawn_icons()


def drawn_icons() -> set[str]:
    sprite = settings.BASE_DIR / "static" / "img" / "icons.svg"
    return set(re.findall(r'<symbol id="i-([a-z-]+)"', sprite.read_text("utf-8")))


def test_the_component_and_the_tag_give_the_same_markup():
    component = '{% include "components/_state.html" with name="en-retard" label="43 jours" only %}'
    assert render(component).strip() == render('{% state "en-retard" "43 jours" %}')


def test_a_label_cannot_bring_markup():
    assert "<b>" not in render("{% state 'tenu' label %}", label="<b>x</b>")


def test_the_first_of_a_month_is_lifted():
    assert (
        render("{{ day|date_longue }}", day=date(2027, 5, 1)) == "1<sup>er</sup>\u00a0mai\u00a02027"
    )


@pytest.mark.parametrize(
    "name", ["date_longue", "jour_date", "date_courte", "mois_annee", "moment"]
)
def test_a_date_nobody_gave_writes_nothing(name):
    assert render("{{ day|" + name + " }}", day=None) == ""


def test_an_instant_is_told_in_paris_time():
    instant = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert render("{{ at|moment }}", at=instant) == "2\u00a0juillet\u00a02026 à 0\u00a0h\u00a030"
    assert render("{{ at|date_longue }}", at=instant) == "2\u00a0juillet\u00a02026"


def test_a_date_is_seen_from_the_day_one_reads():
    context = {"due": date(2019, 11, 15), "on": date(2019, 11, 12)}
    assert render("{{ due|dans_jours:on }}", **context) == "dans 3\u00a0jours"
    assert render("{{ days|dans_jours }}", days=-43) == "depuis 43\u00a0jours"


def test_figures():
    assert render("{{ value|nombre:1 }}", value=Decimal("27")) == "27,0"
    assert render("{{ value|pourcent }}", value=27.4) == "27,4\u00a0%"
    assert render("{{ value|euros }}", value=2_300_000) == "2,3\u00a0M€"
    assert render("{{ count|pluriel:'engagement' }}", count=3) == "3\u00a0engagements"


def test_text_is_escaped_when_it_comes_from_people():
    html = render("{{ text|typo }}", text="<script> : 1er & c'est tout !")
    assert html == "&lt;script&gt;\u00a0: 1<sup>er</sup> &amp; c’est tout\u202f!"
    assert isinstance(typographie.typo("x"), SafeString)


def test_markup_that_is_already_safe_is_left_alone():
    html = SafeString('<a title="a ; b" href="/?x">Rien ; tout</a> &amp; plus ; moins')
    assert typographie.typo(html) == (
        '<a title="a ; b" href="/?x">Rien\u202f; tout</a> &amp; plus\u202f; moins'
    )


def test_the_window_of_pages_shows_its_gaps():
    paginator = Paginator(range(1000), 10)
    window = render("{% for n in p|page_window:50 %}{{ n }} {% endfor %}", p=paginator)
    assert window.split() == ["1", "0", "49", "50", "51", "0", "100"]


def test_other_filters_stay_in_the_address():
    request = RequestFactory().get("/?statut=signee&theme=a&theme=b&page=2")
    query = render('{% query_without "page" as q %}{{ q|safe }}', request=request)
    assert query == "&statut=signee&theme=a&theme=b"


def test_a_header_sorts_then_turns_round():
    def sorted_by(address):
        return render(
            '{% sort_header request "nom" as h %}{{ h.direction }} {{ h.href|safe }}',
            request=RequestFactory().get(address),
        )

    assert sorted_by("/?statut=x&page=3") == "none ?statut=x&tri=nom"
    assert sorted_by("/?tri=nom") == "ascending ?tri=-nom"
    assert sorted_by("/?tri=-nom") == "descending ?tri=nom"

"""Finding one's way: the current place, the pages of a list, its order, all in the address."""

from typing import NamedTuple

from django import template
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

register = template.Library()


class SortHeader(NamedTuple):
    href: str
    direction: str


@register.simple_tag(takes_context=True)
def nav_link(context, name: str, label: str, also: str = "") -> SafeString:
    """Write a link of the masthead, marked when one is there or underneath.

    `also` is another address prefix that belongs to the same place.
    """
    href = reverse(name)
    request = context.get("request")
    current = _current(request.path, href, also) if request else ""
    return format_html(
        '<a class="masthead__link" href="{}"{}>{}</a>',
        href,
        format_html(' aria-current="{}"', current) if current else "",
        label,
    )


def _current(path: str, href: str, also: str) -> str:
    if path == href:
        return "page"
    is_below = href != "/" and path.startswith(href)
    return "true" if is_below or (also and path.startswith(also)) else ""


@register.simple_tag(takes_context=True)
def query_without(context, *names: str) -> str:
    """Return the address's other parameters as « &a=1&b=2 », to append after one's own."""
    kept = [(key, values) for key, values in context["request"].GET.lists() if key not in names]
    return f"&{urlencode(kept, doseq=True)}" if kept else ""


@register.filter
def page_window(paginator: Paginator, number: int) -> list[int]:
    """List the pages worth a link around the current one; 0 stands for a gap."""
    pages = paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    return [page if isinstance(page, int) else 0 for page in pages]


@register.simple_tag
def sort_header(request: HttpRequest, key: str, parameter: str = "tri") -> SortHeader:
    """Return where a column's header leads: `?tri=cle`, then `?tri=-cle`, other filters kept."""
    chosen = request.GET.get(parameter, "")
    directions = {key: "ascending", f"-{key}": "descending"}
    query = request.GET.copy()
    query.pop("page", None)
    query[parameter] = f"-{key}" if chosen == key else key
    return SortHeader(f"?{query.urlencode()}", directions.get(chosen, "none"))

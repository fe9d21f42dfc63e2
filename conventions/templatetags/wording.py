"""The wording of an article on a page: its blocks, its references as links, broken ones said."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.templatetags.typographie import typo
from conventions.rules.ecriture import BROKEN, References, block_html
from conventions.rules.texte import Block, BlockKind, Run

register = template.Library()


@register.simple_tag
def wording(block: Block, references: References | None = None) -> SafeString:
    """Lay out one block. `references` names the articles that the text refers to, by code."""
    known = references or {}

    def run_html(run: Run) -> str:
        if run.reference is None:
            return typo(run.text)
        target = known.get(run.reference)
        if target is None:
            return format_html('<mark class="wording__broken">{}</mark>', BROKEN)
        return format_html('<a href="{}">{}</a>', target.href, target.label)

    html = mark_safe(block_html(block, run_html))  # noqa: S308 - every run is escaped above
    if block.kind != BlockKind.TABLE:
        return html
    return format_html(
        '<div class="scroll" role="group" tabindex="0" aria-label="Tableau">{}</div>', html
    )

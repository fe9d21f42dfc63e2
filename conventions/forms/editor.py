"""The editor of a wording: a text box that works alone, and the editor where scripts run."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from conventions.rules.ecriture import Named, to_html
from conventions.rules.ecriture_html import from_html


class WordingWidget(forms.Textarea):
    """A text box for the small markup of `rules.texte`.

    `static/js/editor.js` puts an editor in its place and then sends HTML, under «<name>-html»,
    which is read here as the same markup. `articles` are those one may refer to.
    """

    template_name = "conventions/widgets/wording.html"

    def __init__(self, attrs=None) -> None:
        super().__init__({"rows": 18} | (attrs or {}))
        self.articles: tuple[Named, ...] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files, name: str) -> str | None:
        html = data.get(f"{name}-html")
        if html is not None:
            return from_html(html)
        typed = super().value_from_datadict(data, files, name)
        return typed.replace("\r\n", "\n") if isinstance(typed, str) else typed

    def value_omitted_from_data(self, data: Mapping[str, Any], files, name: str) -> bool:
        return name not in data and f"{name}-html" not in data

    def get_context(self, name: str, value, attrs) -> dict:
        context = super().get_context(name, value, attrs)
        labels = {article.code: article.label for article in self.articles}
        context["widget"] |= {
            "html": to_html(context["widget"]["value"] or "", labels.get),
            "articles": self.articles,
        }
        return context


class WordingField(forms.CharField):
    """The wording of an article, of an operation, of a proposal."""

    widget = WordingWidget

    def __init__(self, **options) -> None:
        super().__init__(**({"required": False} | options))

    def offer(self, articles: Iterable[Named]) -> None:
        """Name the articles that the wording may refer to."""
        self.widget.articles = tuple(articles)

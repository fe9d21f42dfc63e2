"""The look of the portal's Word files: the product's inks and serif, in styles that Word knows.

Headings are Word's own («heading 1»…), so that its navigation pane shows the plan. The fonts are
those of Windows and macOS; their free twin is named beside them for LibreOffice.
"""

from lxml import etree

from conventions.rules.word_xml import el, q

# static/css/tokens.css
INK, SOFT, ACCENT, RULE, SHADE = "1C1922", "57535F", "4D2670", "827E8B", "F3F1EC"
SERIF, SANS = "Palatino Linotype", "Segoe UI"
TWINS = {SERIF: "TeX Gyre Pagella", SANS: "Open Sans"}
LEVELS = 9
# Twentieths of a point: half size, space before, space after.
_SIZES = {1: (30, 480, 160), 2: (25, 360, 120), 3: (22, 280, 80)}
TEXT_WIDTH = 9070


def _fonts(name: str) -> etree._Element:
    return el("rFonts", ascii=name, hAnsi=name, cs=name, eastAsia=name)


def _look(*, size: int = 0, font: str = "", colour: str = "", bold: bool = False) -> etree._Element:
    marks = el("rPr")
    if font:
        marks.append(_fonts(font))
    if bold:
        marks.append(el("b"))
    if colour:
        marks.append(el("color", val=colour))
    if size:
        marks.extend([el("sz", val=size), el("szCs", val=size)])
    return marks


def _spaced(*before: etree._Element, above: int = 0, below: int = 0, line: int = 0):
    spacing = el("spacing", before=above, after=below)
    if line:
        spacing = el("spacing", before=above, after=below, line=line, lineRule="auto")
    return el("pPr", *before, spacing)


def _style(
    identifier: str,
    name: str,
    *parts: etree._Element,
    based: str = "Normal",
    following: str = "",
    kind: str = "paragraph",
) -> etree._Element:
    heads = [el("name", val=name)]
    heads += [el("basedOn", val=based)] if based else []
    heads += [el("next", val=following)] if following else []
    found = el("style", *heads, el("qFormat"), *parts, type=kind, styleId=identifier)
    if identifier == "Normal":
        found.set(q("default"), "1")
    return found


def heading_style(depth: int) -> str:
    return f"Titre{min(depth, LEVELS)}"


def _heading(depth: int) -> etree._Element:
    size, above, below = _SIZES.get(depth, (21, 240, 60))
    properties = _spaced(el("keepNext"), el("keepLines"), above=above, below=below)
    properties.append(el("outlineLvl", val=depth - 1))
    look = _look(size=size, colour=ACCENT if depth <= 2 else INK, bold=True)
    name = f"heading {depth}"
    return _style(heading_style(depth), name, properties, look, following="Normal")


def _table_style() -> etree._Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = [el(side, val="single", sz=4, space=0, color=RULE) for side in sides]
    margins = [el(side, w=90, type="dxa") for side in ("left", "right")]
    properties = el("tblPr", el("tblBorders", *lines), el("tblCellMar", *margins))
    first = el(
        "tblStylePr",
        el("rPr", el("b")),
        el("tcPr", el("shd", val="clear", color="auto", fill=SHADE)),
        type="firstRow",
    )
    return _style("Tableau", "Tableau", properties, first, based="", kind="table")


def styles() -> etree._Element:
    """Return the part of the styles."""
    lang = el("lang", val="fr-FR", eastAsia="fr-FR", bidi="ar-SA")
    plain = _look(size=21, font=SERIF, colour=INK)
    plain.append(lang)
    small = _look(size=17, font=SANS, colour=SOFT)
    defaults = el(
        "docDefaults",
        el("rPrDefault", plain),
        el("pPrDefault", _spaced(below=140, line=288)),
    )
    indented = _spaced(below=80)
    indented.append(el("ind", left=340))
    centred = _spaced(above=200, below=200)
    centred.append(el("jc", val="center"))
    return el(
        "styles",
        defaults,
        _style("Normal", "Normal", based=""),
        *(_heading(depth) for depth in range(1, LEVELS + 1)),
        _style("Surtitre", "Surtitre", _spaced(above=240, below=60), small),
        _style("Title", "Title", _spaced(below=120, line=252), _look(size=44, bold=True)),
        _style("Etat", "État du texte", _spaced(below=360), _look(colour=SOFT)),
        _style("Rubrique", "Rubrique", _rubric(), _look(size=21, colour=ACCENT, bold=True)),
        _style("Partie", "Partie", indented),
        _style("Visa", "Visa", _spaced(below=100)),
        _style("Formule", "Formule", centred, _look(bold=True)),
        _style("Liste", "Liste", _spaced(below=60)),
        _style("Cellule", "Cellule", _spaced(above=40, below=40, line=252), _look(size=19)),
        _style("header", "header", _spaced(), small),
        _style("footer", "footer", _spaced(), _look(size=17, font=SANS, colour=SOFT)),
        _style("Renvoi", "Renvoi", _look(colour=ACCENT), based="", kind="character"),
        _style("Retire", "Retiré", _struck(), based="", kind="character"),
        _style("Ajoute", "Ajouté", _underlined(), based="", kind="character"),
        _table_style(),
    )


def _rubric() -> etree._Element:
    return _spaced(el("keepNext"), above=320, below=120)


def _struck() -> etree._Element:
    return el("rPr", el("strike"), el("color", val="A01F1E"))


def _underlined() -> etree._Element:
    return el("rPr", el("color", val="136239"), el("u", val="single"))


def font_table() -> etree._Element:
    """Return the part that names, for each font, the free one that looks like it."""
    fonts = [
        el("font", el("altName", val=twin), el("charset", val="00"), name=name)
        for name, twin in TWINS.items()
    ]
    return el("fonts", *fonts)


def settings(*, tracked: bool) -> etree._Element:
    """Return the part of the settings; `tracked` asks Word to mark who changes what."""
    compatibility = el(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    return el(
        "settings",
        el("zoom", percent=100),
        *([el("trackRevisions")] if tracked else []),
        el("defaultTabStop", val=708),
        el("characterSpacingControl", val="doNotCompress"),
        el("compat", compatibility),
        el("themeFontLang", val="fr-FR"),
        el("decimalSymbol", val=","),
        el("listSeparator", val=";"),
    )

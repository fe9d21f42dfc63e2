"""A Word file read back: its articles with their changes accepted and rejected, and all the rest.

Nothing is decided here and nothing is lost: each word of the file is in an article, in a remark, or
in a line of what is left out, with its place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from conventions.rules.comparaison_mots import longest_rising
from conventions.rules.ecriture import BROKEN
from conventions.rules.texte import title
from conventions.rules.word_avant_apres import HEADING
from conventions.rules.word_commentaires import remarks_of
from conventions.rules.word_flux import Flow, Mark, Odd, Paragraph, Piece
from conventions.rules.word_marche import flow_of
from conventions.rules.word_marges import MARGINS, images_in_margins, margins_of
from conventions.rules.word_origine import origin_of
from conventions.rules.word_paquet import unpack
from conventions.rules.word_rapprochement import Group, matched
from conventions.rules.word_titres import normal, read_title, same_body
from conventions.rules.word_types import (
    LeftOut,
    Origin,
    ReadArticle,
    Reading,
    Redaction,
    Revision,
    RevisionKind,
    WordArticle,
)
from conventions.rules.word_vues import body_of, shown

ZONES = {
    "avant": "avant le premier article",
    "zone_debut_": "ouverture (titre, parties, visas)",
    "zone_changements_": HEADING.lower(),
    "zone_fin_": "dispositions finales",
    "zone_signatures_": "signatures",
    "zone_definitions_": "définitions",
    "zone_entete_": "en-tête de page",
    "zone_pied_": "pied de page",
}
ERASED = "article inconnu du texte de départ, supprimé dans le fichier"
EMPTIED = "L’article a été vidé de son texte : il est lu comme retiré."
DEEPER = "Son niveau de titre a changé : le plan ne se reprend pas, déplacez-le dans le portail."


@dataclass
class _File:
    """A file being read: its two readings, and what was found to leave out."""

    flow: Flow
    start: Origin | None
    base: tuple[WordArticle, ...]
    now: list[Group]
    then: list[Group]
    margins: Mapping[str, list[str]]
    zones: Mapping[str, str]
    odds: list[LeftOut] = field(default_factory=list)

    @property
    def known(self) -> Mapping[int, WordArticle]:
        return {article.code: article for article in self.base}


def read_word(name: str, data: bytes, *, known: Origin | None = None) -> Reading:
    """Read a Word file, or refuse it with a French `ValidationError` that says what to do.

    `known` is what an export of today would remember (`origin_of_text`): the text to compare with
    when the file does not carry its own.
    """
    package = unpack(name, data)
    origin = origin_of(package)
    start = origin if (origin and origin.articles) else known
    base = start.articles if start else ()
    flow = flow_of(package)
    file = _File(
        flow,
        start,
        base,
        matched(shown(flow, accepted=True), base),
        matched(shown(flow, accepted=False), base),
        margins_of(package),
        _zones(start, known),
    )
    articles = _articles(file)
    places = _places(file)
    remarks, orphans = remarks_of(package, file.flow, places)
    _leave_out(file, places)
    file.odds += images_in_margins(package, ZONES)
    found = {article.code for article in articles}
    return Reading(
        origin,
        tuple(articles),
        tuple(a.code for a in base if a.code not in found),
        _moved(articles, base),
        tuple(remarks),
        (*file.odds, *orphans),
        tuple(_notes(origin, known)),
    )


def _zones(start: Origin | None, known: Origin | None) -> dict[str, str]:
    """What stood outside the articles; an older file did not remember what its pages bear."""
    margins = {zone: known.zones.get(zone, "") for zone in MARGINS.values()} if known else {}
    return margins | dict(start.zones if start else {})


def _notes(origin: Origin | None, known: Origin | None) -> Iterable[str]:
    if origin is None:
        yield (
            "Ce fichier ne vient pas du portail, ou un logiciel en a ôté l’origine : ses articles "
            "sont reconnus à leur titre et à leurs mots, et comparés au texte d’aujourd’hui."
        )
    elif not origin.articles and (known is None or known.fingerprint != origin.fingerprint):
        yield (
            "Le logiciel a ôté du fichier le texte de départ : il est comparé au texte "
            "d’aujourd’hui."
        )


# Articles ----------------------------------------------------------------------------------------


def _articles(file: _File) -> list[ReadArticle]:
    """Pair the two readings: by the article recognised, else by the paragraph of the title."""
    then = [group for group in file.then if not group.zone]
    by_code = {group.code: group for group in then if group.code is not None}
    by_title = {id(group.title.sources[0]): group for group in then if group.title}
    found: list[ReadArticle] = []
    used: set[int] = set()
    for group in (group for group in file.now if not group.zone):
        before = by_code.get(group.code) if group.code is not None else None
        if before is None and group.code is None and group.title:
            same = by_title.get(id(group.title.sources[0]))
            before = same if same is not None and same.code is None else None
        used.add(id(before))
        found.append(_article(file, group, before))
    gone = [group for group in then if id(group) not in used and group.code is not None]
    lost = [group for group in then if id(group) not in used and group.code is None]
    file.odds += [LeftOut(ERASED, group.heading, group.words) for group in lost]
    return _placed(found + [_article(file, None, group) for group in gone])


def _article(file: _File, now: Group | None, then: Group | None) -> ReadArticle:
    group = now if now is not None else then
    base = file.known.get(group.code)
    accepted = None if now is None else _redaction(file, now, base, accepted=True)
    rejected = None if then is None else _redaction(file, then, base, accepted=False)
    notes = list(group.notes)
    if accepted and base and not accepted.body and not now.heading and (base.body or base.heading):
        accepted = None
        notes.append(EMPTIED)
    if now is not None and base and now.title and now.depth != min(base.depth, 9):
        notes.append(DEEPER)
    kind = base.kind if base else read_title(group.heading, None)[0]
    return ReadArticle(
        group.code,
        group.match,
        group.certainty,
        kind,
        base.depth if base else group.depth,
        accepted,
        rejected,
        tuple(_revisions(now, then)),
        notes=tuple(notes),
    )


def _redaction(file: _File, group: Group, base: WordArticle | None, *, accepted: bool) -> Redaction:
    """Read a group as one reading shows it; what did not change is the base, to the letter."""
    number, heading = (base.number, base.heading) if base else ("", "")
    if group.heading:
        _, number, heading = read_title(group.heading, base)
    groups = file.now if accepted else file.then
    odds: list[Odd] = []
    body = body_of(group.lines, _names(file, groups), odds, accepted=accepted)
    if accepted:
        where = group.heading or title(base.kind, base.number, base.heading) if base else ""
        file.odds += [LeftOut(odd.what, where or group.heading, odd.text) for odd in odds]
    if base is not None and same_body(body, base.body):
        body = base.body
    return Redaction(number, heading, body)


def _names(file: _File, groups: Sequence[Group]):
    """A link still names its article when it says the label of then, or the number of now."""
    labels = dict(file.start.labels) if file.start else {}
    known = file.known
    for group in groups:
        if group.code is not None and group.heading and not group.zone:
            kind, number, heading = read_title(group.heading, known.get(group.code))
            labels[group.code, "now"] = f"{kind} {number}" if number else heading

    def names(code: int, said: str) -> bool:
        wanted = (labels.get(code), labels.get((code, "now")), BROKEN)
        return normal(said) in {normal(label) for label in wanted if label}

    return names


def _placed(articles: list[ReadArticle]) -> list[ReadArticle]:
    """Say after which known article, and under which, each one stands."""
    found: list[ReadArticle] = []
    above: list[ReadArticle] = []
    for article in articles:
        siblings = [a for a in above if a.depth == article.depth]
        above = [a for a in above if a.depth < article.depth]
        holder = next((a for a in reversed(above) if a.code is not None), None)
        before = next((a for a in reversed(siblings) if a.code is not None), None)
        placed = replace(
            article,
            parent=holder.code if holder else None,
            after=before.code if before else None,
        )
        found.append(placed)
        if article.accepted is not None:
            above = [*above, *siblings, placed] if article.code is None else [*above, placed]
    return found


def _moved(articles: Sequence[ReadArticle], base: Sequence[WordArticle]) -> tuple[int, ...]:
    """Return the articles that no longer stand where they did, as few as can be."""
    rank = {article.code: place for place, article in enumerate(base)}
    codes = [a.code for a in articles if a.code in rank and a.accepted is not None]
    kept = {codes[place] for place in longest_rising([rank[code] for code in codes])}
    return tuple(code for code in codes if code not in kept)


# Tracked changes ---------------------------------------------------------------------------------


def _revisions(now: Group | None, then: Group | None) -> list[Revision]:
    found = _told(now, lambda piece: piece.inserted, RevisionKind.INSERTION)
    found += _told(then, lambda piece: piece.deleted, RevisionKind.SUPPRESSION)
    return found + _told(now, _restyled, RevisionKind.MISE_EN_FORME)


def _restyled(piece: Piece) -> Mark | None:
    return Mark() if piece.bold != piece.was_bold and not piece.inserted else None


def _told(group: Group | None, mark_of, kind: RevisionKind) -> list[Revision]:
    """Gather neighbouring words changed by one person at one instant."""
    found: list[Revision] = []
    for line in group.all_lines if group else ():
        last: tuple[Mark, bool] | None = None
        for piece in line.pieces:
            mark = mark_of(piece)
            if mark is None:
                last = None
                continue
            if last == (mark, piece.moved):
                found[-1] = replace(found[-1], text=found[-1].text + piece.text)
            else:
                said = RevisionKind.DEPLACEMENT if piece.moved else kind
                found.append(Revision(said, mark.author, mark.at, piece.text))
            last = (mark, piece.moved)
    return found


# What is left out --------------------------------------------------------------------------------


def _places(file: _File) -> dict[int, tuple[int | None, str]]:
    """Return where each paragraph of the file stands: the article's code, and its title."""
    found: dict[int, tuple[int | None, str]] = {}
    for group in [*file.then, *file.now]:
        where = ZONES.get(group.zone, "") or group.heading
        known = file.known.get(group.code)
        if not where and known:
            where = title(known.kind, known.number, known.heading)
        for line in group.all_lines:
            for source in line.sources:
                found[id(source)] = (group.code, where)
    return found


def _leave_out(file: _File, places: Mapping[int, tuple[int | None, str]]) -> None:
    told: set[tuple[str, str]] = set()
    for paragraph in file.flow.paragraphs():
        _, where = places.get(id(paragraph), (None, ""))
        for odd in _odds(paragraph):
            if odd.text or (odd.what, where) not in told:
                file.odds.append(LeftOut(odd.what, where, odd.text))
            told.add((odd.what, where))
    _outside(file)


def _odds(paragraph: Paragraph) -> Iterable[Odd]:
    yield from paragraph.odds
    both = "".join(p.text for p in paragraph.pieces if p.inserted and p.deleted)
    if both.strip():
        yield Odd("texte ajouté puis retiré", both)


def _outside(file: _File) -> None:
    """What was changed outside the articles, zone by zone, line by line."""
    zones = file.zones
    after = _zone_lines(file.now) | file.margins
    before = _zone_lines(file.then)
    for zone in dict.fromkeys([*zones, *after, *before]):
        left = zones[zone].split("\n") if zone in zones else []
        here = after.get(zone, [])
        base = {normal(line) for line in left}
        come = [line for line in here if normal(line) not in base]
        what = "texte changé hors des articles" if zone in zones else "texte hors des articles"
        where = ZONES.get(zone, zone)
        file.odds += [LeftOut(what, where, line) for line in come]
        kept = {normal(line) for line in here}
        gone = [line for line in left or before.get(zone, []) if normal(line) not in kept]
        file.odds += [LeftOut("texte retiré hors des articles", where, line) for line in gone]


def _zone_lines(groups: Sequence[Group]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for group in groups:
        if group.zone:
            said = [piece for line in group.lines for piece in _paragraphs(line)]
            found.setdefault(group.zone, []).extend(filter(None, said))
    return found


def _paragraphs(line) -> list[str]:
    rows = getattr(line, "rows", None)
    if rows is None:
        return [line.text]
    return [one.text for _, cells in rows for cell in cells for one in cell]

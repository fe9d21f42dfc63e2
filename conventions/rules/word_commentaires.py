"""The comments of a Word file: who, when, on which words, in answer to what."""

from collections.abc import Mapping

from lxml import etree

from conventions.rules.word_flux import Flow
from conventions.rules.word_marche import local, spoken
from conventions.rules.word_paquet import Package
from conventions.rules.word_styles_lus import OFF
from conventions.rules.word_types import LeftOut, Remark
from conventions.rules.word_xml import q

LONGEST_PASSAGE = 1_000


def remarks_of(
    package: Package, flow: Flow, places: Mapping[int, tuple[int | None, str]]
) -> tuple[list[Remark], list[LeftOut]]:
    """Return the comments in the order of the text, and those whose passage is gone."""
    passages, homes = _passages(flow, places)
    answers, resolved = _threads(package)
    found, orphans = [], []
    for comment in _comments(package):
        identifier, para = comment.get(q("id")) or "", _last_paragraph(comment)
        code, place = homes.get(identifier, (None, ""))
        remark = Remark(
            identifier,
            comment.get(q("author")) or "",
            comment.get(q("date")) or "",
            spoken(comment),
            passages.get(identifier, "")[:LONGEST_PASSAGE],
            place,
            code,
            answers.get(para),
            para in resolved,
        )
        if identifier in homes or remark.answers:
            found.append(remark)
        else:
            orphans.append(_orphan(remark))
    order = {identifier: rank for rank, identifier in enumerate(homes)}
    found.sort(key=lambda remark: order.get(remark.answers or remark.id, len(order)))
    return found, orphans


def _orphan(remark: Remark) -> LeftOut:
    who = f"commentaire de {remark.author}" if remark.author else "commentaire"
    return LeftOut(f"{who} dont le passage a disparu", "", remark.text)


def _comments(package: Package) -> list[etree._Element]:
    return [c for root in package.related("comments") for c in root.iter(q("comment"))]


def _passages(
    flow: Flow, places: Mapping[int, tuple[int | None, str]]
) -> tuple[dict[str, str], dict[str, tuple[int | None, str]]]:
    passages: dict[str, str] = {}
    homes: dict[str, tuple[int | None, str]] = {}
    for paragraph in flow.paragraphs():
        ended = set()
        for piece in paragraph.pieces:
            for identifier in piece.comments:
                homes.setdefault(identifier, places.get(id(paragraph), (None, "")))
                if piece.deleted is None:
                    passages[identifier] = passages.get(identifier, "") + piece.text
                    ended.add(identifier)
        for identifier in ended:
            passages[identifier] += "\n"
    return {key: words.strip() for key, words in passages.items()}, homes


def _last_paragraph(comment: etree._Element) -> str:
    """Threads are kept apart from the comments, by the identifier of their last paragraph."""
    last = [node for node in comment.iter() if local(node) == "p"]
    ids = (
        [value for name, value in last[-1].attrib.items() if name.endswith("}paraId")]
        if last
        else []
    )
    return ids[0] if ids else ""


def _threads(package: Package) -> tuple[dict[str, str], set[str]]:
    """Return which comment each one answers, and which are resolved, by paragraph identifier."""
    owners = {_last_paragraph(c): c.get(q("id")) or "" for c in _comments(package)}
    answers: dict[str, str] = {}
    resolved: set[str] = set()
    for root in package.related("commentsExtended"):
        for node in root:
            said = {name.rpartition("}")[2]: value for name, value in node.attrib.items()}
            para, parent = said.get("paraId", ""), said.get("paraIdParent", "")
            if parent in owners:
                answers[para] = owners[parent]
            if said.get("done", "0").lower() not in OFF:
                resolved.add(para)
    return answers, resolved

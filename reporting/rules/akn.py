"""A convention in Akoma Ntoso 3.0 (OASIS LegalDocML): its text of a day, and its signed avenants.

The consolidated text is an `act`; annexes and avenants are attached documents. Names (`eId`) come
from the codes of articles, so that they outlive every renumbering.
"""

from collections.abc import Iterator

from lxml import etree

from accounts.rules.typographie import date_longue
from conventions.enums import ArticleKind
from reporting.rules.akn_blocks import BlockWriter
from reporting.rules.akn_meta import (
    LANGUAGE,
    act_uri,
    events,
    identification,
    main_meta,
    modification_of,
    period_id,
    work_uri,
)
from reporting.rules.akn_source import AknAct, AknArticle, AknText
from reporting.rules.akn_xml import REFERS_TO_US, element, written

_TAGS = {ArticleKind.TITRE: ("title", "title"), ArticleKind.ARTICLE: ("article", "art")}


def akoma_ntoso(text: AknText) -> bytes:
    """Return the file. Its words are those of the text; nothing depends on a clock."""
    return written(_Document(text).root())


class _Document:
    def __init__(self, text: AknText) -> None:
        self.text = text
        self.eids = {article.code: _eid(article) for article in _walk(text.articles)}
        self.writer = BlockWriter(text.labels, self.eids)
        self.periods = {(act.number, day) for act, day in events(text)}

    def root(self) -> etree._Element:
        text = self.text
        body = element("body", eId="body")
        for article in text.articles:
            if article.kind != ArticleKind.ANNEXE:
                body.append(self._hierarchy(article))
        if not len(body):
            body.append(element("hcontainer", name="vide", eId="hcontainer_vide"))
        attached = [self._annex(article) for article in _annexes(text.articles)]
        attached += [self._avenant(act) for act in text.acts if act.number]
        amended = any(act.number for act in text.acts)
        return element(
            "akomaNtoso",
            element(
                "act",
                main_meta(text, self.eids),
                self._preface(),
                self._preamble(),
                body,
                self._conclusions(),
                element("attachments", *attached) if attached else None,
                name="convention",
                contains="singleVersion" if amended else "originalVersion",
            ),
        )

    def _preface(self) -> etree._Element:
        text = self.text
        title = element("docTitle", text=text.title)
        lines = [element("p", title)]
        for party in text.parties:
            name = element(
                "organization",
                text=party.name,
                eId=f"preface__org_{party.rank}",
                refersTo=f"#party_{party.rank}",
            )
            nature = f", {party.legal_nature}" if party.legal_nature else ""
            lines.append(element("p", name, f"{nature}, ci-après «\u00a0{party.alias}\u00a0»"))
        if text.is_draft:
            lines.append(element("p", text=f"Projet lu le {text.on.isoformat()}."))
        return element("preface", *lines, eId="preface")

    def _preamble(self) -> etree._Element | None:
        found = []
        for tag, inner, words in (
            ("citations", "citation", self.text.visas),
            ("recitals", "recital", self.text.considerants),
        ):
            if words:
                found.append(
                    element(
                        tag,
                        *(
                            element(
                                inner,
                                *self.writer.blocks(one, f"{tag}__{inner}_{rank}"),
                                eId=f"{tag}__{inner}_{rank}",
                            )
                            for rank, one in enumerate(words, start=1)
                        ),
                        eId=tag,
                    )
                )
        return element("preamble", *found, eId="preamble") if found else None

    def _hierarchy(self, article: AknArticle) -> etree._Element:
        eid = self.eids[article.code]
        tag = _TAGS.get(ArticleKind(article.kind), ("hcontainer", ""))[0]
        found = element(tag, eId=eid, period=self._period(article))
        if tag == "hcontainer":
            found.set("name", article.kind)
        self._entitle(found, article, eid)
        inside = [one for one in article.children if one.kind != ArticleKind.ANNEXE]
        blocks = self.writer.blocks(article.body, eid)
        if blocks:
            holder = "intro" if inside else "content"
            found.append(element(holder, *blocks, eId=f"{eid}__{holder}"))
        for child in inside:
            found.append(self._hierarchy(child))
        return found

    def _entitle(self, found: etree._Element, article: AknArticle, eid: str) -> None:
        if article.number:
            found.append(element("num", text=article.number, eId=f"{eid}__num"))
        if article.heading:
            found.append(element("heading", text=article.heading, eId=f"{eid}__heading"))

    def _period(self, article: AknArticle) -> str | None:
        if article.since is None or (article.act, article.since) not in self.periods:
            return None
        return f"#{period_id(article.act, article.since)}"

    def _annex(self, article: AknArticle) -> etree._Element:
        eid = self.eids[article.code]
        found = element("attachment", eId=eid)
        self._entitle(found, article, eid)
        body = element("mainBody", *self.writer.blocks(article.body, f"{eid}__body"))
        for child in article.children:
            body.append(self._hierarchy(child))
        if not len(body):
            body.append(element("p"))
        text = self.text
        meta = identification(
            work_uri(text), f"{work_uri(text)}/{LANGUAGE}@{text.on.isoformat()}",
            f"annexe_{article.code}", dated_on=text.dated_on, on=text.on, number=text.reference,
            title=article.label, authors=[REFERS_TO_US],
        )  # fmt: skip
        found.append(element("doc", element("meta", meta), body, name="annexe"))
        return found

    def _avenant(self, act: AknAct) -> etree._Element:
        """An avenant with its operations, each the source of a modification of the text."""
        own = f"av_{act.number}"
        body = element("mainBody")
        for change in act.changes:
            eid = f"{own}__op_{change.rank}"
            operation = element("hcontainer", name="operation", eId=eid)
            operation.append(element("num", text=str(change.place), eId=f"{eid}__num"))
            operation.append(element("heading", text=change.sentence, eId=f"{eid}__heading"))
            if blocks := self.writer.blocks(change.body, eid):
                operation.append(element("content", *blocks, eId=f"{eid}__content"))
            body.append(operation)
        if not len(body):
            body.append(element("p", text=act.purpose or act.name))
        uri = act_uri(self.text, act)
        meta = element(
            "meta",
            identification(
                uri, f"{uri}/{LANGUAGE}@{act.signed_on.isoformat()}", "main",
                dated_on=act.signed_on, on=act.signed_on, number=f"{act.number}",
                title=act.title or act.name, authors=[REFERS_TO_US],
            ),
            self._active(act),
        )  # fmt: skip
        return element(
            "attachment",
            element("heading", text=act.name, eId=f"{own}__heading"),
            element("doc", meta, body, name=act.kind),
            eId=own,
        )

    def _active(self, act: AknAct) -> etree._Element | None:
        if not act.changes:
            return None
        active = element("activeModifications")
        for change in act.changes:
            target = f"{work_uri(self.text)}/!main~art_{change.code}"
            active.append(
                element(
                    "textualMod",
                    element("source", href=f"#av_{act.number}__op_{change.rank}"),
                    element("destination", href=target),
                    type=modification_of(change.change),
                    eId=f"amod_{act.number}_{change.rank}",
                )
            )
        return element("analysis", active, source=REFERS_TO_US)

    def _conclusions(self) -> etree._Element | None:
        text = self.text
        if text.is_draft:
            return None
        day = text.dated_on
        place = f"Fait à {text.place}, le " if text.place else "Fait le "
        written_on = element("date", text=str(date_longue(day)), date=day.isoformat())
        lines = [element("p", place, written_on)]
        for one in (one for one in text.signatories if one.act == 0):
            person = element(
                "person",
                text=one.name,
                eId=f"conclusions__person_{one.rank}",
                refersTo=f"#person_{one.act}_{one.rank}",
            )
            party = text.parties[one.party - 1] if 0 < one.party <= len(text.parties) else None
            told = f", {one.capacity}" + (f", pour {party.alias}" if party else "")
            lines.append(element("p", element("signature", person, told)))
        return element("conclusions", *lines, eId="conclusions")


def _eid(article: AknArticle) -> str:
    abbreviation = _TAGS.get(ArticleKind(article.kind), ("", article.kind))[1]
    if article.kind == ArticleKind.ANNEXE:
        abbreviation = "att"
    return f"{abbreviation}_{article.code}"


def _annexes(articles) -> Iterator[AknArticle]:
    """Yield the annexes, also those that stand in a title; one within another stays there."""
    for article in articles:
        if article.kind == ArticleKind.ANNEXE:
            yield article
        else:
            yield from _annexes(article.children)


def _walk(articles) -> Iterator[AknArticle]:
    for article in articles:
        yield article
        yield from _walk(article.children)

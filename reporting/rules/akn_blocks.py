"""A wording in Akoma Ntoso blocks: paragraphs, lists to three levels, tables, bold, references."""

from collections.abc import Iterator, Mapping

from lxml import etree

from conventions.rules.ecriture import BROKEN
from conventions.rules.texte import Block, BlockKind, blocks, runs
from reporting.rules.akn_xml import add, element


class BlockWriter:
    """Writes the bodies of one document; references lead to the eId of their article."""

    def __init__(self, labels: Mapping[int, str], eids: Mapping[int, str]) -> None:
        self.labels, self.eids = labels, eids

    def blocks(self, body: str, within: str) -> list[etree._Element]:
        """Return the blocks of a body; the names of those inside begin with `within`."""
        return list(self._written(blocks(body), within))

    def _written(self, wording, within: str) -> Iterator[etree._Element]:
        counts = {"list": 0, "table": 0, "p": 0}
        for block in wording:
            kind = {BlockKind.LIST: "list", BlockKind.TABLE: "table"}.get(block.kind, "p")
            counts[kind] += 1
            eid = f"{within}__{kind}_{counts[kind]}"
            yield {"list": self._list, "table": self._table, "p": self._p}[kind](block, eid)

    def _p(self, block: Block, eid: str) -> etree._Element:
        return self.words(element("p", eId=eid), block.text, eid)

    def words(self, parent: etree._Element, text: str, within: str) -> etree._Element:
        """Write the runs of a text into an element: bold, and references by their label."""
        for rank, run in enumerate(runs(text), start=1):
            piece = run.text if run.reference is None else self._ref(run.reference, within, rank)
            add(parent, [element("b", piece) if run.bold else piece])
        return parent

    def _ref(self, code: int, within: str, rank: int) -> etree._Element | str:
        label = self.labels.get(code)
        if label is None:
            return BROKEN
        eid = self.eids.get(code)
        if eid is None:
            return label
        return element("ref", text=label, eId=f"{within}__ref_{rank}", href=f"#{eid}")

    def _list(self, block: Block, eid: str) -> etree._Element:
        found = element("blockList", eId=eid)
        for rank, item in enumerate(block.items, start=1):
            own = f"{eid}__item_{rank}"
            line = element("item", eId=own)
            if block.start is not None:
                line.append(element("num", text=f"{block.start + rank - 1}.", eId=f"{own}__num"))
            line.append(self.words(element("p", eId=f"{own}__p_1"), item.text, own))
            for inner, one in enumerate(item.lists, start=1):
                line.append(self._list(one, f"{own}__list_{inner}"))
            found.append(line)
        return found

    def _table(self, block: Block, eid: str) -> etree._Element:
        found = element("table", eId=eid)
        lines = [("th", block.header)] if block.header else []
        lines += [("td", row) for row in block.rows]
        for rank, (tag, cells) in enumerate(lines, start=1):
            row = element("tr", eId=f"{eid}__tr_{rank}")
            for column, cell in enumerate(cells, start=1):
                own = f"{eid}__tr_{rank}__{tag}_{column}"
                row.append(element(tag, self.words(element("p"), cell, own), eId=own))
            found.append(row)
        return found

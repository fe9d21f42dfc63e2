"""The metadata of the file: what it is, its life, its modifications, whom and what it names.

The identification follows FRBR: the work (the convention), its expression (its words in French on
a day), its manifestation (this file). URIs follow the Akoma Ntoso Naming Convention.
"""

from datetime import date

from lxml import etree

from conventions.enums import Change
from reporting.rules.akn_source import AknAct, AknText
from reporting.rules.akn_xml import REFERS_TO_US, element

LANGUAGE = "fra"
_MODIFICATIONS = {
    Change.ECRIRE: "insertion",
    Change.REMPLACER: "substitution",
    Change.RENUMEROTER: "renumbering",
    Change.ABROGER: "repeal",
}


def modification_of(change: str) -> str:
    return _MODIFICATIONS[Change(change)]


def work_uri(text: AknText) -> str:
    return f"/akn/fr/act/convention/{text.dated_on.isoformat()}/{text.reference.lower()}"


def act_uri(text: AknText, act: AknAct) -> str:
    number = f"{text.reference.lower()}-{act.number}"
    return f"/akn/fr/act/{act.kind}/{act.signed_on.isoformat()}/{number}"


def expression_uri(text: AknText) -> str:
    return f"{work_uri(text)}/{LANGUAGE}@{text.on.isoformat()}"


def event_id(act: int, day: date) -> str:
    return f"event_{act}_{day.isoformat()}"


def period_id(act: int, day: date) -> str:
    return f"period_{act}_{day.isoformat()}"


def events(text: AknText) -> list[tuple[AknAct, date]]:
    """Each signed act on each day it takes effect, up to the day the text is read."""
    found = []
    for act in text.acts:
        days = {act.effective_on, *(change.from_on for change in act.changes)}
        found += [(act, day) for day in sorted(days) if day <= text.on or act.number == 0]
    return found


def identification(
    work: str, expression: str, component: str, *, dated_on: date, on: date, number: str,
    title: str, authors: list[str],
) -> etree._Element:  # fmt: skip
    """Write the three levels of FRBR for one document of the file."""
    core = [
        element("FRBRdate", date=dated_on.isoformat(), name="signature"),
        *(element("FRBRauthor", href=author) for author in authors),
    ]
    return element(
        "identification",
        element(
            "FRBRWork",
            element("FRBRthis", value=f"{work}/!{component}"),
            element("FRBRuri", value=work),
            element("FRBRalias", value=title, name="titre"),
            *core,
            element("FRBRcountry", value="fr"),
            element("FRBRnumber", value=number),
        ),
        element(
            "FRBRExpression",
            element("FRBRthis", value=f"{expression}/!{component}"),
            element("FRBRuri", value=expression),
            element("FRBRdate", date=on.isoformat(), name="consolidation"),
            element("FRBRauthor", href=REFERS_TO_US),
            element("FRBRlanguage", language=LANGUAGE),
        ),
        element(
            "FRBRManifestation",
            element("FRBRthis", value=f"{expression}/!{component}.xml"),
            element("FRBRuri", value=f"{expression}.akn"),
            element("FRBRdate", date=on.isoformat(), name="consolidation"),
            element("FRBRauthor", href=REFERS_TO_US),
            element("FRBRformat", value="application/akn+xml"),
        ),
        source=REFERS_TO_US,
    )


def main_meta(text: AknText, eids: dict[int, str]) -> etree._Element:
    """Write the metadata of the consolidated text."""
    return element(
        "meta",
        identification(
            work_uri(text), expression_uri(text), "main", dated_on=text.dated_on, on=text.on,
            number=text.reference, title=text.title,
            authors=[f"#party_{party.rank}" for party in text.parties] or [REFERS_TO_US],
        ),
        _lifecycle(text),
        _passive(text, eids),
        _temporal(text),
        _references(text),
        _notes(text),
    )  # fmt: skip


def _lifecycle(text: AknText) -> etree._Element | None:
    if text.is_draft:
        return None
    found = element("lifecycle", source=REFERS_TO_US)
    for act, day in events(text):
        found.append(
            element(
                "eventRef",
                date=day.isoformat(),
                eId=event_id(act.number, day),
                source=f"#act_{act.number}",
                type="amendment" if act.number else "generation",
            )
        )
    return found


def _passive(text: AknText, eids: dict[int, str]) -> etree._Element | None:
    done = [c for act in text.acts for c in act.changes if c.from_on <= text.on]
    if not done:
        return None
    passive = element("passiveModifications")
    for change in done:
        target = eids.get(change.code)
        href = f"#{target}" if target else f"{work_uri(text)}/!main~art_{change.code}"
        passive.append(
            element(
                "textualMod",
                element("source", href=f"#av_{change.act}__op_{change.rank}"),
                element("destination", href=href),
                element("force", period=f"#{period_id(change.act, change.from_on)}"),
                type=modification_of(change.change),
                eId=f"pmod_{change.act}_{change.rank}",
            )
        )
    return element("analysis", passive, source=REFERS_TO_US)


def _temporal(text: AknText) -> etree._Element | None:
    if text.is_draft:
        return None
    groups = [
        element(
            "temporalGroup",
            element("timeInterval", start=f"#{event_id(act.number, day)}", refersTo="#en_vigueur"),
            eId=period_id(act.number, day),
        )
        for act, day in events(text)
    ]
    return element("temporalData", *groups, source=REFERS_TO_US)


def _references(text: AknText) -> etree._Element:
    found = element("references", source=REFERS_TO_US)
    for act in text.acts:
        tag = "passiveRef" if act.number else "original"
        href = act_uri(text, act) if act.number else work_uri(text)
        found.append(element(tag, eId=f"act_{act.number}", href=href, showAs=act.name))
    us = "/akn/ontology/organization/fr/revoyure"
    found.append(element("TLCOrganization", eId="revoyure", href=us, showAs="Revoyure"))
    for party in text.parties:
        href = f"/akn/ontology/organization/fr/{party.identifier}"
        eid = f"party_{party.rank}"
        found.append(element("TLCOrganization", eId=eid, href=href, showAs=party.name))
    for one in text.signatories:
        eid = f"person_{one.act}_{one.rank}"
        href = f"/akn/ontology/person/fr/{text.reference.lower()}-{one.act}-{one.rank}"
        found.append(element("TLCPerson", eId=eid, href=href, showAs=one.name))
    concept = "/akn/ontology/concept/fr/en-vigueur"
    found.append(element("TLCConcept", eId="en_vigueur", href=concept, showAs="en vigueur"))
    for rank, (term, _meaning) in enumerate(text.definitions, start=1):
        href = f"/akn/ontology/term/fr/{text.reference.lower()}-{rank}"
        found.append(element("TLCTerm", eId=f"term_{rank}", href=href, showAs=term))
    return found


def _notes(text: AknText) -> etree._Element | None:
    """The meaning of each defined term: the schema's TLCTerm holds its name alone."""
    if not text.definitions:
        return None
    found = element("notes", source=REFERS_TO_US)
    for rank, (term, meaning) in enumerate(text.definitions, start=1):
        words = element("p", text=f"{term}\u00a0: {meaning}")
        found.append(element("note", words, eId=f"note_{rank}", refersTo=f"#term_{rank}"))
    return found

"""The text of a convention as a document: all it prints, read once, without a clock.

The same texts on the same day make the same document: its date is that of what it holds.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.urls import reverse

from accounts.rules.typographie import date_longue
from conventions.enums import ArticleKind, VisaKind
from conventions.models import Act, Convention, Party, Signatory
from conventions.models.acts_read import AvenantText, BeforeAfter, avenant_text, before_after_of
from conventions.models.amendments import amendments_of, definitions_after, definitions_of
from conventions.models.consolidated import (
    ConsolidatedArticle,
    consolidated_text,
    text_after,
    text_before,
)
from conventions.rules.ecriture import Reference
from conventions.rules.modifications import Amendment
from conventions.rules.texte import Block, Entry, blocks, contents
from reporting.rules.empreinte import in_fours, text_fingerprint

# Deeper titles are set alike: a fifth size would tell nothing.
DEEPEST_TITLE = 3


@dataclass(frozen=True)
class PrintedArticle:
    """An article as laid out: its wording in blocks, and what the margin says of its life."""

    version: ConsolidatedArticle
    blocks: list[Block]
    notes: list[str]

    @property
    def level(self) -> int:
        return min(self.version.depth, DEEPEST_TITLE) + 1

    @property
    def is_annex(self) -> bool:
        return self.version.kind == ArticleKind.ANNEXE


@dataclass(frozen=True)
class PrintedParty:
    """A party with those who sign for it."""

    party: Party
    signatories: list[Signatory]


@dataclass(frozen=True)
class TextDocument:
    """One document, ready to be laid out on a page or on paper.

    `day` dates it: the day consolidated, that of the signature, or that of reading for a draft.
    """

    convention: Convention
    kind: str
    title: str
    day: date
    is_draft: bool
    permalink: str
    parties: list[PrintedParty]
    visas: list[str]
    considerants: list[str]
    articles: list[PrintedArticle] = field(default_factory=list)
    definitions: list[tuple[str, str]] = field(default_factory=list)
    references: dict[int, Reference] = field(default_factory=dict)
    old_references: dict[int, Reference] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    act: Act | None = None
    avenant: AvenantText | None = None
    rows: list[BeforeAfter] = field(default_factory=list)

    @property
    def contents(self) -> list[Entry]:
        return contents(article.version for article in self.articles)

    @property
    def digest(self) -> str:
        return text_fingerprint(self._lines())

    @property
    def digest_in_fours(self) -> str:
        return in_fours(self.digest)

    @property
    def length(self) -> int:
        """How many signs there are to lay out."""
        return sum(len(word) for line in self._lines() for word in line)

    @property
    def warning(self) -> str:
        """What the foot of each page says: a paper is read long after it was printed."""
        if self.is_draft:
            return "Projet, sans valeur tant qu’il n’est pas signé"
        kept = {
            "convention": "Texte d’origine",
            "avenant": "Acte tel que signé",
            "consolide": f"Texte consolidé au {date_longue(self.day)}",
        }[self.kind]
        return f"{kept}\u202f; vérifiez s’il a été modifié\u00a0: {self.permalink}"

    @property
    def what(self) -> str:
        """«texte», or «acte-3»: enough, with the day, to read it again."""
        return "texte" if self.kind == "consolide" else f"acte-{self.act.number}"

    @property
    def signed_on(self) -> date | None:
        return self.act.signed_on if self.act is not None and self.act.is_signed else None

    def _lines(self) -> list[list[str]]:
        lines = [[words] for words in (*self.visas, *self.considerants)]
        for article in self.articles:
            version = article.version
            lines.append([str(version.code), version.number, version.heading, version.body])
        if self.avenant is not None:
            provisions = [*self.avenant.provisions, self.avenant.closing]
            lines += [[p.sentence, p.number, p.heading, p.body] for p in provisions]
        return lines + [list(pair) for pair in self.definitions]


def consolidated_document(convention: Convention, *, on: date) -> TextDocument | None:
    """The text in force on a day; None when there is none."""
    articles = consolidated_text(convention, on=on)
    if not articles:
        return None
    notes = defaultdict(list)
    for amendment in amendments_of(convention):
        if amendment.from_on <= on:
            notes[amendment.article_id].append(_note(amendment))
    acts = list(convention.acts.in_force(on=on).order_by("effective_on", "number"))
    initial = next((act for act in acts if act.number == 0), acts[0])
    return TextDocument(
        convention,
        "consolide",
        f"Texte consolidé au {date_longue(on)}",
        on,
        is_draft=False,
        permalink=_address("conventions:text_on", convention.pk, on),
        parties=_parties(convention, initial, on=on),
        articles=_printed(articles, notes),
        definitions=definitions_of(convention, on=on),
        references=_references(articles),
        acts=acts,
        act=initial,
        **_opening(initial),
    )


def read_again(convention: Convention, what: str, *, day: date) -> TextDocument | None:
    """The document that `what` names on a day, as its words are now."""
    if what == "texte":
        return consolidated_document(convention, on=day)
    act = convention.acts.filter(number=int(what.removeprefix("acte-"))).first()
    return None if act is None else act_document(act, on=day)


def act_document(act: Act, *, on: date) -> TextDocument:
    """An act as it was signed, or as its draft stands: the convention itself, or an avenant."""
    return _avenant(act, on=on) if act.number else _initial(act, on=on)


def _initial(act: Act, *, on: date) -> TextDocument:
    convention = act.convention
    articles = text_after(act)
    day = act.signed_on if act.is_signed else on
    return TextDocument(
        convention,
        "convention",
        "Convention" if act.is_signed else "Projet de convention",
        day,
        is_draft=not act.is_signed,
        permalink=_address("conventions:text_origin", convention.pk),
        parties=_parties(convention, act, on=day),
        articles=_printed(articles, {}),
        definitions=definitions_after(act),
        references=_references(articles),
        acts=[act],
        act=act,
        **_opening(act),
    )


def _avenant(act: Act, *, on: date) -> TextDocument:
    written = avenant_text(act)
    day = act.signed_on if act.is_signed else on
    return TextDocument(
        act.convention,
        "avenant",
        written.title if act.is_signed else f"Projet d’{_small(written.title)}",
        day,
        is_draft=not act.is_signed,
        permalink=_address("conventions:acts", act.convention_id),
        parties=_parties(act.convention, act, on=day),
        references=_references(text_after(act)),
        old_references=_references(text_before(act)),
        acts=[act],
        act=act,
        avenant=written,
        rows=before_after_of(act, written.provisions),
        **_opening(act),
    )


def _opening(act: Act) -> dict[str, list[str]]:
    visas = list(act.visas.order_by("position"))
    return {
        "visas": [visa.text for visa in visas if visa.kind == VisaKind.VISA],
        "considerants": [visa.text for visa in visas if visa.kind == VisaKind.CONSIDERANT],
    }


def _parties(convention: Convention, act: Act, *, on: date) -> list[PrintedParty]:
    """The parties of that day, each with those who sign this act for it."""
    signing = defaultdict(list)
    for signatory in act.signatories.order_by("party__position", "position"):
        signing[signatory.party_id].append(signatory)
    parties = convention.parties.in_force(on=on).order_by("position", "pk")
    return [PrintedParty(party, signing[party.pk]) for party in parties]


def _printed(
    articles: Iterable[ConsolidatedArticle], notes: dict[int, list[str]]
) -> list[PrintedArticle]:
    return [
        PrintedArticle(article, blocks(article.body), notes.get(article.article_id, []))
        for article in articles
    ]


def _references(articles: Iterable[ConsolidatedArticle]) -> dict[int, Reference]:
    return {article.code: Reference(article.label, f"#{article.anchor}") for article in articles}


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _note(amendment: Amendment) -> str:
    return f"{amendment.sentence}, en vigueur depuis le {date_longue(amendment.from_on)}"


def _address(name: str, *args) -> str:
    return settings.SITE_URL + reverse(name, args=args)

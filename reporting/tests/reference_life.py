"""The life given to a reference: seven acts by the product's own actions, each one noted down.

They are signed in another order than they take effect, delay what they do, come back on what
others did; what is noted is read again by `reference_told`, which knows nothing of the portal.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from conventions.actions.avenants import create_avenant, read_again
from conventions.actions.clause_operations import binding_clauses, end_clause, write_clause
from conventions.actions.clauses import confirm_clause
from conventions.actions.definitions import define_term
from conventions.actions.operations import (
    insert_by,
    renumber_article,
    repeal_article,
    replace_article,
    restore_article,
)
from conventions.actions.successions import plan_party_change
from conventions.enums import (
    ActKind,
    ArticleKind,
    PartyChangeKind,
    TerminationGround,
    Trigger,
    Unit,
)
from conventions.models import Act, Article, DurationClause, Party, TerminationClause
from conventions.models.consolidated import draft_text
from conventions.tests.reference_entry import (
    CIL,
    SIGNED,
    WRITTEN,
    Entered,
    agree_and_sign,
    enter,
    sign_initial,
)
from conventions.tests.reference_texts import Passage, Reference
from engagements.actions.engagements import create_engagement
from engagements.actions.figures import set_target
from engagements.actions.operations import plan_end, plan_engagement, plan_target
from engagements.enums import Recurrence, Strength
from engagements.models import Engagement, Indicator
from engagements.tests.factories import make_indicator
from reporting.tests.reference_told import Line, Notebook, Written

_STRENGTHS = {
    "firm": Strength.FERME,
    "best_effort": Strength.MOYENS,
    "intent": Strength.INTENTION,
}
_RECURRENCES = {"annual": Recurrence.ANNUELLE, "quarterly": Recurrence.TRIMESTRIELLE}
_LAST_RANK = re.compile(r"(.*?)(\d+)")
YEARS = (2018, 2019, 2020)


@dataclass
class Life:
    """A reference that lives; `watch` is called on each draft before anybody shares it."""

    entered: Entered
    notebook: Notebook
    watch: Callable[[Act], None] = lambda act: None
    engagements: list[Engagement] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)

    @property
    def convention(self):
        return self.entered.convention

    def roles(self) -> tuple[list[Article], Article | None]:
        """Four articles that hold no other, and one that holds several, far from them."""
        passages = list(zip(self.entered.reference.passages, self.entered.articles, strict=True))
        branch = next((a for p, a in reversed(passages) if _is_branch(p, a)), None)
        leaves = [
            (p, a)
            for p, a in passages
            if p.kind != ArticleKind.PREAMBULE
            and not a.children.exists()
            and not _inside(a, branch)
        ]
        plain = [a for p, a in leaves if p.kind == ArticleKind.ARTICLE]
        plain += [a for p, a in leaves if p.kind != ArticleKind.ARTICLE]
        return [*plain[:3], plain[-1]], branch


def _is_branch(passage: Passage, article: Article) -> bool:
    return passage.kind != ArticleKind.PREAMBULE and article.children.count() > 1


def _inside(article: Article, holder: Article | None) -> bool:
    above = article
    while above is not None and above.parent_id is not None:
        above = above.parent
        if above == holder or above.kind == ArticleKind.PREAMBULE:
            return True
    return False


class Pen:
    """Writes one draft act, by the actions, and notes what it did."""

    def __init__(self, life: Life, written: Written, act: Act, who: dict) -> None:
        self.life, self.written, self.act, self.who = life, written, act, who

    def insert(
        self, words: str, *, after=None, parent=None, push_on=False, from_on=None
    ) -> Article:
        sibling = after or parent
        kind = sibling.kind if after else ArticleKind.ARTICLE
        lines = self._lines()
        row = insert_by(
            self.act, **self.who, heading=f"Inséré : {words}", body=f"{words}.", kind=kind,
            after=after, parent=None if after else parent, push_on=push_on, effective_on=from_on,
        )  # fmt: skip
        article = row.article
        line = Line(article.code, 0, kind, row.number, f"Inséré : {words}", f"{words}.")
        place = {"after": after and after.code, "parent": parent and parent.code}
        self.written.does("insert", from_on, line=line, **place)
        if push_on:
            self._note_pushed(lines, after, from_on)
        return article

    def _lines(self) -> list[Line]:
        text = draft_text(self.act)
        return [Line(a.code, a.depth, a.kind, a.number, a.heading, a.body) for a in text]

    def _note_pushed(self, lines: list[Line], after: Article, from_on: date | None) -> None:
        """Those behind move on by one, one after the other, and what they hold with them."""
        rank = next(r for r, line in enumerate(lines) if line.code == after.code)
        here, moved = lines[rank], ("", "")
        for line in lines[rank + 1 :]:
            if line.depth < here.depth:
                break
            match = _LAST_RANK.fullmatch(line.number)
            if line.depth == here.depth and match:
                moved = (line.number, f"{match[1]}{int(match[2]) + 1}")
                self.written.does("change", from_on, code=line.code, number=moved[1])
            elif line.depth > here.depth and moved[0] and line.number.startswith(f"{moved[0]}."):
                number = moved[1] + line.number[len(moved[0]) :]
                self.written.does("change", from_on, code=line.code, number=number)

    def replace(self, article: Article, body: str, *, heading="Remplacé", from_on=None) -> None:
        words = {"heading": heading, "body": body}
        replace_article(self.act, article, **self.who, **words, effective_on=from_on)
        self.written.does("change", from_on, code=article.code, **words)

    def repeal(self, article: Article, *, from_on=None) -> None:
        repeal_article(self.act, article, **self.who, effective_on=from_on)
        self.written.does("change", from_on, code=article.code, gone=True)

    def restore(self, article: Article, body: str, *, number: str, from_on=None) -> None:
        words = {"heading": "Rétabli", "body": body, "number": number}
        restore_article(self.act, article, **self.who, **words, effective_on=from_on)
        self.written.does("change", from_on, code=article.code, gone=False, **words)

    def renumber(self, article: Article, number: str, *, from_on=None) -> None:
        renumber_article(self.act, article, **self.who, number=number, effective_on=from_on)
        self.written.does("change", from_on, code=article.code, number=number)

    def define(self, term: str, meaning: str) -> None:
        define_term(self.act, **self.who, term=term, meaning=meaning)
        self.written.says("definition", term.casefold(), value=(term, meaning))

    def way_out(self, ground: str, months: int, *, from_on=None) -> None:
        """Write a way out, or the one of that ground anew."""
        known = [c for c in binding_clauses(self.act) if getattr(c, "ground", "") == ground]
        clause = write_clause(
            TerminationClause, self.act, **self.who, replaces=known[0] if known else None,
            ground=ground, quantity=months, unit=Unit.MOIS, trigger=Trigger.RECEPTION,
            effective_on=from_on,
        )  # fmt: skip
        confirm_clause(clause, **self.who)
        terms = (months, Unit.MOIS, Trigger.RECEPTION)
        self.written.says("way_out", ground, value=terms, on=from_on)

    def end_way_out(self, ground: str, *, from_on=None) -> None:
        known = next(c for c in binding_clauses(self.act) if getattr(c, "ground", "") == ground)
        end_clause(known, self.act, **self.who, effective_on=from_on)
        self.written.says("way_out", ground, on=from_on)

    def prorogue(self, years: int) -> None:
        clause = write_clause(
            DurationClause, self.act, **self.who, quantity=years, trigger=Trigger.TERME
        )
        confirm_clause(clause, **self.who)
        self.written.says("duration", value=(years, Unit.ANS, Trigger.TERME))

    def owe(self, title: str, *, replaces: Engagement | None = None, from_on=None) -> None:
        plan_engagement(
            self.act, **self.who, debtors=self._bound()[:1], replaces=replaces, title=title,
            effective_on=from_on,
        )  # fmt: skip
        key = replaces.number if replaces else title
        self.written.says("engagement", key, value=title, on=from_on)

    def owe_no_more(self, engagement: Engagement, *, from_on=None) -> None:
        plan_end(self.act, **self.who, engagement=engagement, effective_on=from_on)
        self.written.says("engagement", engagement.number, on=from_on)

    def aim(self, indicator: Indicator, year: int, quantity: int | None, *, from_on=None) -> None:
        value = None if quantity is None else Decimal(quantity)
        plan_target(
            self.act, **self.who, indicator=indicator, year=year, quantity=value,
            territory=self.life.convention.territory, effective_on=from_on,
        )  # fmt: skip
        self.written.says("target", indicator.code, year, value=value, on=from_on)

    def rename(self, party: Party, alias: str, *, from_on=None) -> None:
        plan_party_change(
            self.act, **self.who, kind=PartyChangeKind.NOM, party=party, alias=alias,
            name=f"{alias} (nouveau nom)", effective_on=from_on, reason="arrêté",
        )  # fmt: skip
        self.written.says("party", party.position, value=alias, on=from_on)

    def _bound(self) -> list[Party]:
        day = self.act.effective_on
        return list(self.life.convention.parties.in_force(on=day).order_by("position"))


def begin(
    life: Life, rank: int, title: str, *, on: date, effective_on: date, kind=ActKind.AVENANT
) -> Pen:
    """Begin an act in the name of the first or the second party."""
    organisation = life.convention.parties.filter(position=rank).first().organisation
    who = {"by": life.entered.speaker(organisation), "on": on}
    act = create_avenant(
        life.convention, **who, drafted_by=organisation, kind=kind, title=f"Acte nommé {title}",
        purpose="Une erreur de plume, que le procès-verbal montre.", effective_on=effective_on,
    )  # fmt: skip
    return Pen(life, life.notebook.begin(effective_on), act, who)


def sign(pen: Pen, *, on: date) -> Act:
    """Show that nobody else knows of the draft, then carry it to its signature."""
    pen.life.watch(pen.act)
    read_again(pen.act, by=pen.who["by"], on=on)
    act = agree_and_sign(pen.life.entered, pen.act, on=on)
    pen.written.number = act.number
    pen.life.convention.refresh_from_db()
    return act


def begin_life(reference: Reference) -> Life:
    """Enter a reference, with what its parties owe and aim at, and sign it."""
    entered = enter(reference)
    life = Life(entered, Notebook(SIGNED))
    first = life.notebook.begin(SIGNED)
    first.number = 0
    _owe(life, first)
    _aim(life, first)
    codes = [a.code for a in entered.articles]
    life.notebook.initial = [
        Line(code, p.level, p.kind, p.number, p.heading, p.body)
        for code, p in zip(codes, reference.passages, strict=True)
    ]
    for term, meaning in (("CIL", CIL), ("Salarié", "qui travaille")):
        first.says("definition", term.casefold(), value=(term, meaning))
    for clause in TerminationClause.objects.filter(convention=life.convention):
        terms = (clause.quantity, clause.unit, clause.trigger)
        first.says("way_out", clause.ground, value=terms)
    duration = DurationClause.objects.get(convention=life.convention)
    first.says("duration", value=(duration.quantity, duration.unit, duration.trigger))
    for party in entered.parties:
        first.says("party", party.position, value=party.alias)
    sign_initial(entered)
    return life


def _owe(life: Life, first: Written) -> None:
    parties = life.entered.parties
    sides = {"joint": parties, "epci": parties[:1], "action_logement": parties[1:]}
    sides |= {f"other:{party.name_as_signed}": [party] for party in parties}
    who = {"by": life.entered.speaker(life.convention.drafted_by), "on": WRITTEN}
    told = life.entered.reference.notes.get("commitments") or [
        {"debtor": "joint", "summary_fr": f"Promesse {rank}", "strength": "firm"}
        for rank in range(4)
    ]
    for one in told:
        if one["debtor"] not in sides:
            continue
        sides_of = set(sides[one["debtor"]])
        answered = [e for e in life.engagements if not set(e.debtors.all()) & sides_of]
        engagement = create_engagement(
            life.convention, **who, debtors=sides[one["debtor"]], counterparts=answered[:1],
            title=one["summary_fr"][:200], wording=one.get("text", ""),
            strength=_STRENGTHS[one["strength"]],
            recurrence=_RECURRENCES.get(one.get("recurrence"), Recurrence.PERMANENTE),
            condition=one.get("trigger") or "", article=life.entered.numbered(one.get("article")),
        )  # fmt: skip
        life.engagements.append(engagement)
        first.says("engagement", engagement.number, value=engagement.title)


def _aim(life: Life, first: Written) -> None:
    who = {"by": life.entered.speaker(life.convention.drafted_by), "on": WRITTEN}
    figures = life.entered.reference.notes.get("figures") or [{"what": "Logements", "value": 10}]
    for one in figures:
        if one.get("kind", "target") != "target":
            continue
        code = f"R-{len(life.indicators) + 1:02d}"
        indicator = make_indicator(convention=life.convention, code=code, name=one["what"][:100])
        life.indicators.append(indicator)
        for year in YEARS:
            quantity = Decimal(str(one["value"]))
            set_target(
                life.convention, **who, indicator=indicator, year=year, quantity=quantity,
                territory=life.convention.territory,
                article=life.entered.numbered(one.get("article")),
            )  # fmt: skip
            first.says("target", code, year, value=quantity)


def live(life: Life) -> None:
    """Seven acts, told in the order in which they are begun and signed."""
    leaves, branch = life.roles()
    one, two, three, last = leaves
    first, second, third, fourth, fifth = [*life.engagements, *[None] * 5][:5]
    aimed = life.indicators[0]

    early = begin(life, 1, "Ouvrir", on=date(2018, 3, 1), effective_on=date(2018, 6, 1))
    late = begin(life, 2, "Quitter", on=date(2018, 3, 5), effective_on=date(2018, 5, 10))
    bis = early.insert("guichet commun", after=one, from_on=date(2018, 9, 1))
    early.replace(two, "Deuxième rédaction, **ferme**.\n\n- un\n  - deux\n- trois")
    early.aim(aimed, 2019, 55, from_on=date(2019, 7, 1))
    branch = branch or _grow(early, last)
    late.way_out(TerminationGround.SANS_MOTIF, 1)
    table = "| a | b |\n|---|---|\n| c | d |"
    late.replace(three, f"Comme le dit l’{{{{art:{one.code}}}}}.\n\n{table}")
    late.owe("Promesse nouvelle")
    sign(early, on=date(2018, 5, 1))
    sign(late, on=date(2018, 5, 2))

    more = begin(life, 1, "Approfondir", on=date(2018, 10, 1), effective_on=date(2019, 1, 1))
    ter = more.insert("relais", after=bis)
    more.replace(two, "Troisième rédaction.", from_on=date(2018, 12, 1))
    more.define("CIL", "conférence intercommunale du logement")
    more.define("Guichet", "lieu d’accueil commun")
    more.owe("Promesse reprise", replaces=second, from_on=date(2019, 2, 1))
    more.aim(aimed, 2019, 44, from_on=date(2019, 5, 1))
    child = branch.children.order_by("code").first()
    numbered = child.versions.get().number
    more.insert("nouveau rang", after=child, push_on=bool(numbered))
    sign(more, on=date(2018, 11, 5))

    end = begin(life, 2, "Alléger", on=date(2019, 2, 1), effective_on=date(2019, 4, 1))
    end.repeal(branch)
    end.owe_no_more(first)
    sign(end, on=date(2019, 3, 1))

    slip = begin(
        life, 1, "Rectifier", on=date(2019, 3, 5), effective_on=date(2019, 3, 20),
        kind=ActKind.ERRATUM,
    )  # fmt: skip
    slip.replace(bis, "guichet commun !", heading="Inséré : guichet commun")
    sign(slip, on=date(2019, 3, 20))

    back = begin(life, 1, "Revenir", on=date(2019, 6, 1), effective_on=date(2019, 10, 1))
    back.restore(branch, "Ce qui fut abrogé revit.", number=branch.versions.first().number)
    back.renumber(three, "33")
    back.prorogue(1)
    back.rename(life.entered.parties[0], "le Grand Neuf", from_on=date(2019, 11, 1))
    sign(back, on=date(2019, 9, 2))

    close = begin(life, 2, "Achever", on=date(2019, 11, 2), effective_on=date(2020, 1, 1))
    close.repeal(bis, from_on=date(2020, 2, 1))
    close.replace(ter, "Le relais demeure.")
    close.end_way_out(TerminationGround.SANS_MOTIF, from_on=date(2020, 3, 1))
    close.aim(aimed, 2020, None)
    sign(close, on=date(2019, 12, 2))


def _grow(pen: Pen, holder: Article) -> Article:
    """A text without a level gets one: an article first inside another."""
    pen.insert("un premier rang", parent=holder, from_on=date(2018, 7, 1))
    return holder

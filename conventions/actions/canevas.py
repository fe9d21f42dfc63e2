"""Writing from a model: begin a text, lay one clause down, fill what the model asks.

The act remembers the model and its version, each article the clause it comes from. A clause that
implies dates also enters them as data, never confirmed: a person still reads it beside the text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.enums import OrganisationKind, Verb
from accounts.models import User
from conventions.actions.articles import insert_article, write_article
from conventions.actions.clauses import (
    set_duration_clause,
    set_revoyure_clause,
    set_termination_clause,
)
from conventions.actions.draft import enter_draft_of
from conventions.actions.journal import record_in_act
from conventions.actions.operations import insert_by
from conventions.models import (
    Act,
    Article,
    Canevas,
    CanevasClause,
    DurationClause,
    RevoyureClause,
    TerminationClause,
)
from conventions.models.article import next_code
from conventions.models.canevas_gaps import codes_of
from conventions.models.consolidated import draft_text
from conventions.rules.canevas import (
    CanevasError,
    Variable,
    fill,
    names_in,
    terms_filled,
    variables_of,
)

NOT_EMPTY = (
    "Le texte a déjà des articles : insérez les clauses une à une depuis la bibliothèque, ou "
    "retirez d’abord ces articles."
)
RETIRED = "Ce canevas est retiré : choisissez sa dernière version."
OTHER_KIND = "Ce canevas est fait pour un autre type de convention."
INITIAL_ONLY = "On ne part d’un canevas que pour la convention initiale."
NO_WORDING = "Choisissez l’une des rédactions de cette clause."
_TIMED = {"duree": DurationClause, "revoyure": RevoyureClause, "resiliation": TerminationClause}


@dataclass(frozen=True)
class Choice:
    """A clause to lay down, in one of its wordings (0: the one proposed)."""

    clause: CanevasClause
    wording: int = 0

    @property
    def words(self) -> Mapping:
        """Return the body and the terms of the chosen wording."""
        if not 0 <= self.wording <= len(self.clause.alternatives):
            raise ValidationError(NO_WORDING, code="wording")
        if self.wording:
            return self.clause.alternatives[self.wording - 1]
        return {"body": self.clause.body, "terms": self.clause.terms}


@transaction.atomic
def start_from_canevas(
    act: Act,
    canevas: Canevas,
    *,
    by: User,
    on: date,
    choices: Iterable[Choice],
    values: Mapping[str, object],
) -> None:
    """Lay the chosen clauses of a model down as the text of an empty draft.

    The numbers articles get are known beforehand: the convention's row is locked, so references
    between clauses are written at once.
    """
    enter_draft_of(act, by=by, on=on)
    _check_start(act, canevas, on=on)
    act.canevas, act.variables = canevas, _read(canevas, values)
    act.save(update_fields=["canevas", "variables"])
    chosen = [choice for choice in choices if choice.clause.canevas_id == canevas.pk]
    first = next_code(act.convention_id)
    codes = {choice.clause.key: first + rank for rank, choice in enumerate(chosen)}
    parents: list[Article] = []
    for choice in chosen:
        del parents[choice.clause.depth - 1 :]
        parent = parents[-1] if parents else None
        parents.append(_lay(act, choice, by=by, on=on, codes=codes, parent=parent))
    record_in_act(act, act, by=by, verb=Verb.CANEVAS_CHOSEN, canevas=str(canevas))


def _check_start(act: Act, canevas: Canevas, *, on: date) -> None:
    if act.number != 0:
        raise ValidationError(INITIAL_ONLY, code="initial")
    if act.article_versions.exists():
        raise ValidationError(NOT_EMPTY, code="not_empty")
    if canevas.retired_on is not None and canevas.retired_on <= on:
        raise ValidationError(RETIRED, code="retired")
    if canevas.kind != act.convention.kind:
        raise ValidationError(OTHER_KIND, code="kind")


@transaction.atomic
def insert_clause(
    act: Act,
    choice: Choice,
    *,
    by: User,
    on: date,
    values: Mapping[str, object],
    parent: Article | None = None,
    after: Article | None = None,
) -> Article:
    """Add one clause of the library to a draft; what its wording asks is kept with the act.

    Without a place it comes last. An avenant inserts it as one of its operations.
    """
    enter_draft_of(act, by=by, on=on)
    canevas = choice.clause.canevas
    act.variables = {**act.variables, **_read(canevas, values)}
    if act.number == 0:
        act.canevas = act.canevas or canevas
    elif after is None and parent is None:
        after = _last_of(act)
    act.save(update_fields=["variables", "canevas"])
    codes = codes_of(act.convention_id) | {choice.clause.key: next_code(act.convention_id)}
    article = _lay(act, choice, by=by, on=on, codes=codes, parent=parent, after=after)
    if act.number == 0:
        _settle(act, by=by, on=on, former=act.variables)
    return article


def _last_of(act: Act) -> Article | None:
    """Return the last article of the first level of the text an avenant would leave."""
    first_level = [row.article_id for row in draft_text(act) if row.parent_id is None]
    return Article.objects.get(pk=first_level[-1]) if first_level else None


@transaction.atomic
def fill_variables(act: Act, *, by: User, on: date, values: Mapping[str, object]) -> list[str]:
    """Keep the answers, and write them wherever the text still stands as the model words it.

    Return the articles that people had rewritten: an answer that changes is theirs to carry over.
    """
    enter_draft_of(act, by=by, on=on)
    former = dict(act.variables)
    if act.canevas is None:
        return []
    act.variables = {**former, **_read(act.canevas, values)}
    act.save(update_fields=["variables"])
    changed = sorted(name for name in act.variables if act.variables[name] != former.get(name, ""))
    if not changed:
        return []
    record_in_act(act, act, by=by, verb=Verb.VARIABLES_FILLED, variables=changed)
    return _settle(act, by=by, on=on, former=former)


def _read(canevas: Canevas, values: Mapping[str, object]) -> dict[str, str]:
    """Return the answers as they are kept, or refuse each one at its own field."""
    read, refused = {}, {}
    for variable in variables_of(canevas.variables):
        if variable.name not in values:
            continue
        try:
            read[variable.name] = variable.read(values[variable.name])
        except CanevasError as error:
            refused[variable.name] = str(error)
    if refused:
        raise ValidationError(refused)
    return read


def _lay(act: Act, choice: Choice, *, by: User, on: date, codes: Mapping, **place) -> Article:
    """Write the article of a clause, filled as far as the answers go, and enter its data."""
    clause, words = choice.clause, choice.words
    variables = variables_of(clause.canevas.variables)
    written = {
        "heading": fill(clause.heading, variables, act.variables),
        "body": fill(words["body"], variables, act.variables, codes),
        "kind": clause.kind,
    }
    if act.number:
        article = insert_by(act, by=by, on=on, **written, **place).article
    else:
        article = insert_article(act.convention, by=by, on=on, **written, **place)
    article.origin = clause
    article.save(update_fields=["origin"])
    _enter_terms(act, article, words, variables, by=by, on=on)
    return article


def _enter_terms(
    act: Act, article: Article, words: Mapping, variables: tuple[Variable, ...], *, by: User, on
) -> None:
    """Enter the data a wording implies, unless people entered theirs or an answer is missing."""
    terms = terms_filled(words.get("terms") or {}, act.variables)
    if not terms:
        return
    kind = terms.pop("clause")
    rows = _TIMED[kind].objects.filter(act=act)
    if kind == "resiliation":
        rows = rows.filter(ground=terms["ground"])
    known = rows.first()
    if known is not None and known.article_id != article.pk:
        return
    terms["wording"] = fill(words["body"], variables, act.variables).split("\n\n")[0]
    terms["article"] = article
    if kind == "resiliation":
        set_termination_clause(act.convention, by=by, on=on, act=act, clause=known, **terms)
    elif kind == "duree":
        set_duration_clause(act.convention, by=by, on=on, act=act, **terms)
    else:
        set_revoyure_clause(act.convention, by=by, on=on, act=act, **terms)


def _settle(act: Act, *, by: User, on: date, former: Mapping[str, str]) -> list[str]:
    """Write the answers and the references now known; return the articles left to people."""
    codes, left = codes_of(act.convention_id), []
    versions = act.article_versions.filter(article__origin__isnull=False)
    rows = versions.select_related("article__origin__canevas").order_by("position")
    for version in rows:
        words = _standing(version, former, codes)
        body = _filled_again(act, version, words, codes)
        if body != version.body:
            _rewrite(version, body, by=by, on=on)
            if words is not None:
                variables = variables_of(version.article.origin.canevas.variables)
                _enter_terms(act, version.article, words, variables, by=by, on=on)
        elif words is None and _answers_changed(version.article.origin, act.variables, former):
            left.append(version.label)
    return left


def _standing(version, former: Mapping[str, str], codes: Mapping[str, int]) -> Mapping | None:
    """Return the wording of its clause that an article still bears word for word, if any."""
    clause = version.article.origin
    variables = variables_of(clause.canevas.variables)
    for words in ({"body": clause.body, "terms": clause.terms}, *clause.alternatives):
        bodies = {fill(words["body"], variables, former, known).strip() for known in (codes, None)}
        if version.body.strip() in bodies:
            return words
    return None


def _filled_again(act: Act, version, words: Mapping | None, codes: Mapping[str, int]) -> str:
    """Return the body with the answers of today; only its holes when people rewrote it."""
    source = words["body"].strip() if words else version.body
    variables = variables_of(version.article.origin.canevas.variables)
    return fill(source, variables, act.variables, codes)


def _answers_changed(
    clause: CanevasClause, values: Mapping[str, str], former: Mapping[str, str]
) -> bool:
    return any(
        former.get(name) and values.get(name, "") != former[name] for name in names_in(clause.body)
    )


def _rewrite(version, body: str, *, by: User, on: date) -> None:
    write_article(
        version.article,
        by=by,
        on=on,
        heading=version.heading,
        number=version.number,
        body=body,
    )


def asked_by(clauses: Iterable[CanevasClause]) -> set[str]:
    """Return the variables that any wording of these clauses asks."""
    return {
        name
        for clause in clauses
        for body in (clause.body, *(other["body"] for other in clause.alternatives))
        for name in names_in(body)
    }


# Who a variable names, by the nature of the party; the first one when there are several.
_NAMED = {
    OrganisationKind.EPCI: "collectivite",
    OrganisationKind.COMMUNE: "collectivite",
    OrganisationKind.ACTION_LOGEMENT: "action_logement",
    OrganisationKind.BAILLEUR: "bailleur",
}


def prefilled(act: Act, canevas: Canevas) -> dict[str, str]:
    """Return the answers already given, else those that the convention's own card gives."""
    known = {"territoire": act.convention.territory.name}
    for party in act.convention.parties.select_related("organisation").order_by("position"):
        known.setdefault(_NAMED.get(party.organisation.kind, ""), party.name_as_signed)
    answers = {
        variable.name: known[variable.prefill]
        for variable in variables_of(canevas.variables)
        if variable.prefill in known
    }
    given = {**act.convention.acts.get(number=0).variables, **act.variables}
    return {**answers, **{name: raw for name, raw in given.items() if raw}}

"""What one side prepares changes nothing of what the others read, on any page, word for word.

Every page that the other party, its delegation and strangers can reach by following links is read
before and after the EPCI prepares an avenant and a way out, keeps dates and notes to itself and
answers what each side answers alone: the pages must be the same. A count,
an offered choice, a name in a list or a line in a journal that depended on the draft would differ.
"""

import re
from datetime import UTC, datetime, timedelta
from difflib import unified_diff
from html import unescape

import pytest
from django.test import Client

from config.tests.matrix_world import TODAY, build
from conventions.actions.avenants import create_avenant
from conventions.actions.checklist import answer_rule
from conventions.actions.clause_operations import end_clause
from conventions.actions.clauses import set_termination_clause
from conventions.actions.definitions import define_term
from conventions.actions.letters import hand_out, record_dates, write_letter
from conventions.actions.mandates import change_mandate, record_mandate, set_signatory
from conventions.actions.operations import (
    insert_by,
    renumber_article,
    replace_article,
)
from conventions.actions.successions import plan_party_change
from conventions.actions.terminations import prepare_ending, record_letter
from conventions.actions.threads import open_thread
from conventions.actions.visas import set_visas
from conventions.models import Act
from engagements.actions.convocations import (
    cancel_convocation,
    hand_out_convocation,
    prepare_convocation,
    write_convocation_letter,
)
from engagements.actions.operations import plan_end, plan_engagement, plan_target
from reminders.actions.added import add_deadline, change_deadline, remove_deadline
from reminders.actions.notes import remove_note, write_note
from reminders.actions.projection import project_deadlines
from reminders.actions.settling import answer, withdraw_answer
from reminders.models import Deadline

pytestmark = pytest.mark.django_db

SECRET = "zibeline"
_LINK = re.compile(r'href="(/[^"#]*)')
_CHANGING = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|name="(seen|vu)" value="[^"]*"'
)
_NOT_READ = re.compile(r"^/(static|admin|media|deconnexion)|\.pdf|\.docx|\.png|\.ics")
ROLES = ("other_party", "delegation", "stranger", "former", "other_region")


def read_all(user, start: list[str]) -> dict[str, str]:
    """Every page one can reach by links from `start`, without what changes at each reading."""
    client = Client()
    client.force_login(user)
    pages, waiting = {}, list(start)
    while waiting:
        address = unescape(waiting.pop())
        if address in pages or _NOT_READ.search(address):
            continue
        answer = client.get(address)
        text = answer.content.decode(errors="replace") if not answer.streaming else ""
        pages[address] = f"{answer.status_code} {_CHANGING.sub('', text)}"
        waiting += _LINK.findall(text)
        if answer.status_code in (301, 302):
            waiting.append(answer["Location"])
    return pages


def prepare_in_private(world) -> Act:
    """Everything an avenant may hold, and a way out, prepared by the EPCI."""
    by, signed = world.people["administrateur"], world.signed
    how = {"by": by, "on": TODAY}
    article = signed.articles.first()
    act = create_avenant(
        signed, drafted_by=world.epci, title=SECRET, purpose=SECRET,
        effective_on=TODAY + timedelta(days=40), **how,
    )  # fmt: skip
    inserted = insert_by(act, heading=SECRET, body=f"Mot {SECRET}.", after=article, **how).article
    replace_article(act, article, heading=SECRET, body=SECRET, **how)
    renumber_article(act, article, number="77", **how)
    define_term(act, term=SECRET, meaning=SECRET, article=inserted, **how)
    set_visas(signed, act=act, visas=[SECRET], considerants=[SECRET], **how)
    set_termination_clause(
        signed, act=act, ground="manquement", quantity=5, wording=SECRET, article=inserted, **how
    )
    plan_engagement(
        act, debtors=[signed.parties.get(position=2)], counterparts=[world.engagement],
        title=SECRET, article=inserted, new_theme=SECRET, due_on=TODAY + timedelta(days=60), **how,
    )  # fmt: skip
    plan_end(act, engagement=world.engagement, **how)
    plan_target(
        act, indicator=world.indicator, territory=signed.territory, year=TODAY.year + 1,
        quantity=987, article=inserted, **how,
    )  # fmt: skip
    open_thread(act, party=world.own_party, body=SECRET, article=inserted, scope="interne", **how)
    end_clause(world.standing_clause, act, **how)
    plan_party_change(act, kind="nom", party=world.own_party, alias=SECRET, name=SECRET, **how)
    return act


def prepare_apart(world, act) -> None:
    """What goes with an avenant: who votes, who signs, what the procedure asks."""
    how = {"by": world.people["administrateur"], "on": TODAY}
    mandate = record_mandate(
        world.own_party, kind="deliberation", number=SECRET, act=act, adopted_on=TODAY, **how
    )
    change_mandate(mandate, note=SECRET, **how)
    signs = {"party": world.own_party, "name": SECRET, "capacity": SECRET, "mandate": mandate}
    set_signatory(act, **signs, **how)
    answer_rule(act, "r26", reply="oui", dated_on=TODAY, note=SECRET, **how)


def prepare_way_out(world) -> None:
    """A notice whose dates nobody has written yet: its reasons, its letter, its proof."""
    how = {"by": world.people["administrateur"], "on": TODAY}
    ending = prepare_ending(
        world.signed, party=world.own_party, kind="resiliation", reason=SECRET,
        clause=world.standing_clause, planned_event_on=TODAY + timedelta(days=5), **how,
    )  # fmt: skip
    letter = ending.letters.get()
    record_letter(letter, tracking=SECRET, **how)
    write_letter(letter, body=SECRET, **how)
    proof = {"posting_proof": (f"{SECRET}.png", world.document.read())}
    record_dates(letter, proofs=proof, **how)
    hand_out(letter, **how)


def prepare_letters(world) -> None:
    """A renewal declined and a committee called, neither of them sent: with their versions kept."""
    how = {"by": world.people["administrateur"], "on": TODAY}
    ending = prepare_ending(
        world.signed, party=world.own_party, kind="non_renouvellement", reason=SECRET,
        planned_event_on=TODAY + timedelta(days=5), **how,
    )  # fmt: skip
    hand_out(ending.letters.get(), **how)
    convocation = prepare_convocation(
        world.revoyure, party=world.own_party, held_on=TODAY + timedelta(days=30),
        place=SECRET, agenda=SECRET, **how,
    )  # fmt: skip
    called = convocation.letters.get()
    write_convocation_letter(called, body=SECRET, **how)
    hand_out_convocation(called, **how)
    cancel_convocation(convocation, reason=SECRET, **how)


def keep_dates_apart(world) -> None:
    """Dates of one person and of one organisation, internal notes, what the EPCI means to do."""
    how = {"by": world.people["administrateur"], "on": TODAY, "now": datetime.now(UTC)}
    coming = {"title": SECRET, "note": SECRET, "due_on": TODAY + timedelta(days=12)}
    for sharing in ("moi", "organisme"):
        added = add_deadline(world.signed, sharing=sharing, every_months=6, **coming, **how)
        change_deadline(added, sharing=sharing, **coming | {"title": f"{SECRET} bis"}, **how)
    kept = Deadline.every.live().of_added(added).order_by("due_on").first()
    write_note(kept, body=SECRET, **how)
    answer(kept, kind="prise_en_charge", **how)
    answer(kept, kind="sans_objet", reason=SECRET, **how)
    removed = add_deadline(world.signed, sharing="organisme", **coming, **how)
    remove_deadline(removed, **how)
    dates = world.signed.deadlines.live().filter(rolling=False)
    note = write_note(dates.first(), body=SECRET, sharing="organisme", **how)
    remove_note(note, deadline=dates.first(), **how)
    write_note(dates.first(), body=SECRET, sharing="organisme", **how)
    ways_out = dates.filter(kind="resiliation", due_on__gte=TODAY)
    assert ways_out
    for way_out in ways_out:
        answer(way_out, kind="sans_objet", reason=SECRET, **how)
        withdraw_answer(way_out, **how)
        answer(way_out, kind="faite", reason=SECRET, **how)


@pytest.mark.parametrize("role", ROLES)
def test_what_one_side_prepares_changes_no_page_of_the_others(role):
    world = build()
    project_deadlines(world.signed, now=datetime.now(UTC), on=TODAY)
    start = ["/", "/conventions/", f"/conventions/{world.signed.pk}/", f"/conventions/?q={SECRET}"]
    before = read_all(world.people[role], start)
    act = prepare_in_private(world)
    prepare_apart(world, act)
    prepare_way_out(world)
    prepare_letters(world)
    keep_dates_apart(world)
    project_deadlines(world.signed, now=datetime.now(UTC), on=TODAY)
    after = read_all(world.people[role], start)
    told = {address for address in before | after if before.get(address) != after.get(address)}
    assert {address: _difference(before, after, address) for address in told} == {}


def _difference(before: dict[str, str], after: dict[str, str], address: str) -> list[str]:
    pages = (pages.get(address, "").splitlines() for pages in (before, after))
    return [line.strip() for line in unified_diff(*pages, n=0, lineterm="")][:20]


def test_an_article_of_a_private_draft_is_refused_as_one_that_does_not_exist(client):
    """Its number could be guessed: it must neither be known nor tied to what others write."""
    world = build()
    how = {"by": world.people["administrateur"], "on": TODAY}
    inserted = insert_by(world.avenant, heading=SECRET, body=SECRET, **how).article
    client.force_login(world.people["other_party"])
    address = f"/conventions/{world.signed.pk}/engagements/nouveau/"
    answers = [
        client.post(address, {"title": "Essai", "article": key}).context["form"].errors["article"]
        for key in (inserted.pk, 10**8)
    ]
    assert answers[0] == answers[1]

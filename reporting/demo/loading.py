"""Loading the whole demonstration: once, whatever the number of times it is asked for."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from conventions.actions.documents import store_document
from conventions.enums import DocumentKind
from conventions.models import Convention
from engagements.actions.catalogue import load_catalogue
from reporting.demo.amp import AMP
from reporting.demo.besancon import BESANCON
from reporting.demo.demo_calendar import DemoCalendar
from reporting.demo.demo_epci import demo_epci
from reporting.demo.demo_projects import demo_from_model, demo_negotiation, demo_project
from reporting.demo.dijon import DIJON
from reporting.demo.load_acts import amend, define_terms, start_from_model
from reporting.demo.load_convention import Dossier, close, open_negotiation, sign, write_draft
from reporting.demo.load_life import Life
from reporting.demo.load_people import Cast, load_people
from reporting.demo.ophlm import OPHLM
from reporting.demo.papers import paper
from reporting.demo.people import SPEAKERS
from reporting.demo.pieces import ConventionData
from territories.actions.sample import load_sample


def load_demonstration(*, on: date, now: datetime) -> list[str]:
    """Write what is missing of the demonstration; return the references that are new.

    A reference that exists is left as people made it since: nothing in it is touched.
    """
    load_sample()
    load_catalogue()
    cast = load_people()
    present = set(Convention.objects.values_list("reference", flat=True))
    new = []
    for data in (BESANCON, DIJON, AMP, OPHLM, demo_epci(on), demo_negotiation(on)):
        if data.reference not in present:
            load_convention(data, cast, on=on, now=now)
            new.append(data.reference)
    for draft in (demo_project(on), demo_from_model(on)):
        if draft.reference not in present:
            load_draft(draft, cast)
            new.append(draft.reference)
    return new


@transaction.atomic
def load_convention(data: ConventionData, cast: Cast, *, on: date, now: datetime) -> Dossier:
    """Write one convention: its text, its signature if it has one, and what became of it."""
    dossier = write_draft(data, cast, by=_author(data, cast))
    if data.signature is None:
        open_negotiation(dossier)
        return dossier
    if data.is_amended:
        define_terms(dossier)
    sign(dossier)
    _keep_note(dossier, on=on)
    Life(dossier, now=now).tell()
    if data.is_amended:
        amend(dossier, DemoCalendar(on))
    close(dossier)
    return dossier


@transaction.atomic
def load_draft(data: ConventionData, cast: Cast) -> Dossier:
    """Write a convention that nobody but its author sees yet; without articles, from a model."""
    dossier = write_draft(data, cast, by=_author(data, cast))
    if not data.articles:
        start_from_model(dossier)
    return dossier


def _author(data: ConventionData, cast: Cast) -> User:
    """Return who writes: the drafter, or the administrator when an obstacle is to be set aside."""
    if data.signature and data.signature.override_reason:
        return cast.administrator
    return cast.users[SPEAKERS[data.drafted_by]]


def _keep_note(dossier: Dossier, *, on: date) -> None:
    """Say, in a file of the convention, what is public in it, what is assumed and what is not."""
    if not dossier.data.note:
        return
    name, content = paper(f"Note de reprise {dossier.data.reference}", dossier.data.note, on=on)
    store_document(
        dossier.convention,
        by=dossier.by,
        on=on,
        name=name,
        data=content,
        kind=DocumentKind.AUTRE,
        description="Ce qui est public, supposé ou inventé dans cette convention",
    )

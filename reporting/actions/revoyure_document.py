"""The document of a frozen revoyure: laid out, sealed, stored once, and given back unchanged."""

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from accounts.actions import record
from accounts.enums import Verb
from conventions.actions.documents import store_document
from conventions.enums import DocumentKind
from engagements.models import Revoyure
from engagements.rules.beam import beam
from engagements.rules.revoyure import canonical, snapshot_hash
from reporting.models import RenderJob, SealedDocument
from reporting.rules import bilan
from reporting.rules.bilan_chart import charts
from reporting.rules.codes import document_code
from reporting.seals.certificates import SealIdentity, seal_identity
from reporting.seals.conformance import SealField, conform
from reporting.seals.render import AttachedFile, render_pdf
from reporting.seals.seal import seal_pdf
from reporting.seals.stamp import qr_svg

FIELD = SealField("Cachet", "Cachet du portail : origine et intégrité du document")
STYLESHEETS = ("css/tokens.css", "css/print.css")
# On paper the beam hangs at 22 of 112 units; the page draws it at 48 of 176.
PAPER_LEVEL, PAPER_REACH = 22, 0.5


def document_context(snapshot: Mapping, *, is_test: bool) -> dict:
    """What the template says, from the snapshot and from nothing else."""
    fingerprint = snapshot_hash(snapshot)
    code = document_code(fingerprint)
    verify_url = settings.SITE_URL + reverse("reporting:verify_code", args=[code])
    aliases = {party["id"]: party["alias"] for party in snapshot["parties"]}
    results = bilan.results(snapshot)
    indicators = bilan.indicators_to_date(snapshot)
    return {
        "revoyure": snapshot["revoyure"],
        "convention": snapshot["convention"],
        "disagreement": snapshot["convention"]["disagreement"],
        "parties": snapshot["parties"],
        "running": " et ".join(aliases.values()),
        "authors": " et ".join(party["name"] for party in snapshot["parties"]),
        "is_draft": not snapshot["revoyure"]["frozen_by"],
        "frozen_on": _day(snapshot["revoyure"]["frozen_on"]),
        "meeting_on": _day(snapshot["revoyure"]["meeting_on"]),
        "starts_on": _day(snapshot["convention"]["starts_on"]),
        "ends_on": _day(snapshot["convention"]["ends_on"]),
        "essentials": bilan.essentials(snapshot),
        "headline": results[0] if results else None,
        "chapters": bilan.chapters(snapshot),
        "differences": bilan.differences(snapshot),
        "opinions": bilan.opinions(snapshot),
        "indicators": indicators,
        "places": sorted({row["territory"] for item in indicators for row in item["rows"]}),
        "charts": charts(indicators),
        "dates": [
            {**item, "due_on": _day(item["due_on"])} for item in snapshot.get("echeances", [])
        ],
        "statements": [
            {
                "alias": aliases[contribution["party"]],
                "text": contribution["statement"],
                "handed_over_at": _instant(contribution["handed_over_at"]),
                "by": contribution["handed_over_by"],
            }
            for contribution in snapshot["contributions"]
        ],
        "is_test": is_test,
        "code": code,
        "fingerprint": " ".join(fingerprint[i : i + 4] for i in range(0, 64, 4)),
        "verify_url": verify_url,
        "qr": mark_safe(qr_svg(verify_url)),  # noqa: S308 - drawn by our own code
        **_scale(snapshot),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _scale(snapshot: Mapping) -> dict:
    owed = bilan.owed_counts(snapshot)
    if len(owed) != 2:
        return {"owed": owed, "beam": None}
    left, right = owed
    drawn = beam(left["owed"], right["owed"])
    tilt = round(drawn.tilt * PAPER_REACH)
    heights = {"left": PAPER_LEVEL - tilt, "right": PAPER_LEVEL + tilt}
    return {"owed": owed, "left": left, "right": right, "beam": heights}


def lay_out(snapshot: Mapping, *, is_test: bool) -> bytes:
    """Return the conforming, unsealed PDF: the same snapshot gives the same bytes."""
    html = render_to_string(
        "reporting/documents/revoyure.html", document_context(snapshot, is_test=is_test)
    )
    attachments = [
        AttachedFile("donnees.json", canonical(snapshot), "Données gelées de la revoyure"),
        AttachedFile("indicateurs.csv", _figures_csv(snapshot), "Indicateurs, en tableau"),
    ]
    pdf = render_pdf(html, stylesheets=STYLESHEETS, attachments=attachments)
    return conform(pdf, fields=[FIELD])


def _figures_csv(snapshot: Mapping) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(
        ["code", "indicateur", "territoire", "annee", "objectif", "realise", "statut", "source"]
    )
    for indicator in snapshot["indicateurs"]:
        for row in indicator["rows"]:
            cells = [indicator["code"], indicator["name"], row["territory"]]
            figures = [row["target"] or "", row["value"] or "", row["status"] or ""]
            writer.writerow(
                [_inert(c) for c in cells] + [row["year"], *figures, _inert(row["source"])]
            )
    return text.getvalue().encode("utf-8-sig")


def _inert(text: str) -> str:
    """A cell that starts like a formula is no formula (domain rules § E.2, control 32)."""
    return f"'{text}" if text[:1] in "=+-@\t\r\0＝" and text else text


def make_sealed_pdf(snapshot: Mapping, *, now: datetime, identity: SealIdentity | None = None):
    """Return the sealed PDF of a snapshot, as made by the portal's certificate at `now`."""
    identity = identity or seal_identity(now=now)
    return seal_pdf(
        lay_out(snapshot, is_test=identity.is_test),
        identity=identity,
        field=FIELD.name,
        code=document_code(snapshot_hash(snapshot)),
        reason="Revoyure gelée : origine et intégrité",
        now=now,
    )


def request_document(revoyure: Revoyure, *, by, now: datetime) -> RenderJob:
    """Write down that the document is to be made; a worker makes it once this is committed."""
    job, _created = RenderJob.objects.get_or_create(
        revoyure=revoyure, defaults={"requested_by": by, "requested_at": now}
    )
    return job


@transaction.atomic
def store_sealed_document(revoyure: Revoyure, sealed, *, by, now: datetime) -> SealedDocument:
    """Keep the sealed bytes for good. A second worker finds the first one's and keeps that."""
    revoyure = Revoyure.objects.select_for_update(of=("self",)).get(pk=revoyure.pk)
    known = SealedDocument.objects.filter(revoyure=revoyure).select_related("document").first()
    if known:
        return known
    document = store_document(
        revoyure.convention,
        by=None,
        on=timezone.localdate(now),
        name=f"revoyure-{revoyure.year}-{revoyure.convention.reference.lower()}.pdf",
        data=sealed.content,
        kind=DocumentKind.REVOYURE,
        description=f"Revoyure {revoyure.year}, document scellé",
    )
    found = SealedDocument.objects.create(
        document=document,
        revoyure=revoyure,
        code=document_code(revoyure.snapshot_sha256),
        sealed_at=now,
        level=sealed.level,
        certificate_subject=sealed.subject,
        is_test=sealed.is_test,
    )
    record(
        by,
        Verb.DOCUMENT_SEALED,
        revoyure,
        dossier=revoyure.convention_id,
        code=found.code,
        sha256=sealed.sha256,
        level=sealed.level,
        test=sealed.is_test,
    )
    return found

"""A small tagged document, sealed once for all tests that only read it."""

import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.serialization import NoEncryption, PrivateFormat
from django.test import override_settings

from reporting.seals.certificates import SealIdentity, seal_identity
from reporting.seals.conformance import SealField, conform
from reporting.seals.render import AttachedFile, render_pdf
from reporting.seals.seal import SealedPdf, seal_pdf

NOW = datetime(2026, 11, 20, 13, 5, tzinfo=UTC)
LATER = datetime(2026, 12, 24, 8, 0, tzinfo=UTC)
# A certificate of their own: these tests live at a fixed date, whatever the machine's clock.
SEAL_DIR = Path(tempfile.mkdtemp(prefix="revoyure-seals-")) / "seal"
PEM_KEY = (PrivateFormat.PKCS8, NoEncryption())
CODE = "K7PQ-93MD-2XVA"
SEAL = SealField("Cachet", "Cachet du portail")
SECOND = SealField("Contreseing", "Second cachet du portail")
DATA = AttachedFile("donnees.csv", b"annee;logements\n2018;174\n", "Les chiffres du rapport")
PLACE = ".place { display: block; width: 86mm; height: 36mm; margin: 4mm 0 }"

HTML = """<!doctype html>
<html lang="fr">
<head>
  <meta charset="utf-8">
  <title>Revoyure 2018 d’essai</title>
  <meta name="author" content="Grand Besançon Métropole">
  <meta name="dcterms.created" content="2026-11-20T13:00:00Z">
  <meta name="dcterms.modified" content="2026-11-20T13:00:00Z">
</head>
<body>
  <h1>Revoyure 2018</h1>
  <p>La moitié des engagements sont tenus. <a href="#dates">Voir les dates</a>.</p>
  <p><svg aria-hidden="true" width="12" height="12" viewBox="0 0 24 24">
    <circle cx="12" cy="12" r="9"/></svg> Tenu</p>
  <svg width="200" height="60" viewBox="0 0 200 60" role="img">
    <title>174 logements agréés en 2018, pour un objectif de 170</title>
    <rect width="174" height="20" fill="#4d2670"/></svg>
  <table>
    <caption>Logements agréés</caption>
    <thead><tr><th scope="col">Année</th><th scope="col">Résultat</th></tr></thead>
    <tbody><tr><th scope="row">2018</th><td>174</td></tr></tbody>
  </table>
  <h2 id="dates">Dates</h2>
  <p>Fin du document.</p>
  %s
</body>
</html>
"""


def place(field: SealField) -> str:
    return f'<a class="place" href="champ:{field.name}"></a>'


@cache
def rendered(*fields: SealField) -> bytes:
    html = HTML % "".join(place(field) for field in fields)
    return render_pdf(html, css=PLACE, attachments=[DATA])


@cache
def finished(*fields: SealField) -> bytes:
    return conform(rendered(*fields), fields=fields)


@cache
def identity(folder: Path = SEAL_DIR, now: datetime = NOW) -> SealIdentity:
    with override_settings(SEAL_TEST_DIR=folder, SEAL_PKCS12=""):
        return seal_identity(now=now)


def seal(pdf: bytes, field: SealField = SEAL, **kwargs) -> SealedPdf:
    kwargs.setdefault("identity", identity())
    kwargs.setdefault("code", CODE)
    kwargs.setdefault("reason", "Revoyure gelée")
    kwargs.setdefault("now", NOW)
    return seal_pdf(pdf, field=field.name, **kwargs)


@cache
def sealed(*fields: SealField) -> bytes:
    """Seal the first field; the others stay open."""
    fields = fields or (SEAL,)
    return seal(finished(*fields), fields[0]).content

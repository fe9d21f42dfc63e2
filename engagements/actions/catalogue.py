"""The shared catalogue of indicators, loaded as often as one likes.

Source: domain rules § C.3. Rows that are calculated from others have no cell to enter and are left
out (INV-04, STK-02, SAL-03, ATT-02, GOV-02), as are the two that are tables and not figures
(DEM-03, ATT-03). A row that counts and measures money at once is two indicators, the second ending
with M; one that counts two things is two, the second ending with B.
"""

from typing import NamedTuple

from django.db import transaction

from engagements.enums import Direction, IndicatorNature, IndicatorUnit
from engagements.models import Indicator

_FLUX, _STOCK = IndicatorNature.FLUX, IndicatorNature.STOCK
_NB, _EUR, _PCT = IndicatorUnit.NOMBRE, IndicatorUnit.EUROS, IndicatorUnit.POURCENT


class _Row(NamedTuple):
    code: str
    name: str
    unit: IndicatorUnit
    nature: IndicatorNature = _FLUX
    definition: str = ""


_SEUIL = (
    "Entreprises d’au moins 10 salariés jusqu’en 2019, d’au moins 50 depuis 2020 (loi Pacte) : "
    "la série est rompue entre les deux."
)

CATALOGUE = (
    _Row("RES-01", "PEEC collectée", _EUR),
    _Row("RES-02", "Entreprises cotisantes", _NB, definition=_SEUIL),
    _Row("INV-01", "Investissements d’Action Logement dans le logement social", _EUR),
    _Row("INV-02", "Logements financés ou agréés", _NB),
    _Row("INV-03", "Réservations nouvelles obtenues en contrepartie", _NB),
    _Row("INV-05", "Prêts pour la réhabilitation thermique", _EUR),
    _Row("INV-06", "Logements réhabilités", _NB),
    _Row("INV-06B", "Part des réhabilitations au niveau BBC", _PCT),
    _Row(
        "INV-07", "Subventions de l’intercommunalité à la production et à la réhabilitation", _EUR
    ),
    _Row("STK-01", "Droits de réservation en stock au 31 décembre", _NB, _STOCK),
    _Row("STK-03", "Logements orientés vers Action Logement dans la gestion en flux", _NB),
    _Row("STK-03B", "Part du flux de logements orientée vers Action Logement", _PCT),
    _Row("SAL-01", "Aides aux salariés, nombre", _NB),
    _Row("SAL-02", "Aides aux salariés, montant", _EUR),
    _Row("SAL-04", "Garanties Visale, contrats émis", _NB),
    _Row("SAL-05", "Avances et garanties LOCA-PASS®, nombre", _NB),
    _Row("SAL-05M", "Avances et garanties LOCA-PASS®, montant", _EUR),
    _Row("SAL-06", "Aides MOBILI-JEUNE® et MOBILI-PASS®, nombre", _NB),
    _Row("SAL-06M", "Aides MOBILI-JEUNE® et MOBILI-PASS®, montant", _EUR),
    _Row("SAL-07", "Prêts pour l’accession et les travaux, nombre", _NB),
    _Row("SAL-07M", "Prêts pour l’accession et les travaux, montant", _EUR),
    _Row("SAL-08", "Salariés en difficulté accompagnés", _NB, definition="CIL-PASS Assistance®."),
    _Row("SAL-09", "Part des moins de 30 ans parmi les salariés aidés", _PCT),
    _Row("DEM-01", "Demandes locatives enregistrées via Action Logement", _NB),
    _Row("DEM-02", "Demandes locatives en stock au 31 décembre", _NB, _STOCK),
    _Row("ATT-01", "Attributions à des salariés", _NB),
    _Row("ATT-04", "Part des attributions en quartier prioritaire", _PCT),
    _Row("ATT-05", "Part des attributions aux publics prioritaires", _PCT),
    _Row(
        "ATT-06",
        "Part du premier quartile de revenus dans les attributions hors quartier prioritaire",
        _PCT,
        definition="Cible légale : 25 % au moins (code de la construction, art. L. 441-1).",
    ),
    _Row(
        "ATT-07",
        "Part des ménages prioritaires et DALO sur le contingent d’Action Logement",
        _PCT,
        definition="Cible légale : 25 % au moins (code de la construction, art. L. 441-1).",
    ),
    _Row("OFF-01", "Logements locatifs sociaux agréés", _NB),
    _Row("OFF-02", "Logements en accession abordable (PSLA, BRS)", _NB),
    _Row("OFF-03", "Communes déficitaires au titre de la loi SRU", _NB, _STOCK),
    _Row("OFF-03B", "Taux de logements locatifs sociaux", _PCT, _STOCK),
    _Row("OFF-04", "Logements privés conventionnés", _NB),
    _Row("NPN-01", "Logements sur les terrains apportés en contrepartie (NPNRU)", _NB),
    _Row("NPN-01B", "Droits de réservation apportés en contrepartie (NPNRU)", _NB),
    _Row("GRP-01", "Mises en chantier par les filiales d’Action Logement", _NB),
    _Row("GRP-01B", "Réhabilitations par les filiales d’Action Logement", _NB),
    _Row("GRP-01C", "Logements gérés par les filiales d’Action Logement", _NB, _STOCK),
    _Row("GOV-01", "Réunions de suivi tenues", _NB),
    _Row("COM-01", "Actions de communication communes", _NB),
)

# Fewer is better.
_AT_MOST = {"OFF-03", "DEM-02"}


@transaction.atomic
def load_catalogue() -> int:
    """Bring the catalogue up to date, and return how many indicators are new.

    Stocks and shares are never added up; what a convention owns is left alone.
    """
    new = 0
    for row in CATALOGUE:
        facts = {
            "name": row.name,
            "unit": row.unit,
            "nature": row.nature,
            "definition": row.definition,
            "additive": row.nature == _FLUX and row.unit != _PCT,
            "direction": Direction.AU_PLUS if row.code in _AT_MOST else Direction.AU_MOINS,
        }
        _indicator, created = Indicator.objects.update_or_create(
            code=row.code, convention=None, defaults=facts
        )
        new += created
    return new

"""Promise R13 on paper: a document that shows dates says what they are worth."""

import io
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from engagements.actions.revoyure import freeze_revoyure, open_revoyure
from engagements.enums import Outcome
from engagements.models import Contribution
from engagements.tests.factories import make_engagement
from reporting.actions.revoyure_document import lay_out

pytestmark = pytest.mark.django_db
ON, NOW = date(2018, 12, 5), datetime(2018, 12, 5, 9, 0, tzinfo=UTC)
COUNTED = "n calcul de date est une aide ; le texte signé fait foi."


def test_the_document_of_a_revoyure_says_it_beside_its_dates(cast):
    make_engagement(cast.convention, cast.first_party, due_on=date(2019, 6, 30))
    revoyure = open_revoyure(cast.convention, by=cast.manager, on=ON, year=2018)
    Contribution.objects.filter(revoyure=revoyure).update(handed_over_at=NOW)
    outcome = {"outcome": Outcome.MAINTIEN}
    revoyure = freeze_revoyure(revoyure, by=cast.manager, on=ON, now=NOW, **outcome)
    pdf = lay_out(revoyure.snapshot, is_test=True)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "30 juin 2019" in " ".join(text.split())
    assert COUNTED in " ".join(text.replace("\u202f", " ").split())

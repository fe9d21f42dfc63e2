"""What the law refuses, the database refuses."""

import pytest
from django.db import Error, connection, transaction

from conventions.models import ArticleVersion, TerminationClause
from conventions.tests.factories import make_convention, make_signed_convention

pytestmark = pytest.mark.django_db


def _refused(write):
    with pytest.raises(Error), transaction.atomic():
        write()


def test_the_wording_of_a_signed_act_cannot_change():
    act = make_signed_convention().acts.get()
    _refused(lambda: ArticleVersion.objects.filter(act=act).update(body="autre"))
    _refused(lambda: TerminationClause.objects.filter(act=act).update(quantity=1))
    _refused(lambda: ArticleVersion.objects.filter(act=act).delete())
    _refused(lambda: type(act).objects.filter(pk=act.pk).update(signed_on="2018-01-01"))


def test_the_wording_of_a_draft_can_change():
    convention = make_convention()
    act = convention.acts.get()
    act.title = "autre"
    act.save()


def test_a_convention_cannot_end_before_it_starts():
    convention = make_signed_convention()
    _refused(lambda: type(convention).objects.filter(pk=convention.pk).update(ends_on="2001-01-01"))


GUARDED = {
    "conventions_act",
    "conventions_articleversion",
    "conventions_definition",
    "conventions_durationclause",
    "conventions_followupclause",
    "conventions_partychange",
    "conventions_revoyureclause",
    "conventions_signatory",
    "conventions_terminationclause",
    "conventions_visa",
    "engagements_engagement",
    "engagements_target",
}


def test_no_migration_has_lost_the_guards_of_signed_acts(db):
    """SQLite makes a changed table anew, without its triggers: a migration must put them back."""
    read = {
        "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT event_object_table FROM information_schema.triggers",
    }
    with connection.cursor() as cursor:
        cursor.execute(read[connection.vendor])
        guarded = {table for (table,) in cursor.fetchall()}
    assert guarded >= GUARDED

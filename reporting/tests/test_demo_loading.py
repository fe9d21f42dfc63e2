"""The demonstration once loaded: whole, the same when loaded again, shown to the right people."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.actions.journal import broken_links
from accounts.models import JournalEntry, User
from conventions.access import visible_to
from conventions.actions.checklist import checklist_of
from conventions.actions.obstacles import obstacles_to_signature
from conventions.enums import ActStatus, ProposalStatus, Situation, ThreadScope
from conventions.models import Convention, DurationClause, TerminationClause
from conventions.models.amendments import definitions_of
from conventions.models.consolidated import consolidated_text
from conventions.rules.ecriture import broken_references
from engagements.actions.figures import enter_measurement
from engagements.actions.revoyure import (
    freeze_problems,
    freeze_revoyure,
    hand_over,
    unread_engagements,
    write_contribution,
)
from engagements.enums import (
    Appreciation,
    EngagementSituation,
    Outcome,
    RevoyureStatus,
    ValueStatus,
)
from engagements.models import Indicator, Measurement, Revoyure, StateChange
from reminders.models import Deadline
from reporting.demo.load_people import load_people
from reporting.demo.loading import load_demonstration
from reporting.demo.people import ACCOUNTS, PASSWORD
from reporting.models import SealedDocument
from reporting.seals.verification import verify_pdf
from territories.models import Territory


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Load once for the module, and take everything back at its end."""
    folder = tmp_path_factory.mktemp("demonstration")
    hasher = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    now = timezone.now()
    on = timezone.localdate(now)
    with (
        django_db_blocker.unblock(),
        override_settings(FILES_DIR=folder, PASSWORD_HASHERS=hasher),
        transaction.atomic(),
    ):
        load_demonstration(on=on, now=now)
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db, settings):
    """The loaded demonstration, read and written inside the test's own transaction."""
    settings.FILES_DIR = loaded
    return timezone.localdate()


def _counts() -> dict[str, int]:
    floors = ("territories", "accounts", "conventions", "engagements", "reminders", "reporting")
    return {
        model._meta.label: model._default_manager.count()
        for floor in floors
        for model in apps.get_app_config(floor).get_models()
    }


def _convention(reference: str) -> Convention:
    return Convention.objects.get(reference=reference)


def test_loading_twice_changes_nothing(demo):
    before = _counts()
    assert load_demonstration(on=demo, now=timezone.now()) == []
    assert load_demonstration(on=demo + timedelta(days=40), now=timezone.now()) == []
    assert _counts() == before


def test_an_account_that_exists_keeps_the_password_people_gave_it(demo):
    user = User.objects.get(email="agent@demo.demo")
    user.set_password("une phrase de passe choisie depuis")
    user.save()
    load_people()
    user.refresh_from_db()
    assert user.check_password("une phrase de passe choisie depuis")


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.email)
def test_every_account_logs_in_with_the_password_told(demo, account):
    client = Client()
    entered = {"username": account.email, "password": PASSWORD}
    response = client.post(reverse("accounts:login"), entered)
    assert response.status_code == 302
    assert client.session["_auth_user_id"]


OURS = {"DEMO", "DEMO-NEGOCIATION", "DEMO-PROJET", "DEMO-CANEVAS"}
SEEN = {
    "agent@besancon.demo": {"BESANCON-2017"},
    "elu@besancon.demo": {"BESANCON-2017"},
    "ville@besancon.demo": {"OPHLM-1998"},
    "bailleur@besancon.demo": {"OPHLM-1998"},
    "ancien@besancon.demo": set(),
    "agent@dijon.demo": {"DIJON-2017"},
    "agent@amp.demo": {"AMP-2018"},
    "agent@demo.demo": OURS,
    "elu@demo.demo": OURS,
    "lecteur@demo.demo": OURS,
    "delegation-bfc@actionlogement.demo": {
        "BESANCON-2017",
        "DIJON-2017",
        "DEMO",
        "DEMO-NEGOCIATION",
    },
    "delegation-paca@actionlogement.demo": {"AMP-2018"},
}


@pytest.mark.parametrize(("email", "references"), SEEN.items())
def test_each_person_sees_their_conventions_and_no_other(demo, email, references):
    user = User.objects.get(email=email)
    assert set(visible_to(user, on=demo).values_list("reference", flat=True)) == references


def test_the_administrator_sees_everything(demo):
    admin = User.objects.get(email="admin@demo.demo")
    assert admin.is_staff
    assert visible_to(admin, on=demo).count() == Convention.objects.count() == 8


def test_who_left_saw_besancon_until_the_last_day(demo):
    user = User.objects.get(email="ancien@besancon.demo")
    assert visible_to(user, on=date(2023, 6, 30)).exists()
    assert not visible_to(user, on=date(2023, 7, 1)).exists()


@pytest.mark.parametrize(
    ("reference", "situation"),
    [
        ("BESANCON-2017", Situation.POURSUITE_DE_FAIT),
        ("DIJON-2017", Situation.ECHUE),
        ("AMP-2018", Situation.ECHUE),
        ("OPHLM-1998", Situation.ECHUE),
        ("DEMO", Situation.EN_VIGUEUR),
        ("DEMO-NEGOCIATION", Situation.EN_NEGOCIATION),
        ("DEMO-PROJET", Situation.BROUILLON),
        ("DEMO-CANEVAS", Situation.BROUILLON),
    ],
)
def test_each_convention_is_where_the_calendar_puts_it(demo, reference, situation):
    assert _convention(reference).situation_on(demo) == situation


def test_besancon_ends_on_the_last_day_of_its_third_year(demo):
    besancon = _convention("BESANCON-2017")
    assert (besancon.starts_on, besancon.ends_on) == (date(2017, 12, 11), date(2020, 12, 10))
    act = besancon.acts.get()
    assert "supposées" in act.date_note
    mandate = besancon.parties.get(position=1).mandates.get()
    assert (mandate.votes_for, mandate.votes_against, mandate.abstentions) == (115, 0, 2)
    assert (mandate.members_in_office, mandate.received_on) == (129, date(2017, 11, 29))


def test_the_clauses_are_those_of_each_text(demo):
    assert DurationClause.objects.get(convention__reference="BESANCON-2017").trigger == ""
    assert DurationClause.objects.get(convention__reference="AMP-2018").trigger == "signature"
    ways_out = {
        reference: list(
            TerminationClause.objects.filter(convention__reference=reference)
            .order_by("pk")
            .values_list("operation", "quantity", "unit", "trigger")
        )
        for reference in ("BESANCON-2017", "DIJON-2017", "AMP-2018", "OPHLM-1998")
    }
    assert ways_out == {
        "BESANCON-2017": [
            ("preavis", 3, "mois", "envoi"),
            ("preavis", 3, "mois", "depot_recepisse"),
        ],
        "DIJON-2017": [],
        "AMP-2018": [("rebours", 1, "mois", "date_effet")],
        "OPHLM-1998": [],
    }


def test_the_articles_keep_their_numbers_and_their_depth(demo):
    besancon = _convention("BESANCON-2017")
    versions = consolidated_text(besancon, on=date(2018, 1, 1))
    assert len(versions) == 33
    numbered = {version.number: version.depth for version in versions if version.number}
    assert numbered["2.2.1"] == 3
    assert numbered["2.4"] == 2
    assert numbered["8"] == 1


@pytest.mark.parametrize("reference", ["BESANCON-2017", "DIJON-2017", "AMP-2018", "OPHLM-1998"])
def test_every_engagement_quotes_the_words_of_its_article(demo, reference):
    for engagement in _convention(reference).engagements.select_related("article"):
        assert engagement.wording in engagement.article.versions.get().body
        assert engagement.debtors.exists()


def test_the_territory_of_besancon_had_seventy_communes_when_it_signed(demo):
    besancon = _convention("BESANCON-2017")
    communes = Territory.objects.communes_of(besancon.territory, on=besancon.starts_on)
    assert communes.count() == 70


def test_the_review_of_2017_is_frozen_and_its_sealed_document_is_there(demo):
    revoyure = Revoyure.objects.get(convention__reference="BESANCON-2017", year=2017)
    assert revoyure.status == RevoyureStatus.GELEE
    assert revoyure.frozen_at.date() == date(2018, 2, 22)
    sealed = SealedDocument.objects.get(revoyure=revoyure)
    assert verify_pdf(sealed.document.read(), now=timezone.now()).is_ok


def test_the_review_of_2018_waits_for_one_figure_and_a_few_readings(demo):
    revoyure = Revoyure.objects.get(convention__reference="BESANCON-2017", year=2018)
    assert revoyure.status == RevoyureStatus.OUVERTE
    first, second = revoyure.contributions.order_by("party__position")
    assert second.handed_over_at
    assert not first.handed_over_at
    unread = [engagement.code for engagement in unread_engagements(first, on=demo)]
    assert unread == ["E17", "E36", "E38", "E42", "E43"]
    assert freeze_problems(revoyure) == ["Grand Besançon n’a pas rendu sa contribution."]
    besancon = revoyure.convention
    given = Measurement.objects.current().filter(convention=besancon, year=2018)
    expected = set(besancon.targets.filter(year=2018).values_list("indicator__code", flat=True))
    assert expected - set(given.values_list("indicator__code", flat=True)) == {"INV-06"}


def test_the_housing_officer_can_finish_the_review_of_2018(demo):
    officer = User.objects.get(email="agent@besancon.demo")
    revoyure = Revoyure.objects.get(convention__reference="BESANCON-2017", year=2018)
    besancon = revoyure.convention
    ours = revoyure.contributions.get(party__position=1)
    enter_measurement(
        besancon,
        by=officer,
        on=demo,
        indicator=Indicator.objects.get(code="INV-06", convention=None),
        territory=besancon.territory,
        year=2018,
        quantity=Decimal(462),
        source="tableau de bord de l’habitat",
        provider=ours.party,
    )
    readings = {e.pk: (Appreciation.TENU, "") for e in unread_engagements(ours, on=demo)}
    statement = ours.statement
    write_contribution(ours, by=officer, on=demo, statement=statement, readings=readings)
    hand_over(ours, by=officer, on=demo, now=timezone.now())
    frozen = freeze_revoyure(
        revoyure, by=officer, on=demo, now=timezone.now(), outcome=Outcome.MAINTIEN
    )
    assert frozen.is_frozen
    assert len(frozen.snapshot["engagements"]) == 43


def test_the_figures_of_2016_name_their_source_and_the_others_say_they_are_invented(demo):
    values = Measurement.objects.filter(convention__reference="BESANCON-2017")
    assert set(values.filter(year=2016).values_list("source", flat=True)) == {
        "préambule de la convention, chiffres de 2016"
    }
    assert set(values.exclude(year=2016).values_list("source", flat=True)) == {
        "valeur de démonstration"
    }


def test_the_fictitious_convention_shows_every_situation_of_an_engagement(demo):
    engagements = _convention("DEMO").engagements.all()
    shown = {engagement.situation_on(demo) for engagement in engagements}
    assert shown == set(EngagementSituation)


def test_the_fictitious_convention_shows_every_kind_of_value(demo):
    values = Measurement.objects.filter(convention=_convention("DEMO"))
    shown = set(values.values_list("status", flat=True))
    assert {ValueStatus.DEFINITIF, ValueStatus.PROVISOIRE, ValueStatus.NON_COMMUNIQUE} <= shown
    assert values.filter(supersedes__isnull=False).exists()
    assert values.filter(territory__kind="commune").count() >= 6


def test_a_dispute_keeps_its_history_and_its_evidence(demo):
    changes = StateChange.objects.filter(engagement__convention=_convention("DEMO"))
    disputed = changes.filter(state="conteste").get()
    history = changes.filter(engagement=disputed.engagement).order_by("pk")
    assert [change.state for change in history] == ["en_cours", "tenu", "conteste"]
    document = disputed.evidence.get()
    assert document.read().startswith(b"%PDF")


def test_the_fictitious_convention_has_something_late_something_near_and_an_open_review(demo):
    deadlines = Deadline.objects.filter(convention=_convention("DEMO"))
    assert deadlines.overdue(on=demo).exists()
    assert deadlines.upcoming(on=demo).filter(due_on__lte=demo + timedelta(days=30)).exists()
    assert deadlines.done().exists()
    assert deadlines.rolling().exists()
    assert Revoyure.objects.open().filter(convention__reference="DEMO").count() == 1
    assert Revoyure.objects.frozen().filter(convention__reference="DEMO").count() == 1


def test_the_negotiated_convention_lists_what_stands_before_its_signature(demo):
    found = obstacles_to_signature(_convention("DEMO-NEGOCIATION"), on=demo)
    messages = " ".join(obstacle.message for obstacle in found)
    assert "Jeanne LAMBELIN" in messages
    assert "n’a pas d’habilitation" in messages
    assert "relire et confirmer" in messages


def test_the_journal_of_the_demonstration_holds_together(demo):
    assert JournalEntry.objects.filter(dossier_id=_convention("DEMO").pk).exists()
    assert broken_links() == []


def test_the_command_tells_the_accounts_what_they_see_and_the_password(demo):
    said = io.StringIO()
    call_command("demo", stdout=said)
    lines = said.getvalue().splitlines()
    assert "rien de nouveau" in lines[0]
    besancon = next(line for line in lines if line.startswith("agent@besancon.demo"))
    assert "Claire Vuillemin, responsable" in besancon
    assert besancon.endswith("BESANCON-2017")
    gone = next(line for line in lines if line.startswith("ancien@besancon.demo"))
    assert "parti de l’organisme" in gone
    assert gone.endswith("rien")
    assert lines[-1].endswith(PASSWORD)


def test_the_command_refuses_production(db, settings):
    settings.DEMO, settings.LOCAL = False, False
    before = _counts()
    with pytest.raises(CommandError, match="production"):
        call_command("demo")
    assert _counts() == before


def test_the_fictitious_convention_shows_its_text_through_time(demo):
    convention = _convention("DEMO")
    signed = convention.acts.signed().get(number=1)
    before = {a.number: a for a in consolidated_text(convention, on=convention.starts_on)}
    after = {a.number: a for a in consolidated_text(convention, on=demo)}
    assert "2.3 bis" in after
    assert "2.3 bis" not in before
    assert before["2.2.2"].body != after["2.2.2"].body
    assert broken_references(consolidated_text(convention, on=demo)) == []
    assert definitions_of(convention, on=convention.starts_on) != definitions_of(
        convention, on=demo
    )
    assert "fictif" in signed.purpose
    bodies = {a.article_id: a.body for a in after.values()}
    assert all(e.wording in bodies[e.article_id] for e in convention.engagements.all())


def test_its_second_avenant_waits_for_the_side_that_drafted_it(demo):
    act = _convention("DEMO").acts.get(status=ActStatus.EN_NEGOCIATION)
    ours, theirs = act.convention.parties.order_by("position")
    turn = act.rounds.get(closed_at__isnull=True)
    assert (turn.number, turn.holder) == (3, ours)
    assert act.proposals.get(status=ProposalStatus.OUVERTE).party == theirs
    assert {thread.scope for thread in act.threads.all()} == set(ThreadScope)
    assert act.checklist_answers.count() == 2
    assert any(line.verdict.asks for line in checklist_of(act, on=demo))


def test_a_draft_was_begun_from_the_model(demo):
    act = _convention("DEMO-CANEVAS").acts.get()
    bodies = act.article_versions.values_list("body", flat=True)
    assert act.canevas is not None
    assert len(bodies) > 10
    assert "{{" not in "".join(bodies).replace("{{art:", "")


@pytest.mark.parametrize("reference", ["BESANCON-2017", "DIJON-2017", "AMP-2018", "OPHLM-1998"])
def test_what_is_real_gets_no_invented_avenant(demo, reference):
    assert _convention(reference).acts.count() == 1


def test_a_draft_is_handed_over_under_its_title_not_its_provisional_number(demo):
    act = _convention("DEMO").acts.get(status=ActStatus.EN_NEGOCIATION)
    (client := Client()).force_login(User.objects.get(email="agent@demo.demo"))
    for name in ("conventions:word_export", "reporting:act_pdf"):
        answer = client.get(reverse(name, args=[act.convention_id, act.number]))
        named = answer.headers["Content-Disposition"]
        assert "projet-prorogation-dun-an" in named
        assert str(act.number) not in named

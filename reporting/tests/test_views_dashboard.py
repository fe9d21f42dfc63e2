"""The home page: what waits for this person, and nothing of anybody else's."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions.journal import record
from accounts.enums import OrganisationKind, Role, Verb
from accounts.tests.factories import make_member, make_organisation, make_user
from conventions.actions.negotiation import hand_over, mark_read
from conventions.enums import ConventionStatus
from conventions.models import Convention
from conventions.tests.factories import make_convention, make_signed_convention, make_territory
from conventions.tests.negotiating import make_negotiation
from engagements.enums import State
from engagements.tests.factories import make_engagement, make_revoyure
from reminders.enums import DeadlineKind
from reporting.tests.pages import make_busy_convention, make_deadline, queries_of
from territories.enums import TerritoryKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def read(client, cast):
    def _read(user=None) -> str:
        client.force_login(user or cast.manager)
        answer = client.get("/")
        assert answer.status_code == 200
        return answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")

    return _read


def to_do(html: str) -> str:
    return html.partition('id="a-faire"')[2].partition("</section>")[0]


def test_nobody_comes_home_without_logging_in(client, cast):
    assert client.get("/").url.startswith("/connexion/")


def test_a_new_account_is_told_what_to_do_first(read):
    html = read(make_user())
    assert "Bienvenue dans Revoyure" in html
    assert "n’appartient à aucun organisme" in html


def test_a_manager_without_convention_is_led_to_prepare_one(read, cast):
    html = read(cast.stranger)
    assert "Préparer une convention" in html
    assert cast.convention.title not in html


def test_a_reader_without_convention_is_told_what_will_come(read):
    html = read(make_member(make_organisation(), Role.LECTEUR))
    assert "n’est encore partie à aucune convention" in html
    assert reverse("conventions:create") not in html


def test_what_one_s_own_party_owes_waits_for_its_contributors(read, cast, today):
    late = make_engagement(
        cast.convention, cast.first_party, due_on=today - timedelta(days=43), title="Transmettre"
    )
    make_engagement(cast.convention, cast.second_party, due_on=today, title="L’autre partie")
    make_engagement(
        cast.convention,
        cast.first_party,
        due_on=today + timedelta(days=200),
        title="Bien plus tard",
    )
    tasks = to_do(read(cast.contributor))
    assert "Tenir E1 : Transmettre" in tasks
    assert reverse("engagements:detail", args=[late.pk]) in tasks
    assert "L’autre partie" not in tasks
    assert "Bien plus tard" not in tasks
    assert "Transmettre" not in to_do(read(cast.reader))


def test_a_contested_engagement_asks_for_an_answer(read, cast):
    make_engagement(cast.convention, cast.first_party, state=State.CONTESTE, title="Réunir")
    assert "Répondre à la contestation de E1 : Réunir" in to_do(read())


def test_an_open_revoyure_waits_for_the_contribution_of_one_s_party(read, cast, today):
    revoyure = make_revoyure(cast.convention, year=today.year, opened_on=today)
    own = revoyure.contributions.get(party=cast.first_party)
    tasks = to_do(read())
    assert f"Rendre votre contribution à la revoyure {today.year}" in tasks
    assert reverse("engagements:contribution", args=[own.pk]) in tasks
    own.handed_over_at = timezone.now()
    own.save()
    assert "Rendre votre contribution" not in to_do(read())
    assert "Rendre votre contribution" in to_do(read(cast.counterpart))


def test_a_near_date_is_something_to_do_and_a_possible_letter_is_not(read, cast, today):
    soon = today + timedelta(days=5)
    make_deadline(cast.convention, due_on=soon, kind=DeadlineKind.REVOYURE_COMITE, title="Réunir")
    make_deadline(cast.convention, due_on=soon, kind=DeadlineKind.RESILIATION, title="Envoi sûr")
    html = read()
    assert "Réunir" in to_do(html)
    assert "Envoi sûr" not in to_do(html)
    assert "Envoi sûr" in html


def test_a_signatory_finds_what_is_to_be_signed(read, cast):
    convention = make_convention(epci=cast.epci, title="Convention à signer")
    Convention.objects.filter(pk=convention.pk).update(status=ConventionStatus.EN_SIGNATURE)
    signatory = make_member(cast.epci, Role.SIGNATAIRE)
    assert "Signer la convention" in to_do(read(signatory))
    assert "Signer la convention" not in to_do(read(cast.reader))


def test_the_title_counts_what_presses(read, cast, today):
    for days in (-10, 0):
        make_engagement(cast.convention, cast.first_party, due_on=today + timedelta(days=days))
    assert "<h1>Deux choses vous attendent aujourd’hui</h1>" in read()


def test_lateness_of_either_party_is_seen_by_both(read, cast, today):
    make_engagement(
        cast.convention, cast.second_party, due_on=today - timedelta(days=43), title="Transmettre"
    )
    for user in (cast.reader, cast.counterpart):
        html = read(user)
        assert "Transmettre" in html
        assert "43 jours" in html


def test_a_closed_convention_is_late_for_nobody(read, cast, today):
    make_engagement(cast.convention, due_on=date(2018, 1, 1), title="Transmettre")
    Convention.objects.filter(pk=cast.convention.pk).update(closed_on=date(2020, 12, 10))
    html = read()
    assert "Transmettre" not in html
    assert "Aucun engagement n’est en retard." in html


def test_one_date_shared_by_several_conventions_is_told_once(read, cast, today):
    other = make_signed_convention(epci=cast.epci)
    for convention in (cast.convention, other):
        make_deadline(convention, due_on=today + timedelta(days=60), title="Rapport aux maires")
    html = read()
    table = html.partition('id="echeances"')[2].partition("</table>")[0]
    assert table.count(">Rapport aux maires</a>") == 1
    assert "2 conventions" in table
    assert "Le tableau qui suit donne les mêmes dates." in table


def test_recent_acts_are_those_of_one_s_conventions(read, cast):
    record(cast.manager, Verb.REVOYURE_OPENED, make_revoyure(cast.convention),
           dossier=cast.convention.pk)  # fmt: skip
    assert "<b>Claire Vuillemin</b> a ouvert la revoyure 2018" in read()
    make_signed_convention(epci=make_organisation(name="Ailleurs"))
    assert "Claire Vuillemin</b> a ouvert" not in read(cast.stranger)


def test_a_delegation_reads_its_regions_at_a_glance(read, cast, today):
    regions = [
        make_territory(kind=TerritoryKind.REGION, code=code, name=f"Région {code}")
        for code in ("27", "93")
    ]
    for rank, region in enumerate(regions):
        convention = make_signed_convention(
            action_logement=cast.action_logement,
            region=region,
            signed_on=today - timedelta(days=30 + 1000 * rank),
        )
        make_engagement(convention, due_on=today - timedelta(days=3))
    delegation = make_organisation(
        kind=OrganisationKind.DELEGATION, acts_for=cast.action_logement, regions=regions[:1]
    )
    html = read(make_member(delegation, Role.LECTEUR))
    portfolio = html.partition('id="portefeuille"')[2].partition("</table>")[0]
    assert "Région 27" in portfolio
    assert "Région 93" not in portfolio
    assert "?region=27" in portfolio
    numbers = [part.partition("<")[0] for part in portfolio.split('<td class="num">')[1:]]
    assert numbers[1:] == ["0", "0", "1"]


@pytest.mark.parametrize("who", ["manager", "counterpart", "platform"])
def test_queries_do_not_grow(client, cast, who):
    make_busy_convention(cast.epci, cast.action_logement)
    client.force_login(make_user(is_superuser=True) if who == "platform" else getattr(cast, who))
    few = queries_of(client, "/")
    for _ in range(10):
        make_busy_convention(cast.epci, cast.action_logement)
    assert queries_of(client, "/") == few
    assert few <= 15


def test_who_holds_the_pen_is_told_to_write_and_the_others_to_read(read, today):
    cast = make_negotiation()
    assert "Écrire le texte" in to_do(read(cast.manager))
    assert "Lire le texte" not in to_do(read(cast.manager))
    assert "Lire le texte en négociation" in to_do(read(cast.theirs))
    mark_read(cast.act, by=cast.theirs, seen_at=timezone.now())
    assert "négociation" not in to_do(read(cast.theirs))
    hand_over(cast.act, by=cast.manager, on=today)
    assert "Écrire le texte" in to_do(read(cast.theirs))
    assert "Lire le texte en négociation" in to_do(read(cast.manager))

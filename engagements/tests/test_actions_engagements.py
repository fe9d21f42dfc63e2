"""Writing engagements down and declaring where they stand: success, refusals, strangers, replay."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import OrganisationKind, Role, Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_member, make_organisation, make_user
from conventions.models import CorruptFileError, Document
from conventions.tests.factories import make_article, make_convention, make_party
from engagements.actions.declarations import Evidence, declare_state
from engagements.actions.engagements import (
    change_engagement,
    create_engagement,
    link_counterparts,
)
from engagements.enums import EngagementSituation, Recurrence, State
from engagements.models import Engagement, StateChange, Theme
from engagements.signals import engagement_changed
from engagements.tests.factories import make_engagement

pytestmark = pytest.mark.django_db

ON = date(2019, 11, 12)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def announced():
    """The engagements announced while the test runs."""
    heard = []

    def hear(engagement, by, on, **_kwargs):
        heard.append((engagement.code, by, on))

    engagement_changed.connect(hear)
    yield heard
    engagement_changed.disconnect(hear)


def _create(cast, by=None, **facts):
    facts.setdefault("title", "Programmer 170 logements par an")
    facts.setdefault("debtors", [cast.first_party])
    return create_engagement(cast.convention, by=by or cast.manager, on=ON, **facts)


# Creating ----------------------------------------------------------------------------------------


def test_an_engagement_takes_the_next_number_and_enters_the_journal(cast, announced):
    make_engagement(cast.convention, cast.second_party, number=7)
    other = Engagement.objects.get()
    made = _create(cast, counterparts=[other], new_theme="Produire")
    assert (made.code, made.state, made.theme.name) == ("E8", State.A_VENIR, "Produire")
    assert list(made.debtors.all()) == [cast.first_party]
    assert list(other.counterparts.all()) == [made]
    entry = JournalEntry.objects.get(verb=Verb.ENGAGEMENT_CREATED)
    assert (entry.dossier_id, entry.data["counterparts"]) == (cast.convention.pk, "E7")
    assert announced == [("E8", cast.manager, ON)]


def test_a_theme_that_exists_is_not_made_twice(cast):
    theme = Theme.objects.create(convention=cast.convention, name="Produire")
    assert _create(cast, new_theme=" produire ").theme == theme


@pytest.mark.parametrize("who", ["contributor", "reader", "stranger"])
def test_only_who_manages_a_party_writes_engagements(cast, who):
    with pytest.raises(PermissionDenied):
        _create(cast, by=getattr(cast, who))
    assert not Engagement.objects.exists()


def test_an_engagement_without_debtor_is_refused(cast):
    with pytest.raises(ValidationError) as refusal:
        _create(cast, debtors=[])
    assert refusal.value.message_dict == {"debtors": ["Dites qui doit cet engagement."]}


def test_a_debtor_is_a_party_to_this_convention_on_the_day_it_begins(cast):
    elsewhere = make_convention().parties.first()
    ville = make_party(
        cast.convention,
        make_organisation(name="Ville"),
        alias="la Ville",
        starts_on=date(2019, 7, 4),
    )
    for debtor, facts in ((elsewhere, {}), (ville, {"starts_on": date(2018, 1, 1)})):
        with pytest.raises(ValidationError) as refusal:
            _create(cast, debtors=[cast.first_party, debtor], **facts)
        assert "n’est pas partie à la convention" in refusal.value.message_dict["debtors"][0]
    assert _create(cast, debtors=[ville]).debts.get().party == ville


def test_the_article_the_theme_and_the_counterparts_are_those_of_the_convention(cast):
    foreign = make_convention()
    article = make_article(foreign)
    theme = Theme.objects.create(convention=foreign, name="Ailleurs")
    answer = make_engagement(foreign)
    for field, value in (("article", article), ("theme", theme), ("counterparts", [answer])):
        with pytest.raises(ValidationError) as refusal:
            _create(cast, **{field: value})
        assert list(refusal.value.message_dict) == [field]
    assert not cast.convention.engagements.exists()


def test_contradictory_dates_are_refused_at_their_field(cast):
    with pytest.raises(ValidationError) as refusal:
        _create(cast, starts_on=date(2019, 2, 1), ends_on=date(2019, 1, 1))
    assert list(refusal.value.message_dict) == ["ends_on"]


def test_an_engagement_does_not_answer_one_of_the_same_side(cast):
    same = make_engagement(cast.convention, cast.first_party)
    with pytest.raises(ValidationError, match="mêmes parties"):
        _create(cast, counterparts=[same])


# Changing ----------------------------------------------------------------------------------------


def test_a_change_is_kept_before_and_after(cast, announced):
    made = _create(cast)
    announced.clear()
    change_engagement(
        made,
        by=cast.counterpart,
        on=ON,
        title="Programmer 180 logements par an",
        debtors=[cast.first_party, cast.second_party],
    )
    made.refresh_from_db()
    assert made.title == "Programmer 180 logements par an"
    assert made.debts.count() == 2
    changes = JournalEntry.objects.get(verb=Verb.ENGAGEMENT_CHANGED).data["changes"]
    assert changes["title"][0] == "Programmer 170 logements par an"
    assert changes["debtors"][1] == f"{cast.first_party}, {cast.second_party}"
    assert announced == [(made.code, cast.counterpart, ON)]


def test_changing_nothing_writes_nothing(cast, announced):
    made = _create(cast)
    announced.clear()
    change_engagement(made, by=cast.manager, on=ON, title=made.title, debtors=[cast.first_party])
    assert not JournalEntry.objects.filter(verb=Verb.ENGAGEMENT_CHANGED).exists()
    assert announced == []


def test_a_party_that_has_left_keeps_what_it_already_owed(cast):
    made = _create(cast)
    cast.first_party.ends_on = date(2019, 6, 30)
    cast.first_party.save()
    change_engagement(made, by=cast.counterpart, on=ON, title="Autre", debtors=[cast.first_party])
    made.refresh_from_db()
    assert made.title == "Autre"


@pytest.mark.parametrize("who", ["contributor", "reader", "stranger"])
def test_only_who_manages_a_party_changes_engagements(cast, who):
    made = _create(cast)
    with pytest.raises(PermissionDenied):
        change_engagement(
            made, by=getattr(cast, who), on=ON, title="Autre", debtors=[cast.first_party]
        )


def test_counterparts_read_both_ways_and_are_told_once(cast):
    mine = make_engagement(cast.convention, cast.first_party)
    theirs = make_engagement(cast.convention, cast.second_party)
    for _replay in range(2):
        link_counterparts(mine, by=cast.manager, on=ON, counterparts=[theirs])
    assert list(theirs.counterparts.all()) == [mine]
    entry = JournalEntry.objects.get(verb=Verb.ENGAGEMENT_CHANGED)
    assert entry.data["changes"] == {"counterparts": ["", "E2"]}


# Declaring ---------------------------------------------------------------------------------------


def _declare(cast, engagement, state=State.TENU, by=None, party=None, **more):
    return declare_state(
        engagement,
        by=by or cast.contributor,
        on=ON,
        party=party or cast.first_party,
        state=state,
        **more,
    )


def test_a_debtor_declares_its_engagement_kept_with_evidence(cast, announced):
    owed = make_engagement(cast.convention, cast.first_party, state=State.EN_COURS)
    change = _declare(cast, owed, comment="Remis en séance.", files=[Evidence("remise.png", PNG)])
    owed.refresh_from_db()
    assert owed.state == State.TENU
    assert (change.old_state, change.party) == (State.EN_COURS, cast.first_party)
    document = change.evidence.get()
    assert (document.name, document.read()) == ("remise.png", PNG)
    data = JournalEntry.objects.get(verb=Verb.ENGAGEMENT_STATE_DECLARED).data
    assert data["changes"] == {"state": ["En cours", "Tenu"]}
    assert data["evidence"] == [document.sha256]
    assert announced == [(owed.code, cast.contributor, ON)]


def test_a_file_that_is_not_what_its_name_says_changes_nothing(cast):
    owed = make_engagement(cast.convention, cast.first_party)
    with pytest.raises(ValidationError) as refusal:
        _declare(cast, owed, files=[Evidence("compte-rendu.pdf", PNG)])
    assert "compte-rendu.pdf" in refusal.value.message_dict["files"][0]
    owed.refresh_from_db()
    assert owed.state == State.A_VENIR
    assert not StateChange.objects.exists()
    assert not Document.objects.exists()


def test_the_other_side_contests_with_reasons_and_does_not_declare(cast):
    owed = make_engagement(cast.convention, cast.first_party, state=State.TENU)
    as_other = {"by": cast.counterpart, "party": cast.second_party}
    with pytest.raises(ValidationError, match="peut le contester"):
        _declare(cast, owed, State.EN_COURS, **as_other)
    with pytest.raises(ValidationError, match="ce que vous contestez"):
        _declare(cast, owed, State.CONTESTE, **as_other)
    _declare(cast, owed, State.CONTESTE, comment="Rien ne nous est parvenu.", **as_other)
    owed.refresh_from_db()
    assert owed.state == State.CONTESTE
    _declare(cast, owed, State.TENU, comment="Le document est arrivé.", **as_other)
    assert owed.state_changes.count() == 2


def test_nobody_speaks_for_a_party_that_is_not_their_own(cast):
    owed = make_engagement(cast.convention, cast.first_party)
    admin = make_user(is_superuser=True)
    for by in (cast.counterpart, cast.reader, cast.stranger, admin):
        with pytest.raises(PermissionDenied):
            _declare(cast, owed, by=by)
    assert not StateChange.objects.exists()


def test_the_party_is_one_of_this_convention(cast):
    owed = make_engagement(cast.convention, cast.first_party)
    other = make_convention(epci=cast.epci, status="en_negociation")
    with pytest.raises(ValidationError) as refusal:
        _declare(cast, owed, party=other.parties.get(organisation=cast.epci))
    assert "party" in refusal.value.message_dict


def test_nothing_is_declared_before_the_signature(cast):
    draft = make_convention(epci=cast.epci, status="en_negociation")
    party = draft.parties.get(organisation=cast.epci)
    with pytest.raises(ValidationError, match="une fois la convention signée"):
        _declare(cast, make_engagement(draft, party), party=party)


def test_the_same_declaration_sent_twice_is_one(cast):
    owed = make_engagement(cast.convention, cast.first_party)
    _declare(cast, owed, State.EN_COURS, comment="118 agréés.")
    with pytest.raises(ValidationError, match="déjà enregistrée"):
        _declare(cast, owed, State.EN_COURS, comment="118 agréés. ")
    _declare(cast, owed, State.EN_COURS, comment="131 agréés.")
    assert owed.state_changes.count() == 2


def test_what_comes_back_is_kept_then_awaited_again(cast):
    owed = make_engagement(
        cast.convention,
        cast.first_party,
        recurrence=Recurrence.ANNUELLE,
        due_on=date(2019, 9, 30),
        state=State.EN_COURS,
    )
    _declare(cast, owed, next_due_on=date(2020, 9, 30))
    owed.refresh_from_db()
    assert owed.due_on == date(2020, 9, 30)
    assert owed.situation_on(ON) == EngagementSituation.TENU
    assert owed.situation_on(date(2020, 9, 1)) == EngagementSituation.PROCHE
    assert owed.situation_on(date(2020, 10, 1)) == EngagementSituation.EN_RETARD


def test_what_comes_back_may_be_kept_for_the_last_time(cast):
    owed = make_engagement(
        cast.convention,
        cast.first_party,
        recurrence=Recurrence.ANNUELLE,
        due_on=date(2019, 9, 30),
    )
    _declare(cast, owed)
    owed.refresh_from_db()
    assert owed.due_on is None
    assert owed.situation_on(date(2030, 1, 1)) == EngagementSituation.TENU


def test_a_single_engagement_keeps_its_date_once_kept(cast):
    owed = make_engagement(cast.convention, cast.first_party, due_on=date(2019, 9, 30))
    _declare(cast, owed)
    owed.refresh_from_db()
    assert owed.due_on == date(2019, 9, 30)


@pytest.mark.parametrize(
    ("recurrence", "next_due_on", "sentence"),
    [
        (Recurrence.PONCTUELLE, date(2020, 9, 30), "ne revient pas"),
        (Recurrence.ANNUELLE, date(2019, 9, 30), "doit suivre"),
        (Recurrence.ANNUELLE, date(2020, 12, 11), "finit le"),
    ],
)
def test_a_following_date_that_cannot_be_is_refused(cast, recurrence, next_due_on, sentence):
    owed = make_engagement(
        cast.convention,
        cast.first_party,
        recurrence=recurrence,
        due_on=date(2019, 9, 30),
        ends_on=date(2020, 12, 10),
    )
    with pytest.raises(ValidationError) as refusal:
        _declare(cast, owed, next_due_on=next_due_on)
    assert sentence in refusal.value.message_dict["next_due_on"][0]


def test_a_regional_delegation_declares_for_the_body_it_acts_for(cast):
    region = cast.convention.territory
    cast.convention.region = region
    cast.convention.save()
    delegation = make_organisation(
        name="Délégation",
        kind=OrganisationKind.DELEGATION,
        acts_for=cast.action_logement,
        regions=[region],
    )
    delegate = make_member(delegation, Role.CONTRIBUTEUR)
    owed = make_engagement(cast.convention, cast.second_party)
    _declare(cast, owed, by=delegate, party=cast.second_party)
    owed.refresh_from_db()
    assert owed.state == State.TENU


def test_evidence_that_was_altered_on_disk_is_not_given_back(cast):
    owed = make_engagement(cast.convention, cast.first_party)
    document = _declare(cast, owed, files=[Evidence("remise.png", PNG)]).evidence.get()
    document.path.chmod(0o600)
    document.path.write_bytes(b"autre chose")
    with pytest.raises(CorruptFileError):
        document.read()

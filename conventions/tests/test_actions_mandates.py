"""What empowers those who sign, and who signs."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from conventions.actions.mandates import (
    change_mandate,
    record_mandate,
    remove_mandate,
    remove_signatory,
    set_signatory,
)
from conventions.enums import MandateKind
from conventions.models import Mandate, Signatory
from conventions.signals import dates_changed
from conventions.tests.drafting import TODAY, empower, make_drafting_cast
from conventions.tests.factories import make_signed_convention

pytestmark = pytest.mark.django_db
VOTES = {"votes_for": 115, "votes_against": 0, "abstentions": 2, "members_in_office": 129}


@pytest.fixture
def cast():
    return make_drafting_cast()


def _deliberation(cast, **changes) -> Mandate:
    fields = {
        "kind": MandateKind.DELIBERATION,
        "number": "2017/003870",
        "adopted_on": date(2017, 11, 16),
        "received_on": date(2017, 11, 29),
        **VOTES,
    }
    return record_mandate(cast.first, by=cast.manager, on=TODAY, **(fields | changes))


def test_a_deliberation_keeps_its_votes_and_its_receipt(cast):
    mandate = _deliberation(cast)
    assert mandate.votes_cast == 117


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"votes_for": 1150}, "votes_for", "1\u202f150 voix pour, 0 contre et 2\u00a0abstentions"),
        ({"voters": 118}, "votes_for", "pour 118\u00a0votants"),
        ({"not_voting": 13}, "votes_for", "ne prennent pas part au vote"),
        ({"transmitted_on": date(2017, 11, 15)}, "transmitted_on", "précéder le vote"),
        ({"transmitted_on": date(2017, 11, 30)}, "received_on", "avant sa transmission"),
        ({"certified_on": date(2017, 11, 30)}, "certified_by", "qui certifie"),
        ({"certified_by": "Le président"}, "certified_on", "quel jour"),
        (
            {"certified_on": date(2017, 11, 28), "certified_by": "Le président"},
            "certified_on",
            "reçu et publié",
        ),
        ({"abstentions": None}, "votes_for", "les trois comptes"),
        ({"received_on": date(2017, 11, 15)}, "received_on", "avant son vote"),
        ({"published_on": date(2017, 11, 15)}, "published_on", "précéder le vote"),
        ({"valid_until": date(2017, 11, 15)}, "valid_until", "précéder la date"),
    ],
)
def test_what_cannot_stand_together_is_refused_at_its_field(cast, changes, field, words):
    with pytest.raises(ValidationError) as refusal:
        _deliberation(cast, **changes)
    assert list(refusal.value.message_dict) == [field]
    assert words in refusal.value.message_dict[field][0]
    assert not Mandate.objects.exists()


def test_a_receipt_arrives_after_the_vote_and_moves_dates(cast):
    mandate = _deliberation(cast, received_on=None)
    heard = []

    def listen(sender, convention, **_):
        heard.append(convention.pk)

    dates_changed.connect(listen)
    try:
        change_mandate(mandate, by=cast.manager, on=TODAY, received_on=date(2017, 11, 29))
        change_mandate(mandate, by=cast.manager, on=TODAY, received_on=date(2017, 11, 29))
    finally:
        dates_changed.disconnect(listen)
    assert heard == [cast.convention.pk]
    mandate.refresh_from_db()
    assert mandate.received_on == date(2017, 11, 29)


def test_a_mandate_on_which_a_signed_act_rests_no_longer_changes(cast):
    convention = make_signed_convention(epci=cast.epci, reference="SIGNEE-2017")
    mandate = Mandate.objects.filter(party__convention=convention).first()
    with pytest.raises(ValidationError) as refusal:
        change_mandate(mandate, by=cast.manager, on=TODAY, number="autre")
    assert refusal.value.code == "relied_on"
    with pytest.raises(ValidationError):
        remove_mandate(mandate, by=cast.manager, on=TODAY)
    record_mandate(
        mandate.party, by=cast.manager, on=TODAY, kind=MandateKind.DELIBERATION, number="2"
    )


def test_the_vote_that_authorised_a_signed_act_no_longer_changes_whoever_signed_by_it(cast):
    convention = make_signed_convention(epci=cast.epci, reference="SIGNEE-2017")
    party = convention.parties.get(position=1)
    fields = {"party": party, "kind": MandateKind.DELIBERATION}
    vote = Mandate.objects.create(adopted_on=date(2017, 11, 16), **fields)
    for act in (
        lambda: change_mandate(vote, by=cast.manager, on=TODAY, number="autre"),
        lambda: remove_mandate(vote, by=cast.manager, on=TODAY),
    ):
        with pytest.raises(ValidationError) as refusal:
            act()
        assert refusal.value.code == "relied_on"
    later = Mandate.objects.create(adopted_on=date(2019, 1, 10), **fields)
    change_mandate(later, by=cast.manager, on=TODAY, number="2019/4")


def test_a_signatory_is_named_then_corrected_at_the_same_place(cast):
    mandate = _deliberation(cast)
    who = {"party": cast.first, "by": cast.manager, "on": TODAY, "capacity": "présidente"}
    set_signatory(cast.act, name="Jeanne Pain", mandate=mandate, **who)
    set_signatory(cast.act, name="Jeanne Roi", mandate=mandate, **who)
    set_signatory(cast.act, name="Paul Pain", position=2, **who)
    names = Signatory.objects.order_by("position").values_list("name", flat=True)
    assert list(names) == ["Jeanne Roi", "Paul Pain"]


def test_nobody_signs_by_the_mandate_of_another_party(cast):
    with pytest.raises(ValidationError) as refusal:
        set_signatory(
            cast.act,
            party=cast.second,
            by=cast.manager,
            on=TODAY,
            name="X",
            capacity="président",
            mandate=_deliberation(cast),
        )
    assert "mandate" in refusal.value.message_dict


def test_signatories_of_a_signed_act_stay(cast):
    convention = make_signed_convention(epci=cast.epci, reference="SIGNEE-2017")
    signatory = Signatory.objects.filter(act__convention=convention).first()
    with pytest.raises(ValidationError):
        remove_signatory(signatory, by=cast.manager, on=TODAY)
    with pytest.raises(ValidationError):
        set_signatory(
            signatory.act,
            party=signatory.party,
            by=cast.manager,
            on=TODAY,
            name="Autre",
            capacity="x",
        )


def test_a_mandate_someone_signs_by_is_not_taken_out(cast):
    empower(cast.convention)
    mandate = cast.first.mandates.get()
    with pytest.raises(ValidationError) as refusal:
        remove_mandate(mandate, by=cast.manager, on=TODAY)
    assert refusal.value.code == "cited"
    remove_signatory(cast.first.signatories.get(), by=cast.manager, on=TODAY)
    remove_mandate(mandate, by=cast.manager, on=TODAY)
    assert not cast.first.mandates.exists()


@pytest.mark.parametrize("who", ["reader", "contributor", "signatory", "stranger"])
def test_only_a_manager_records_powers(cast, who):
    person = getattr(cast, who)
    empower(cast.convention)
    mandate, signatory = cast.first.mandates.get(), cast.first.signatories.get()
    acts = (
        lambda: record_mandate(cast.first, by=person, on=TODAY, kind=MandateKind.POUVOIR),
        lambda: change_mandate(mandate, by=person, on=TODAY, number="2"),
        lambda: remove_mandate(mandate, by=person, on=TODAY),
        lambda: set_signatory(
            cast.act, party=cast.first, by=person, on=TODAY, name="X", capacity="x"
        ),
        lambda: remove_signatory(signatory, by=person, on=TODAY),
    )
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()

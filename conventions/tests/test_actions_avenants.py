import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import Verb
from accounts.models import JournalEntry
from conventions.access import acts_visible_to
from conventions.actions.avenants import (
    abandon_avenant,
    change_avenant,
    create_avenant,
    read_again,
)
from conventions.actions.draft import state_of
from conventions.enums import ActKind, ActStatus, ConventionStatus
from conventions.models.act import PROVISIONAL
from conventions.models.acts_read import settled_number
from conventions.tests.amending import TODAY, begin, make_amending_cast, share, sign
from conventions.tests.factories import make_convention

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_amending_cast()


def test_an_avenant_begins_as_a_draft_of_one_side(cast):
    act = begin(cast)
    assert (act.status, act.drafted_by, act.kind) == (
        ActStatus.PROJET, cast.epci, ActKind.AVENANT,
    )  # fmt: skip
    assert act in acts_visible_to(cast.reader, cast.convention, on=TODAY)
    assert act not in acts_visible_to(cast.counterpart, cast.convention, on=TODAY)


def test_both_sides_may_draft_several_at_once(cast):
    acts = [begin(cast), begin(cast), begin(cast, by=cast.counterpart)]
    assert len({act.number for act in acts}) == 3


def test_a_draft_bears_no_number_that_one_could_count_with(cast):
    act = begin(cast, title="Durée")
    assert act.number > PROVISIONAL
    assert str(act) == "projet d’avenant «\u00a0Durée\u00a0»"


def test_numbers_follow_the_order_of_signature_without_a_gap(cast):
    first, given_up, second = begin(cast), begin(cast), begin(cast)
    abandon_avenant(given_up, by=cast.manager, on=TODAY, reason="Sans objet")
    assert sign(second).number == 1
    assert settled_number(first) == 2
    assert str(second) == "avenant n°\u00a01"


def test_only_a_signed_convention_is_amended(cast):
    draft = make_convention(epci=cast.epci)
    with pytest.raises(ValidationError, match="Seule une convention signée"):
        create_avenant(draft, by=cast.manager, on=TODAY, drafted_by=cast.epci, title="x")
    cast.convention.status = ConventionStatus.RESILIEE
    cast.convention.save()
    with pytest.raises(ValidationError, match="a pris fin"):
        begin(cast)


def test_one_drafts_in_the_name_of_one_s_own_side(cast):
    with pytest.raises(ValidationError) as refused:
        create_avenant(
            cast.convention, by=cast.manager, on=TODAY, drafted_by=cast.groupe, title="x"
        )
    assert "drafted_by" in refused.value.message_dict
    with pytest.raises(PermissionDenied):
        begin(cast, by=cast.reader)


def test_an_erratum_says_which_error_it_puts_right(cast):
    with pytest.raises(ValidationError) as refused:
        begin(cast, kind=ActKind.ERRATUM)
    assert "purpose" in refused.value.message_dict
    act = begin(cast, kind=ActKind.ERRATUM, purpose="« trois » pour « treize »")
    assert str(sign(act)) == "erratum n°\u00a01"


def test_the_card_of_an_act_is_changed_by_its_side_alone_until_it_is_shared(cast):
    act = begin(cast)
    with pytest.raises(PermissionDenied):
        change_avenant(act, by=cast.counterpart, on=TODAY, title="Autre")
    change_avenant(act, by=cast.manager, on=TODAY, title="Autre", closing="Il est publié.")
    act.refresh_from_db()
    assert (act.title, act.closing) == ("Autre", "Il est publié.")
    share(act)
    change_avenant(act, by=cast.counterpart, on=TODAY, title="Encore")


def test_a_card_a_colleague_changed_meanwhile_is_not_overwritten(cast):
    act = begin(cast)
    seen = state_of(act)
    change_avenant(act, by=cast.manager, on=TODAY, title="Autre")
    with pytest.raises(ValidationError, match="autre personne"):
        change_avenant(act, by=cast.manager, on=TODAY, title="Mien", seen=seen)


def test_an_act_is_abandoned_with_a_reason_by_the_side_that_began_it(cast):
    act = share(begin(cast))
    with pytest.raises(ValidationError, match="pourquoi"):
        abandon_avenant(act, by=cast.manager, on=TODAY, reason=" ")
    with pytest.raises(PermissionDenied):
        abandon_avenant(act, by=cast.counterpart, on=TODAY, reason="Non")
    abandon_avenant(act, by=cast.manager, on=TODAY, reason="Remplacé par un autre projet")
    act.refresh_from_db()
    assert act.status == ActStatus.ABANDONNE
    with pytest.raises(ValidationError, match="déjà abandonné"):
        abandon_avenant(act, by=cast.manager, on=TODAY, reason="Encore")


def test_a_signed_act_is_not_abandoned_nor_changed(cast):
    act = sign(begin(cast))
    with pytest.raises(ValidationError, match="ne s’abandonne pas"):
        abandon_avenant(act, by=cast.manager, on=TODAY, reason="Non")
    with pytest.raises(ValidationError, match="ne se modifie pas"):
        change_avenant(act, by=cast.manager, on=TODAY, title="Autre")


def test_a_text_in_signature_is_reopened_before_it_is_abandoned(cast):
    act = share(begin(cast), ActStatus.EN_SIGNATURE)
    with pytest.raises(ValidationError, match="rouvrez"):
        abandon_avenant(act, by=cast.manager, on=TODAY, reason="Non")


def test_reading_again_tells_with_which_act(cast):
    mine, other = begin(cast), begin(cast, by=cast.counterpart)
    sign(other)
    read_again(mine, by=cast.manager, on=TODAY)
    mine.refresh_from_db()
    assert mine.based_on == 1
    assert JournalEntry.objects.latest("pk").verb == Verb.ACT_READ_AGAIN

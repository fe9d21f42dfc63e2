"""Targets and results: who may enter what, where, for which year; corrections keep the past."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import Error, transaction

from accounts.enums import Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_user
from conventions.tests.factories import make_convention, make_territory
from engagements.actions.catalogue import CATALOGUE, load_catalogue
from engagements.actions.figures import correct_measurement, enter_measurement, set_target
from engagements.enums import IndicatorNature, IndicatorUnit, ValueStatus
from engagements.models import Indicator, Measurement, Target
from engagements.tests.factories import make_engagement, make_indicator, make_measurement
from territories.enums import TerritoryKind
from territories.models import Containment

pytestmark = pytest.mark.django_db

ON = date(2019, 11, 12)


def _enter(cast, by=None, **facts):
    facts.setdefault("indicator", Indicator.objects.first() or make_indicator())
    facts.setdefault("territory", cast.convention.territory)
    facts.setdefault("year", 2018)
    facts.setdefault("quantity", Decimal("131"))
    facts.setdefault("source", "tableau de bord")
    facts.setdefault("provider", cast.first_party)
    return enter_measurement(cast.convention, by=by or cast.contributor, on=ON, **facts)


# Entering ----------------------------------------------------------------------------------------


def test_a_contributor_enters_a_value_of_its_own_party(cast):
    value = _enter(cast)
    assert (value.quantity, value.provider) == (131, cast.first_party)
    entry = JournalEntry.objects.get(verb=Verb.MEASUREMENT_ENTERED)
    assert entry.dossier_id == cast.convention.pk
    assert entry.data["changes"] == {"quantity": ["", "131"]}


def test_neither_party_enters_the_figures_of_the_other(cast):
    with pytest.raises(PermissionDenied):
        _enter(cast, by=cast.counterpart, provider=cast.first_party)
    with pytest.raises(PermissionDenied):
        _enter(cast, by=cast.contributor, provider=cast.second_party)


@pytest.mark.parametrize("who", ["reader", "stranger"])
def test_readers_and_strangers_enter_nothing(cast, who):
    with pytest.raises(PermissionDenied):
        _enter(cast, by=getattr(cast, who))


def test_the_platform_enters_figures_for_nobody(cast):
    with pytest.raises(PermissionDenied):
        _enter(cast, by=make_user(is_superuser=True))


def test_a_provider_is_a_party_to_the_convention(cast):
    stranger = make_convention(epci=cast.epci).parties.get(organisation=cast.epci)
    with pytest.raises(ValidationError) as refusal:
        _enter(cast, provider=stranger)
    assert "provider" in refusal.value.message_dict


def test_a_second_value_for_the_same_cell_is_a_correction(cast):
    _enter(cast)
    with pytest.raises(ValidationError) as refusal:
        _enter(cast, quantity=Decimal(174))
    assert "corrigez-la" in refusal.value.message_dict["year"][0]
    assert Measurement.objects.get().quantity == 131


def test_the_database_itself_refuses_a_second_first_value(cast):
    value = make_measurement(cast.convention, make_indicator())
    with pytest.raises(Error), transaction.atomic():
        make_measurement(cast.convention, value.indicator)


def test_not_communicated_is_not_zero(cast):
    value = _enter(cast, quantity=None, status=ValueStatus.NON_COMMUNIQUE)
    assert value.quantity is None
    zero = _enter(cast, quantity=Decimal(0), year=2017)
    assert zero.quantity == 0
    with pytest.raises(ValidationError) as refusal:
        _enter(cast, quantity=Decimal(0), status=ValueStatus.NON_COMMUNIQUE, year=2016)
    assert "quantity" in refusal.value.message_dict


def test_a_negative_value_is_refused(cast):
    with pytest.raises(ValidationError, match="négative"):
        _enter(cast, quantity=Decimal(-1))


def test_a_year_to_come_has_no_result(cast):
    with pytest.raises(ValidationError, match="n’a pas commencé"):
        _enter(cast, year=2020)


def test_a_source_is_asked_for(cast):
    with pytest.raises(ValidationError) as refusal:
        _enter(cast, source="")
    assert "source" in refusal.value.message_dict


def test_an_indicator_of_another_convention_is_refused(cast):
    foreign = make_indicator(convention=make_convention())
    with pytest.raises(ValidationError, match="autre convention"):
        _enter(cast, indicator=foreign)


def test_a_commune_is_one_of_the_territory_on_the_day_of_the_value(cast):
    commune = make_territory(kind=TerritoryKind.COMMUNE, name="Arcier")
    Containment.objects.create(
        parent=cast.convention.territory, child=commune, ends_on=date(2018, 6, 30)
    )
    assert _enter(cast, territory=commune, year=2017).territory == commune
    with pytest.raises(ValidationError) as refusal:
        _enter(cast, territory=commune, year=2018)
    sentence = refusal.value.message_dict["territory"][0].replace("\u00a0", " ")
    assert sentence == (
        f"Arcier n’est pas une commune de {cast.convention.territory.name} au 31 décembre 2018."
    )
    value = _enter(cast, territory=commune, year=2018, as_of=date(2018, 6, 30))
    assert value.as_of == date(2018, 6, 30)


def test_a_commune_elsewhere_is_refused(cast):
    dijon = make_territory(kind=TerritoryKind.COMMUNE, name="Dijon")
    with pytest.raises(ValidationError) as refusal:
        _enter(cast, territory=dijon)
    assert "Dijon n’est pas une commune de" in refusal.value.message_dict["territory"][0]
    assert not Measurement.objects.exists()


# Correcting --------------------------------------------------------------------------------------


def _correct(cast, value, by=None, **facts):
    facts.setdefault("quantity", Decimal(139))
    facts.setdefault("source", "tableau de bord")
    facts.setdefault("comment", "Huit agréments de décembre manquaient.")
    return correct_measurement(value, by=by or cast.contributor, on=ON, **facts)


def test_a_correction_stands_and_the_old_value_stays(cast):
    value = _enter(cast)
    correction = _correct(cast, value)
    assert Measurement.objects.current().get() == correction
    value.refresh_from_db()
    assert value.quantity == 131
    entry = JournalEntry.objects.get(verb=Verb.MEASUREMENT_CORRECTED)
    assert entry.data["changes"] == {"quantity": ["131", "139"]}
    assert entry.data["reason"] == "Huit agréments de décembre manquaient."


def test_a_value_is_corrected_once_then_its_correction_is(cast):
    value = _enter(cast)
    correction = _correct(cast, value)
    with pytest.raises(ValidationError, match="la plus récente"):
        _correct(cast, value, quantity=Decimal(140))
    assert _correct(cast, correction, quantity=Decimal(140)).supersedes == correction


def test_only_the_party_that_gave_a_value_corrects_it(cast):
    value = _enter(cast)
    for by in (cast.counterpart, cast.reader, cast.stranger):
        with pytest.raises(PermissionDenied):
            _correct(cast, value, by=by)


def test_a_correction_says_why_and_changes_something(cast):
    value = _enter(cast)
    with pytest.raises(ValidationError) as refusal:
        _correct(cast, value, comment=" ")
    assert "comment" in refusal.value.message_dict
    with pytest.raises(ValidationError, match="Rien ne change"):
        _correct(cast, value, quantity=Decimal(131))
    assert Measurement.objects.count() == 1


def test_an_entered_value_is_never_overwritten_nor_deleted(cast):
    value = _enter(cast)
    for write in (
        lambda: Measurement.objects.filter(pk=value.pk).update(quantity=0),
        lambda: Measurement.objects.filter(pk=value.pk).delete(),
    ):
        with pytest.raises(Error), transaction.atomic():
            write()


# Targets -----------------------------------------------------------------------------------------


def _aim(cast, by=None, **facts):
    facts.setdefault("indicator", Indicator.objects.first() or make_indicator())
    facts.setdefault("territory", cast.convention.territory)
    facts.setdefault("year", 2018)
    facts.setdefault("quantity", Decimal(170))
    return set_target(cast.convention, by=by or cast.manager, on=ON, **facts)


def test_a_target_is_set_then_changed_and_the_journal_keeps_both(cast):
    owed = make_engagement(cast.convention, cast.first_party)
    _aim(cast)
    _aim(cast, quantity=Decimal(180), engagement=owed)
    target = Target.objects.get()
    assert (target.quantity, target.engagement) == (180, owed)
    entries = JournalEntry.objects.filter(verb=Verb.TARGET_SET).order_by("pk")
    assert [entry.data["changes"]["quantity"] for entry in entries] == [
        ["", "170"],
        ["170", "180"],
    ]


@pytest.mark.parametrize("who", ["contributor", "reader", "stranger"])
def test_only_who_manages_a_party_sets_targets(cast, who):
    with pytest.raises(PermissionDenied):
        _aim(cast, by=getattr(cast, who))


def test_a_target_stays_within_its_convention(cast):
    foreign = make_engagement(make_convention())
    with pytest.raises(ValidationError) as refusal:
        _aim(cast, engagement=foreign)
    assert "engagement" in refusal.value.message_dict
    with pytest.raises(ValidationError, match="négatif"):
        _aim(cast, quantity=Decimal(-1))
    with pytest.raises(ValidationError, match="n’est pas une commune"):
        _aim(cast, territory=make_territory(kind=TerritoryKind.COMMUNE))


def test_a_target_reads_its_current_result(cast):
    target = _aim(cast)
    value = _enter(cast)
    _correct(cast, value)
    found = Target.objects.with_result().get(pk=target.pk)
    assert (found.result, found.result_status) == (139, ValueStatus.DEFINITIF)


# Catalogue ---------------------------------------------------------------------------------------


def test_the_catalogue_loads_twice_without_doubling(cast):
    own = make_indicator(convention=cast.convention, code="OFF-01", name="le nôtre")
    assert load_catalogue() == len(CATALOGUE)
    Indicator.objects.filter(code="OFF-01", convention=None).update(name="abîmé")
    assert load_catalogue() == 0
    assert Indicator.objects.get(code="OFF-01", convention=None).name != "abîmé"
    own.refresh_from_db()
    assert own.name == "le nôtre"


def test_stocks_and_shares_of_the_catalogue_are_never_added_up(cast):
    load_catalogue()
    added = Indicator.objects.filter(additive=True)
    assert not added.filter(nature=IndicatorNature.STOCK).exists()
    assert not added.filter(unit=IndicatorUnit.POURCENT).exists()


def test_each_code_of_the_catalogue_is_used_once():
    codes = [row.code for row in CATALOGUE]
    assert len(codes) == len(set(codes))


def test_the_command_says_what_it_loaded(capsys):
    call_command("load_catalogue")
    assert capsys.readouterr().out == (
        f"{len(CATALOGUE)} indicateurs au catalogue, dont {len(CATALOGUE)} nouveaux.\n"
    )

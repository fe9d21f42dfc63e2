"""Questions put as plain data: what is understood, and how the rest is refused."""

from datetime import date

import pytest

from conventions.rules.delais import DelaiError, compute

ASKED = {
    "delai": {"start": "2026-01-31", "months": 1},
    "preavis": {"event": "2026-01-31", "months": 1},
    "duree": {"start": "2026-01-31", "years": 1},
    "rebours": {"effect": "2026-01-31", "days": 8},
    "effet_au_plus_tot": {"sent": "2026-01-31", "months": 1},
    "instant_24h": {"day": "2026-01-31"},
}
DAY_FIELDS = {
    "delai": "start",
    "preavis": "event",
    "duree": "start",
    "rebours": "effect",
    "effet_au_plus_tot": "sent",
    "instant_24h": "day",
}


@pytest.mark.parametrize("op", ASKED)
def test_what_is_absent_takes_its_default_and_notes_are_tolerated(op):
    asked = ASKED[op] | {"clause": "besancon-art7-envoi", "note": "pour mémoire"}
    assert compute(op, asked) == compute(op, ASKED[op] | {"zone": "metropole"})


@pytest.mark.parametrize("op", [op for op in ASKED if op != "instant_24h"])
def test_years_months_and_days_combine_everywhere(op):
    day = {DAY_FIELDS[op]: "2026-01-15"}
    whole = compute(op, day | {"years": 1, "months": 2, "days": 3})
    assert whole == compute(op, day | {"years": 1, "months": 2, "days": 3, "zone": "metropole"})
    assert whole.result != compute(op, day | {"years": 1, "months": 2}).result


def test_a_zero_beside_a_real_quantity_changes_nothing():
    with_zero = compute("delai", {"start": "2026-01-31", "months": 1, "days": 0})
    assert with_zero == compute("delai", ASKED["delai"])


def test_carry_never_moves_a_notice():
    asked = {"event": "2019-02-01", "months": 3, "carry": True}
    assert compute("preavis", asked).result == date(2019, 5, 1)


@pytest.mark.parametrize("op", ["", "délai", "DELAI", None, 3, ["delai"], {}])
def test_an_unknown_operation_is_refused_with_the_list(op):
    with pytest.raises(DelaiError, match=r"Opération inconnue.*rebours, effet_au_plus_tot"):
        compute(op, ASKED["delai"])


@pytest.mark.parametrize("data", [None, [], "2026-01-31", 3, True])
def test_data_that_are_no_object_are_refused(data):
    with pytest.raises(DelaiError, match="objet JSON"):
        compute("delai", data)


@pytest.mark.parametrize("op", ASKED)
def test_a_missing_day_is_named(op):
    with pytest.raises(DelaiError, match=f"Le champ «\u00a0{DAY_FIELDS[op]}\u00a0» manque"):
        compute(op, {"months": 1})


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2026-02-30", "n’existe pas au calendrier"),
        ("2027-02-29", "n’existe pas au calendrier"),
        ("2026-13-01", "n’existe pas au calendrier"),
        ("31/01/2026", "AAAA-MM-JJ"),
        ("20260131", "AAAA-MM-JJ"),
        ("2026-W05-6", "AAAA-MM-JJ"),
        ("2026-01-31T00:00", "AAAA-MM-JJ"),
        ("２０２６-01-31", "AAAA-MM-JJ"),
        ("", "AAAA-MM-JJ"),
        (20260131, "AAAA-MM-JJ"),
        (None, "AAAA-MM-JJ"),
        (["2026-01-31"], "AAAA-MM-JJ"),
        ("1899-12-31", "années 1900 à 2199"),
        ("9999-12-31", "années 1900 à 2199"),
        ("0001-01-01", "années 1900 à 2199"),
    ],
)
def test_a_bad_day_is_refused_at_its_field(value, message):
    with pytest.raises(DelaiError, match=message) as refusal:
        compute("delai", {"start": value, "months": 1})
    assert "start" in str(refusal.value)


@pytest.mark.parametrize(
    ("quantities", "message"),
    [
        ({}, "Il manque une durée"),
        ({"months": 0}, "La durée est nulle"),
        ({"months": 0, "days": 0}, "La durée est nulle"),
        ({"months": -1}, "ne peut pas être négatif"),
        ({"months": 1, "days": -1}, "ne peut pas être négatif"),
        ({"days": True}, "nombre entier"),
        ({"days": "8"}, "nombre entier"),
        ({"days": 1.0}, "nombre entier"),
        ({"days": None}, "nombre entier"),
        ({"days": [8]}, "nombre entier"),
        ({"years": 10**30}, "ne peut pas dépasser"),
        ({"days": 10**30}, "ne peut pas dépasser"),
        ({"years": 200}, "1900 à 2199"),
        ({"month": 1}, "Le champ attendu est «\u00a0months\u00a0»"),
        ({"months": 1, "jours": 8}, "Le champ attendu est «\u00a0days\u00a0»"),
    ],
)
def test_a_bad_quantity_is_refused(quantities, message):
    with pytest.raises(DelaiError, match=message):
        compute("delai", {"start": "2026-01-31"} | quantities)


@pytest.mark.parametrize("value", [1, 0, "true", None, []])
@pytest.mark.parametrize("flag", ["carry", "franc"])
def test_a_flag_is_true_or_false(flag, value):
    with pytest.raises(DelaiError, match=f"«\u00a0{flag}\u00a0» doit valoir true ou false"):
        compute("delai", ASKED["delai"] | {flag: value})


@pytest.mark.parametrize("op", ASKED)
@pytest.mark.parametrize("zone", ["corse", "Metropole", "", None, 974, []])
def test_an_unknown_zone_is_refused_with_the_list(op, zone):
    with pytest.raises(DelaiError, match=r"Zone inconnue.*mayotte"):
        compute(op, ASKED[op] | {"zone": zone})


def test_what_was_typed_comes_back_shortened():
    with pytest.raises(DelaiError) as refusal:
        compute("delai", {"start": "x" * 5000, "months": 1})
    assert len(str(refusal.value)) < 200

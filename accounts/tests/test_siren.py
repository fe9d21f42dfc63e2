import pytest
from django.core.exceptions import ValidationError

from accounts.rules.siren import validate_rna, validate_siren


@pytest.mark.parametrize("siren", ["824581623", "242500361", "242100410", "200054807"])
def test_a_real_siren_is_accepted(siren):
    validate_siren(siren)


@pytest.mark.parametrize(
    "siren",
    [
        "824581624",
        "82458162",
        "8245816230",
        "82458162A",
        "",
        "000000000",
        "٨٢٤٥٨١٦٢٣",
        "824581623\n",
    ],
)
def test_anything_else_is_refused(siren):
    with pytest.raises(ValidationError):
        validate_siren(siren)


def test_every_single_wrong_digit_is_caught():
    for rank in range(9):
        for digit in "0123456789":
            altered = "824581623"[:rank] + digit + "824581623"[rank + 1 :]
            if altered != "824581623":
                with pytest.raises(ValidationError):
                    validate_siren(altered)


def test_an_rna_is_w_and_nine_digits():
    validate_rna("W751236716")
    for wrong in ("751236716", "W75123671", "W7512367160", "w751236716"):
        with pytest.raises(ValidationError):
            validate_rna(wrong)

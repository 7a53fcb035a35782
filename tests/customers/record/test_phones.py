"""Phone numbers read by the thousand are read as the library reads them."""

import phonenumbers
import pytest
from phonenumber_field.phonenumber import PhoneNumber
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from customers import phones

pytestmark = pytest.mark.any_database


def by_the_library(text: str, region: str) -> str:
    try:
        number = PhoneNumber.from_string(text, region)
    except phonenumbers.NumberParseException:
        return ""
    return number.as_e164 if number.is_valid() else ""


def spellings_of(number: phonenumbers.PhoneNumber) -> list[str]:
    """A number from abroad and at home, right and with one digit wrong, too few or too many."""
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    written = [phonenumbers.format_number(number, form) for form in (1, 2)]
    national = e164.removeprefix(f"+{number.country_code}")
    wrong = [e164[:-1], e164 + "0", e164[:4] + "9" + e164[5:], e164[:-2] + "77"]
    return [e164, *written, *wrong, national, f"0{national}", f"00{e164[1:]}", f"+{number.country_code} (0){national}"]


@pytest.mark.slow
@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_every_region_and_kind_of_number(region):
    kinds = [kind for kind in PhoneNumberType.values() if kind >= 0]
    numbers = filter(None, (phonenumbers.example_number_for_type(region, kind) for kind in kinds))
    texts = [text for number in numbers for text in spellings_of(number)]
    assert {text: phones.e164_of(text, region) for text in texts} == {
        text: by_the_library(text, region) for text in texts
    }


@pytest.mark.parametrize(
    "text", ["", "+", "12", "call me", "+31 6 12345678 ext. 3", "٠٦١٢٣٤٥٦٧٨", "²", "+" * 50, "0031"]
)
def test_what_is_hardly_a_number(text):
    assert phones.e164_of(text, "NL") == by_the_library(text, "NL")


def test_a_number_without_a_country_is_one_of_the_region():
    assert phones.e164_of("030 231 45 67", "NL") == "+31302314567"
    assert phones.e164_of("0470 12 34 56", "BE") == "+32470123456"

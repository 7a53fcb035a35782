"""Numbers of companies: what looks wrong is a doubt, and what is right is kept in one spelling."""

import pytest

from customers.business_numbers import normal_form, warnings_for

pytestmark = pytest.mark.any_database
RIGHT = [
    ("vat_number", "DE 136 695 976", "NL"),
    ("vat_number", "136695976", "DE"),
    ("vat_number", "NL004495445B01", "NL"),
    ("vat_number", "094259216", "GR"),
    ("vat_number", "XI 980780684", "GB"),
    ("vat_number", "anything", "US"),
    ("coc_number", "30 27 48 15", "NL"),
    ("coc_number", "HRB 20418", "DE"),
    ("company_number", "123456789", "NL"),
    ("company_number", "HRB 111222333", "DE"),
    ("company_number", "", "NL"),
]
WRONG = [
    ("vat_number", "DE12345678", "DE", "Check the VAT number: the length is wrong for this country (Germany)."),
    (
        "vat_number",
        "DE136695977",
        "NL",
        "Check the VAT number: the check digit is wrong (Germany).",
    ),
    ("vat_number", "N" * 9000, "NL", "Check the VAT number: the format is wrong for this country (Netherlands)."),
    ("coc_number", "1234567", "NL", "Check the KvK number: it must have 8 digits."),
]


@pytest.mark.parametrize(("field", "value", "country"), RIGHT)
def test_a_number_of_the_right_form_raises_no_doubt(field, value, country):
    assert warnings_for(field, value, country) == []


@pytest.mark.parametrize(("field", "value", "country", "doubt"), WRONG)
def test_a_number_of_the_wrong_form_raises_a_doubt_that_says_why(field, value, country, doubt):
    assert warnings_for(field, value, country) == [doubt]


@pytest.mark.parametrize("country", ["NL", "BE", ""])
def test_a_number_that_could_be_a_citizens_asks_whether_it_is_the_companys(country):
    assert warnings_for("company_number", "1112.22.333", country) == [
        "This could be a person's citizen number (BSN), which a shop is not allowed to keep. "
        "Confirm that it is the company's own number (RSIN)."
    ]


@pytest.mark.parametrize(
    ("field", "value", "country", "kept"),
    [
        ("vat_number", "de 136.695.976", "NL", "DE136695976"),
        ("vat_number", "004495445B01", "NL", "NL004495445B01"),
        ("vat_number", "094259216", "GR", "EL094259216"),
        ("vat_number", "DE 12345678", "DE", "DE 12345678"),
        ("coc_number", "30 27 48 15", "NL", "30274815"),
        ("coc_number", "HRB 20 418", "DE", "HRB 20 418"),
        ("company_number", " 123 456 ", "NL", "123 456"),
    ],
)
def test_only_a_right_number_is_written_anew(field, value, country, kept):
    assert normal_form(field, value, country) == kept

"""Who calls or writes is found in the list of customers, however the name or number is spelt."""

import pytest

from customers.models import Customer
from tests.factories import AddressFactory, CustomerFactory, OrderFactory
from tests.shown_page import html_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
URL = "/backoffice/customers/"


def found(client, words, **others):
    emails = html_of(client.get(URL, {"q": words, **others})).xpath("//tbody/tr/th/small")
    return [text_of(email).partition("@")[0] for email in emails]


@pytest.fixture
def people(store):
    """One customer for each way to spell."""
    CustomerFactory(email="muller@post.example", last_name="Müllerhaus", first_name="Jürgen")
    CustomerFactory(email="mueller@post.example", last_name="Muellerstein")
    CustomerFactory(email="sohne@post.example", last_name="Vogel", company_name="Vogel & Söhne GmbH")
    CustomerFactory(email="neilson@post.example", last_name="O’Neilson", first_name="Anne-Marie")
    CustomerFactory(email="willem@post.example", last_name="de Wit", first_name="Jan-Willem")
    CustomerFactory(email="wang@post.example", last_name="王小明", first_name="")
    CustomerFactory(email="aero@post.example", last_name="Ærøskøbing", first_name="Åse")
    CustomerFactory(email="info@müller-bücher.example", last_name="", first_name="")
    AddressFactory(customer=CustomerFactory(email="koln@post.example"), city="Köln", postcode="50667")
    AddressFactory(customer=CustomerFactory(email="koeln@post.example"), city="Koeln", postcode="3511 AW")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("muellerhaus", ["muller"]), ("mullerhaus", ["muller"]), ("Müllerhaus", ["muller"]), ("Juergen", ["muller"]),
        ("jurgen müll", ["muller"]), ("müllerstein", ["mueller"]), ("mullerstein", ["mueller"]),
        ("soehne", ["sohne"]), ("sohne", ["sohne"]), ("SÖHNE", ["sohne"]),
        ("koeln", ["koeln", "koln"]), ("koln", ["koeln", "koln"]), ("Köln", ["koeln", "koln"]),
        ("ONeilson", ["neilson"]), ("o'neilson", ["neilson"]), ("annemarie", ["neilson"]), ("anne marie", ["neilson"]),
        ("janwillem", ["willem"]), ("jan-willem", ["willem"]), ("小明", ["wang"]), ("明", ["wang"]),
        ("王小明", ["wang"]), ("王 明", ["wang"]),
        ("aeroeskoebing", ["aero"]), ("ærøskøbing", ["aero"]), ("aroskobing", ["aero"]), ("aase", ["aero"]),
        ("müller-bücher.example", ["info"]), ("muller-bucher", ["info"]), ("mueller-buecher", ["info"]),
        ("xn--mller-bcher-thbg.example", ["info"]), ("3511aw", ["koeln"]), ("3511 AW", ["koeln"]),
    ],
)  # fmt: skip
def test_names_and_places_are_found_however_they_are_spelt(as_mara, people, words, names):
    assert found(as_mara, words) == names


@pytest.mark.parametrize(
    ("phone", "words"),
    [
        ("+49302314567", "(030) 231 45 67"), ("+493012345678", "(030) 123 456 78"),
        ("+49302314567", "030\u00a0231\u00a045\u00a067"), ("+49302314567", "030\u2009231\u202f45\u200967"),
        ("+49302314567", "030\u00a0231\u00a045"), ("+49302314567", "(030) 231 45"),
        ("+49302314567", "030\u2011231\u20134567"), ("+49302314567", "\u202a+49 30 2314567\u202c"),
        ("+49302314567", "+49 (0)30 / 231 45 67"), ("+49302314567", "(+49) 30 2314567"),
        ("+36201234567", "06 20 123 4567"), ("+36201234567", "+36 (06) 20 123 4567"),
        ("+79161234567", "8 (916) 123-45-67"),
    ],
)  # fmt: skip
def test_phones_are_found_however_they_are_dialled(as_mara, phone, words):
    CustomerFactory(email="somebody@post.example", phone="+31612345678")
    CustomerFactory(email="caller@post.example", mobile=phone)
    assert found(as_mara, words) == ["caller"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"vat_number": "DE136695976"}, "DE136695976"), ({"vat_number": "DE136695976"}, "de 136 695 976"),
        ({"vat_number": "NL004495445B01"}, "4495445b"), ({"coc_number": "30123456"}, "30123456"),
        ({"coc_number": "30 12 34 56"}, "30123456"), ({"company_number": "HRB 12345 B"}, "hrb12345b"),
    ],
)  # fmt: skip
def test_numbers_of_companies_are_searched(as_mara, fields, words):
    CustomerFactory(email="other@post.example", company_name="Other B.V.")
    company = CustomerFactory(email="company@post.example", **fields)
    assert found(as_mara, words) == ["company"]
    for name in fields:
        setattr(company, name, "")
    company.save(update_fields=[*fields])
    assert found(as_mara, words) == []


@pytest.mark.parametrize("sort", ["newest", "name", "last_order", "orders", "spent"])
@pytest.mark.parametrize(
    "words",
    ["jan@post.example", "Jan@Post.Example", "0612345678", "+31 6 12345678", "10077", "DE136695976", "W10077"],
)
def test_who_has_just_that_email_or_number_comes_first(as_mara, words, sort):
    """The others hold it too, somewhere, and would come first by any of the orders."""
    jan = {"email": "jan@post.example", "phone": "+31612345678", "vat_number": "DE136695976", "last_name": "Maas"}
    jan = CustomerFactory(**jan, created_at="2020-01-01T10:00Z")
    OrderFactory(customer=jan, number="10077")
    OrderFactory(customer=jan, number="W10077")
    Customer.objects.filter(pk=jan.pk).update(order_numbers="10077 W10077")
    jan.refresh_from_db()
    jan.refresh_derived_fields()
    for name in ("Aab", "Zwart"):
        notes = f"de136695976x w10077x 100771 0612345678x 31612345678x {name} marjan@post.example.com"
        other = CustomerFactory(email=f"{name}.marjan@post.example.com", last_name=name, company_name=notes)
        Customer.objects.filter(pk=other.pk).update(orders_count=9, spent=900, last_order_at="2026-05-05T10:00Z")
    rows = found(as_mara, words, sort=sort)
    assert (rows[0], sorted(rows[1:])) == ("jan", ["aab.marjan", "zwart.marjan"])

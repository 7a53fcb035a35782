"""What stands for nothing in a file, and what programs put around a cell that says something."""

import pytest

from customers.models import Customer
from tests.import_files import left_out, refused, take_in, the_only_one

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PLACEHOLDERS = [
    "NULL", "null", r"\N", "(null)", "#N/A", "#N/B", "#NV", "#N/D", "nan", "NaN", "None", "undefined", "(blank)", "-",
    "--",
    "–", "—", ".", "?", "/", "n/a", "N/A", "n.a.", "n.v.t.", "nvt", "geen", "Geen", "onbekend", "keine", "KEINE",
    "k.A.",
    "keine Angabe", "unbekannt", "aucun", "néant", "non renseigné", "ninguno", "sin datos", "none", "unknown",
    "nessuno",
    "brak",
]  # fmt: skip
COLUMNS = "email,first_name,last_name,phone,birthday,company,vat number,city,zip,tags,notes"


@pytest.mark.parametrize("nothing", PLACEHOLDERS)
def test_what_stands_for_nothing_is_nothing_in_every_column(tmp_path, store, nothing):
    ines = the_only_one(tmp_path, f"{COLUMNS}\na@k.example,Bo,{','.join([nothing] * 9)}\n")
    found = (ines.first_name, ines.last_name, str(ines.phone), ines.birth_date, ines.company_name, ines.vat_number)
    assert (found, ines.notes, ines.billing_address) == (("Bo", "", "", None, "", ""), "", None)
    assert list(ines.tags.all()) == []


@pytest.mark.parametrize("nothing", ["leer", "empty", "Nada", "nil", "0", "000-000", "00000000"])
def test_a_phone_number_that_is_none_costs_nothing(tmp_path, store, nothing):
    assert str(the_only_one(tmp_path, f"email,phone,zip\na@k.example,{nothing},0\n").phone) == ""


@pytest.mark.parametrize(
    ("first", "last", "city"), [("Nil", "Null", "Leer"), ("Nan", "Blank", "Ohne"), ("Nada", "Na", "Vide")]
)
def test_names_of_people_and_towns_that_read_like_nothing_stay(tmp_path, store, first, last, city):
    found = the_only_one(tmp_path, f"email,first_name,last_name,city\na@k.example,{first},{last},{city}\n")
    assert (found.first_name, found.last_name, found.billing_address.city) == (first, last, city)


def test_namibia_is_no_placeholder(tmp_path, store):
    assert the_only_one(tmp_path, "email,city,country\na@k.example,Windhoek,NA\n").billing_address.country == "NA"


def test_an_email_that_stands_for_nothing_is_missing(tmp_path, store):
    take_in(tmp_path, "email,first_name\nNULL,Bo\n-,Cem\n")
    assert [row[2] for row in refused(tmp_path)] == ["The email address is missing."] * 2


@pytest.mark.parametrize("error", ["#REF!", "#WERT!", "#WAARDE!", "#VALEUR!", "#NAME?", "#DIV/0!"])
def test_what_a_spreadsheet_could_not_work_out_is_left_out_and_said(tmp_path, store, error):
    take_in(tmp_path, f"email,first_name\na@k.example,{error}\n")
    assert left_out(tmp_path) == [(2, "first_name", "Contains a spreadsheet error instead of a value.")]
    assert Customer.objects.get().first_name == ""


@pytest.mark.parametrize("quote", ['"=""{}"""', '="{}"'])
def test_cells_that_are_marked_as_text_hold_their_text(tmp_path, store, quote):
    cells = [quote.format(cell) for cell in ("bo@kam.example", "0612345678", "3511AB")]
    bo = the_only_one(tmp_path, f"email,phone,billing_postcode,billing_city\n{','.join(cells)},Utrecht\n")
    assert (bo.email, bo.phone.as_e164, bo.billing_address.postcode) == ("bo@kam.example", "+31612345678", "3511 AB")


def test_marks_that_nobody_sees_are_taken_out(tmp_path, store):
    bo = the_only_one(tmp_path, "email,first_name,phone\n\u200bbo@kam.example,B\u00ado,\u202a+31612345678\u202c\n")
    assert (bo.email, bo.first_name, bo.phone.as_e164) == ("bo@kam.example", "Bo", "+31612345678")


@pytest.mark.parametrize(
    "email",
    ['"""a\x07""@k.example"', "a" * 65 + "@k.example", "busıness@k.example", "a\u2028b@k.example"],
)
def test_an_address_that_no_mail_server_takes_is_refused(tmp_path, store, email):
    take_in(tmp_path, f"email,first_name\n{email},A\nbusiness@k.example,B\n")
    assert [row[:2] for row in refused(tmp_path)] == [(2, "email")]
    assert Customer.objects.get().first_name == "B"


@pytest.mark.parametrize(("cell", "kept"), [("vip, ❤️", ["vip"]), ("❤️", []), (f"{'x' * 41}; vip", ["vip"])])
def test_a_tag_that_is_none_is_left_out_and_the_others_stay(tmp_path, store, cell, kept):
    take_in(tmp_path, f'email,tags\na@k.example,"{cell}"\n')
    assert ([tag.name for tag in Customer.objects.get().tags.all()], len(left_out(tmp_path))) == (kept, 1)


@pytest.mark.parametrize("column", ["phone", "Tel.", "Default Address Phone"])
def test_a_phone_number_that_cannot_be_read_is_named_and_costs_nobody(tmp_path, store, column):
    take_in(tmp_path, f"email,{column}\na@k.example,+15555552000\n")
    reason = "Enter a valid phone number. Numbers from abroad start with + and the country code."
    assert (left_out(tmp_path), Customer.objects.get().email) == ([(2, column, reason)], "a@k.example")


@pytest.mark.parametrize(
    "cell", ["Bo Kam <bo@kam.example>", "<bo@kam.example>", "mailto:bo@kam.example", "bo@kam.example;"]
)
def test_an_address_is_found_in_what_address_books_and_links_write(tmp_path, store, cell):
    assert the_only_one(tmp_path, f'email,first_name\n"{cell}",Bo\n').email == "bo@kam.example"

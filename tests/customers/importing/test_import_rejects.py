"""What cannot be taken: each row and each cell is named by line, column and reason, and never stops the others."""

import csv
import io

import pytest

from customers.models import Customer, CustomerImport
from tests.import_files import left_out, refused, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
HEADER = (
    "email,first_name,phone,mobile,language,gender,birth_date,marketing_consent,customer_type,vat_number,"
    "billing_country,billing_postcode,billing_city,shipping_country,shipping_postcode,ship_elsewhere,tags,notes,"
    "access,created_at"
)
GOOD = dict.fromkeys(HEADER.split(","), "") | {"email": "ines@vandermeulen.example", "first_name": "Ines"}
PHONE = "Enter a valid phone number. Numbers from abroad start with + and the country code."
NO_DATE = "Enter a date such as 1984-03-31 or 31-03-1984."
SLASHES = "Day and month are ambiguous with slashes. Enter the date as 1984-03-31 or 31-03-1984."
POSTCODE = "Enter a valid postcode for this country (Netherlands), for example 1234 AB."
YES_OR_NO = "Enter yes or no."
NO_COUNTRY = f"{POSTCODE} The country is missing, so the address was skipped."
WRONG_COUNTRY = "Unknown country code or name. The address was skipped."
REFUSED = [
    ("email", "", "The email address is missing."),
    ("email", "ines@", "Enter a valid email address."),
    ("email", "two words@post.example", "Enter a valid email address."),
    ("email", f"{'x' * 250}@post.example", "The email address is too long: the maximum is 254 characters."),
    ("email", f"{'x' * 65}@post.example", "Use at most 64 characters before the @."),
]
LEFT_OUT = [
    ("first_name", "x" * 101, "Too long: 101 characters, the maximum is 100."),
    ("first_name", "In\0es", "Contains an invalid character (NUL byte)."),
    ("phone", "12", PHONE),
    ("mobile", "call me", PHONE),
    ("language", "klingon", "Unknown language code or name."),
    ("gender", "robot", "Enter female, male, other or unspecified."),
    ("birth_date", "31-02-1984", "This date does not exist."),
    ("birth_date", "1984-02-31", "This date does not exist."),
    ("birth_date", "03/04/1984", SLASHES),
    ("birth_date", "yesterday", NO_DATE),
    ("birth_date", "2999-01-01", "Enter a date in the past."),
    ("birth_date", "1066-10-14", "Check the year."),
    ("marketing_consent", "perhaps", YES_OR_NO),
    ("customer_type", "alien", "Enter private or business."),
    ("vat_number", "N" * 21, "Too long: 21 characters, the maximum is 20."),
    ("billing_country", "Nowhere", WRONG_COUNTRY),
    ("billing_postcode", "12345", NO_COUNTRY),
    ("billing_city", "x" * 101, "Too long: 101 characters, the maximum is 100."),
    ("shipping_country", "528", WRONG_COUNTRY),
    ("shipping_postcode", "ABC", NO_COUNTRY),
    ("ship_elsewhere", "2", YES_OR_NO),
    ("tags", "x" * 41, "A tag can have up to 40 characters."),
    ("tags", "!!!", "A tag must contain a letter or a digit."),
    ("notes", "x" * 10_001, "Too long: 10001 characters, the maximum is 10000."),
    ("access", "ajar", "Enter open, awaiting, refused or blocked."),
    ("created_at", "soon", NO_DATE),
    ("created_at", "2024-05-17 25:00", "Enter a date and time such as 2024-05-17 09:30."),
]


def line(**cells: str) -> str:
    return ",".join({**GOOD, **cells}.values())


@pytest.mark.parametrize(("column", "cell", "reason"), REFUSED)
def test_a_row_without_an_address_that_is_one_is_refused(tmp_path, store, column, cell, reason):
    said = take_in(tmp_path, "\n".join([HEADER, line(), line(email=cell)]))
    assert (refused(tmp_path), left_out(tmp_path)) == ([(3, column, reason)], [])
    assert said.startswith("Imported: 1 new, 0 changed, 0 unchanged, 1 rejected. See ")
    assert list(Customer.objects.values_list("email", flat=True)) == ["ines@vandermeulen.example"]


@pytest.mark.parametrize(("column", "cell", "reason"), LEFT_OUT)
def test_a_bad_cell_is_left_out_and_named_and_costs_nobody(tmp_path, store, column, cell, reason):
    rows = [HEADER, line(), line(email="gus@post.example", **{column: cell})]
    said = take_in(tmp_path, "\n".join(rows))
    assert (refused(tmp_path), left_out(tmp_path)) == ([], [(3, column, reason)])
    assert said.startswith("Imported: 2 new, 0 changed, 0 unchanged, 0 rejected. 1 cell skipped: see ")
    assert Customer.objects.filter(email="gus@post.example").exists()


def test_twenty_kinds_and_more_are_told_apart():
    assert len({(column, reason) for column, _cell, reason in [*REFUSED, *LEFT_OUT]}) > 20


def test_two_bad_cells_of_a_row_are_both_named(tmp_path, store):
    take_in(tmp_path, f"{HEADER}\n{line(gender='robot', birth_date='31-02-1984')}")
    reasons = "This date does not exist. / Enter female, male, other or unspecified."
    assert left_out(tmp_path) == [(2, "birth_date / gender", reasons)]


def test_the_command_says_what_was_left_out_and_why(tmp_path, store):
    heard = io.StringIO()
    take_in(tmp_path, "email,gender\na@b.example,robot\nnobody,\nb@b.example,tree\n", stderr=heard)
    assert heard.getvalue().splitlines()[-2:] == [
        "Rejected: email: Enter a valid email address. (1 row: line 3)",
        "Skipped: gender: Enter female, male, other or unspecified. (2 cells: lines 2, 4)",
    ]


def test_reasons_beyond_a_hundred_are_counted_together(tmp_path, store):
    rows = "\n".join(f"a{number}@b.example,{'x' * (101 + number)}" for number in range(105))
    take_in(tmp_path, f"email,first_name\n{rows}\n")
    reasons = CustomerImport.objects.get().reasons_of("left out")
    assert (len(reasons), reasons[-1]["count"], len(left_out(tmp_path))) == (101, 5, 105)


def test_a_cell_that_cannot_be_read_changes_nothing_that_is_known(tmp_path, store):
    take_in(tmp_path, f"{HEADER}\n{line(billing_country='NL', billing_postcode='3511 AW', billing_city='Utrecht')}")
    bad = line(billing_country="NL", billing_postcode="12345", billing_city="Delft", first_name="Agnes", gender="robot")
    take_in(tmp_path, f"{HEADER}\n{bad}", name="again.csv")
    ines = Customer.objects.get()
    assert (ines.first_name, str(ines.billing_address)) == ("Agnes", "3511 AW Utrecht, Netherlands")
    assert len(left_out(tmp_path, "again.csv")) == 1


def test_rows_with_too_many_cells_are_named(tmp_path, store):
    take_in(tmp_path, "email,first_name\na@post.example\nb@post.example,Bo,x\nc@post.example,Cem,,\n")
    assert refused(tmp_path) == [(3, "C", "The row has 3 cells, but the header has 2.")]
    assert sorted(Customer.objects.values_list("first_name", flat=True)) == ["", "Cem"]


def test_of_two_rows_with_one_address_the_first_counts(tmp_path, store):
    rows = "email,first_name\nines@post.example,Ines\ngus@post.example,Gus\n INES@Post.example,Agnes\n"
    take_in(tmp_path, rows)
    assert refused(tmp_path) == [
        (4, "email", "This email address occurs more than once. The first row in the file is used.")
    ]
    assert Customer.objects.get(email="ines@post.example").first_name == "Ines"


def test_the_second_counts_when_the_first_is_refused(tmp_path, store):
    take_in(tmp_path, "email,gender,x\nines@post.example,male,y,z\nines@post.example,female\n")
    assert Customer.objects.get().gender == "female"
    assert [row[0] for row in refused(tmp_path)] == [2]


def test_staff_is_left_alone(tmp_path, store, sam):
    take_in(tmp_path, "email,first_name\nsam@shop.example,Mallory\n")
    assert refused(tmp_path) == [
        (2, "email", "This email address belongs to a staff member. Staff cannot be changed by an import.")
    ]
    sam.refresh_from_db()
    assert sam.first_name == "Sam"


def test_a_merged_record_is_left_alone(tmp_path, ines, gus, store):
    Customer.objects.filter(pk=gus.pk).update(merged_into=ines)
    take_in(tmp_path, "email,first_name\ngus@post.example,Gustav\n")
    assert refused(tmp_path) == [(2, "email", f"This customer was merged into customer #{ines.pk}.")]
    gus.refresh_from_db()
    assert gus.first_name == "Gus"


def test_a_quotation_mark_that_is_never_closed_costs_its_own_row(tmp_path, store):
    take_in(tmp_path, 'email,first_name\na@post.example,"Anna\nb@post.example,Bo\nc@post.example,Cem\n')
    assert refused(tmp_path) == [(2, "first_name", "A quotation mark is not closed.")]
    assert list(Customer.objects.order_by("email").values_list("first_name", flat=True)) == ["Bo", "Cem"]


def test_a_row_without_end_costs_itself(tmp_path, store):
    take_in(tmp_path, f"email,first_name\na@post.example,{'x' * 300_000}\nb@post.example,Bo\n")
    assert refused(tmp_path) == [(2, "email", "The row is longer than 131072 characters.")]
    assert Customer.objects.get().first_name == "Bo"


def test_lines_are_counted_as_a_spreadsheet_counts_them(tmp_path, store):
    rows = 'email,notes,gender\na@post.example,"two\nlines",female\n\nb@post.example,,robot\n'
    take_in(tmp_path, rows)
    assert left_out(tmp_path) == [(4, "gender", "Enter female, male, other or unspecified.")]
    assert Customer.objects.get(email="a@post.example").notes == "two\nlines"


def test_the_rejects_file_can_be_put_right_and_imported(tmp_path, store):
    take_in(tmp_path, "email;voornaam;geslacht\nines;Ines;vrouw\n")
    path = tmp_path / "customers.csv.rejects.csv"
    mended = path.read_text(encoding="utf-8-sig").replace(";ines;", ";ines@post.example;")
    assert take_in(tmp_path, mended, name="mended.csv").startswith(
        "Imported: 1 new, 0 changed, 0 unchanged, 0 rejected."
    )
    assert Customer.objects.get().gender == "female"


def test_the_file_of_what_was_left_out_can_be_put_right_and_adds_it(tmp_path, store):
    take_in(tmp_path, "email;voornaam;geslacht\nines@post.example;Ines;robot\n")
    path = tmp_path / "customers.csv.warnings.csv"
    mended = path.read_text(encoding="utf-8-sig").replace("robot", "vrouw")
    assert take_in(tmp_path, mended, name="mended.csv").startswith(
        "Imported: 0 new, 1 changed, 0 unchanged, 0 rejected."
    )
    assert Customer.objects.get().gender == "female"


def test_the_rejects_file_runs_nothing_in_a_spreadsheet(tmp_path, store):
    take_in(tmp_path, "email,first_name\n=cmd|calc!A0,+Ines\n")
    with (tmp_path / "customers.csv.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(row for row in csv.reader(file) if row[0] == "2")[3:] == ["'=cmd|calc!A0", "'+Ines"]

"""What files are read: their encodings, separators and headers, those of other systems as they come."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from customers.models import Address, Customer, CustomerImport
from tests.import_files import refused, take_in

pytestmark = pytest.mark.django_db
ROWS = "E-Mail;Vorname;Nachname\nines@post.example;Inès;Müller\n"
LIGHTSPEED = (
    "Internal ID,Registered,Language,Firstname,LastnamePreposition,Lastname,E-Mail,Phone,Mobile,Customer type,Company,"
    "Coc number,Vat number,Attn,Streetname,Address 2,Number,Extension,Zipcode,City,Region,Country,Shipping Attn,"
    "Shipping company,Shipping Streetname,Shipping Address 2,Shipping Number,Shipping Extension,Shipping Zipcode,"
    "Shipping City,Shipping Region,Shipping Country,Groups,Birthdate,Gender,Confirmed\n"
    "81,2019-03-02 10:21:33,nl,Ines,van der,Meulen,Ines@Meulen.example,030 2314567,0612345678,company,Atelier Noord,"
    "30123456,NL004495445B01,,Oudegracht,,118,bis,3511aw,Utrecht,,Netherlands,,,Meir,,7,,2000,Antwerpen,,be,"
    '"Wholesale,Fair",0000-00-00,f,1\n'
)
SHOPIFY = (
    "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,"
    "Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,"
    "Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,"
    "Tags\n'7210448301122,Ines,van der Meulen,ines@meulen.example,yes,Atelier Noord,Oudegracht 118,2nd floor,Utrecht,"
    "UT,NL,'3511 AW,'+31302314567,'+31612345678,no,148.50,3,Rings first,no,\"VIP, retail\"\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encoding_is_found_out(tmp_path, store, encoding):
    take_in(tmp_path, ROWS.encode(encoding))
    assert Customer.objects.values_list("first_name", "last_name").get() == ("Inès", "Müller")


def test_windows_1252_is_said(tmp_path, store):
    path, said = tmp_path / "customers.csv", io.StringIO()
    path.write_bytes(ROWS.encode("cp1252"))
    call_command("import_customers", str(path), stdout=io.StringIO(), stderr=said)
    assert said.getvalue().splitlines() == ["Windows-1252, parted by ';'."]


def test_the_encoding_can_be_told(tmp_path, store):
    take_in(tmp_path, "email,last_name\na@post.example,Łukasz\n".encode("iso8859-2"), "--encoding", "iso8859-2")
    assert Customer.objects.get().last_name == "Łukasz"


def test_one_broken_letter_does_not_make_a_file_of_another_encoding(tmp_path, store):
    take_in(tmp_path, "email,last_name\na@post.example,Müller\nb@post.example,M".encode() + b"\xfcller\n")
    assert Customer.objects.get().last_name == "Müller"
    assert refused(tmp_path) == [(3, "last_name", "It holds bytes that are no letters.")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found_out(tmp_path, store, delimiter):
    take_in(tmp_path, ROWS.replace(";", delimiter))
    assert Customer.objects.get().last_name == "Müller"


def test_a_cell_may_hold_separators_quotes_and_line_breaks(tmp_path, store):
    take_in(tmp_path, 'email,notes,company_name\r\na@post.example,"Says ""hi"",\r\nthen rings",12" Vinyl\r\n')
    assert Customer.objects.values_list("notes", "company_name").get() == ('Says "hi",\nthen rings', '12" Vinyl')


def test_cells_are_taken_as_they_were_before_they_were_defused(tmp_path, store):
    take_in(tmp_path, "email,first_name,last_name,phone\na@post.example,'=1+1,'t Hart,'+31302314567\n")
    found = Customer.objects.values_list("first_name", "last_name", "phone").get()
    assert found == ("=1+1", "'t Hart", "+31302314567")


def test_an_export_of_lightspeed_is_taken_as_it_comes(tmp_path, store):
    assert take_in(tmp_path, LIGHTSPEED).startswith("Imported: 1 new")
    ines = Customer.objects.get(email="ines@meulen.example")
    assert (ines.first_name, ines.last_name, ines.customer_type) == ("Ines", "van der Meulen", "business")
    assert (str(ines.phone.as_e164), str(ines.mobile.as_e164)) == ("+31302314567", "+31612345678")
    assert (ines.coc_number, ines.vat_number, ines.gender) == ("30123456", "NL004495445B01", "female")
    assert str(ines.billing_address) == "Oudegracht 118 bis, 3511 AW Utrecht, Netherlands"
    assert str(ines.shipping_address) == "Meir 7, 2000 Antwerpen, Belgium"
    assert {str(tag) for tag in ines.tags.all()} == {"Wholesale", "Fair"}
    assert f"{ines.created_at:%Y-%m-%d}" == "2019-03-02"


def test_an_export_of_shopify_is_taken_as_it_comes(tmp_path, store):
    take_in(tmp_path, SHOPIFY)
    ines = Customer.objects.get(email="ines@meulen.example")
    assert (ines.company_name, ines.customer_type, ines.notes) == ("Atelier Noord", "business", "Rings first")
    assert str(ines.billing_address) == "Oudegracht 118, 2nd floor, 3511 AW Utrecht, UT, Netherlands"
    assert (ines.marketing_consent, ines.ship_elsewhere) == (True, False)
    assert {str(tag) for tag in ines.tags.all()} == {"VIP", "retail"}


def test_a_shipping_address_that_is_the_billing_address_again_is_none(tmp_path, store):
    header = "email,billing_street,billing_city,shipping_street,shipping_city"
    take_in(tmp_path, f"{header}\na@post.example,Meir 7,Antwerpen,Meir 7,Antwerpen\n")
    assert Address.objects.values_list("kind", flat=True).get() == "billing"
    assert Customer.objects.get().ship_elsewhere is False


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"name,city\nInes,Utrecht\n", "No column of the file is known as the e-mail address"),
        (b"\x00\x01\x02" * 99, "No column of the file is known as the e-mail address"),
    ],
)
def test_what_cannot_be_imported_is_said(tmp_path, store, content, words):
    with pytest.raises(CommandError, match=words):
        take_in(tmp_path, content)
    assert CustomerImport.objects.count() == 0


def test_a_file_that_is_not_there_is_said(store):
    with pytest.raises(CommandError, match="The file cannot be read: No such file or directory"):
        call_command("import_customers", "/nowhere/customers.csv")


def test_an_encoding_that_there_is_not_is_said(tmp_path, store):
    with pytest.raises(CommandError, match="There is no encoding called klingon"):
        take_in(tmp_path, ROWS, "--encoding", "klingon")


def test_columns_that_go_nowhere_are_named(tmp_path, store):
    path, said = tmp_path / "customers.csv", io.StringIO()
    path.write_text("email,shoe size,customer_number,orders_count\na@post.example,42,7,3\n")
    call_command("import_customers", str(path), stdout=io.StringIO(), stderr=said)
    assert said.getvalue().splitlines()[1] == "Columns that are left alone: shoe size, customer_number, orders_count."


def test_the_rejects_can_go_elsewhere(tmp_path, store):
    elsewhere = tmp_path / "bad.csv"
    said = take_in(tmp_path, "email\nines@\n", "--rejects", str(elsewhere))
    assert said == f"Imported: 0 new, 0 changed, 0 as they were, 1 refused. See {elsewhere}"
    with elsewhere.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1] == ["2", "email", "This is not an e-mail address.", "ines@"]

"""Names in one column or in several, titles that tell a gender, two phone numbers: what belongs together in a row."""

import pytest

from customers.models import Customer
from tests.import_files import left_out, take_in, the_only_one

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
WHOLE = [
    ("Jan van der Berg", "Jan", "van der Berg"), ("Jan Van Der Berg", "Jan", "Van Der Berg"),
    ('"Berg, Jan van der"', "Jan", "van der Berg"), ('"van der Berg, Jan"', "Jan", "van der Berg"),
    ("Anna Maria Schmidt", "Anna Maria", "Schmidt"), ("Ludwig von Beethoven", "Ludwig", "von Beethoven"),
    ("María de la Cruz", "María", "de la Cruz"), ("José Ortega y Gasset", "José", "Ortega y Gasset"),
    ("Charles de Gaulle", "Charles", "de Gaulle"), ("Ted van 't Hart", "Ted", "van 't Hart"),
    ("Herr Jan Müller", "Jan", "Müller"),
    ("Mevr. J. de Boer", "J.", "de Boer"), ("de Vries", "", "de Vries"), ("Cher", "Cher", ""),
    ("Sam Davis Jr.", "Sam", "Davis Jr."),
    ("Anh Le Nguyen", "Anh Le", "Nguyen"), ("Eva Jansen-de Wit", "Eva", "Jansen-de Wit"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "first", "last"), WHOLE)
def test_a_whole_name_is_taken_apart(tmp_path, store, name, first, last):
    found = the_only_one(tmp_path, f"Name,Email,Phone\n{name},jan@berg.example,0612345678\n")
    assert (found.first_name, found.last_name, found.company_name) == (first, last, "")


@pytest.mark.parametrize(
    "title", ["Naam", "Name", "Full name", "Volledige naam", "Vor- und Nachname", "Nom complet", "display_name"]
)
def test_a_column_of_whole_names_is_known_by_its_title(tmp_path, store, title):
    found = the_only_one(tmp_path, f"{title};E-mailadres\nJan van der Berg;jan@berg.example\n")
    assert (found.first_name, found.last_name) == ("Jan", "van der Berg")


@pytest.mark.parametrize(
    "name", ["Kund BV", "Kund B.V.", "Müller & Söhne GmbH", "Acme Inc.", "Stichting Vrij", "Dupont SARL"]
)
def test_a_whole_name_that_is_a_companys_is_no_persons(tmp_path, store, name):
    found = the_only_one(tmp_path, f"Name,Email\n{name},jan@berg.example\n")
    assert (found.first_name, found.last_name, found.company_name, found.customer_type) == ("", "", name, "business")


@pytest.mark.parametrize("titles", ["Vorname;Name", "Voornaam;Naam", "Prénom;Nom", "First name;Name"])
def test_a_name_beside_a_first_name_is_the_last_name(tmp_path, store, titles):
    found = the_only_one(tmp_path, f"{titles};E-Mail\nAnja;Amsel;a@k.example\n")
    assert (found.first_name, found.last_name) == ("Anja", "Amsel")


def test_a_nombre_beside_apellidos_is_the_first_name(tmp_path, store):
    found = the_only_one(tmp_path, "Nombre;Apellidos;Correo electrónico\nAna;García López;a@k.example\n")
    assert (found.first_name, found.last_name) == ("Ana", "García López")


@pytest.mark.parametrize(
    ("middle", "first", "last"),
    [
        ("Maria", "Karin Maria", "Kron"),
        ("van der", "Karin", "van der Kron"),
        ("M.", "Karin M.", "Kron"),
        ("", "Karin", "Kron"),
    ],
)
def test_a_middle_name_goes_where_it_belongs(tmp_path, store, middle, first, last):
    rows = f"First Name,Middle Name,Last Name,Email\nKarin,{middle},Kron,karin@kron.example\n"
    found = the_only_one(tmp_path, rows)
    assert (found.first_name, found.last_name) == (first, last)


@pytest.mark.parametrize(
    ("title", "cell", "gender"),
    [
        ("gender", "1", "male"), ("gender", "2", "female"), ("gender", "Not Specified", "unspecified"),
        ("gender", "9", "unspecified"),
        ("gender", "0", "unspecified"), ("Geschlecht", "weiblich", "female"), ("Geslacht", "Man", "male"),
        ("Sexe", "F", "female"),
        ("prefix", "Mevr.", "female"), ("Anrede", "Frau", "female"), ("Anrede", "Herr Dr.", "male"),
        ("Civilité", "Mme", "female"),
        ("Titles ID (Mr = 1, Ms = 2, else 0)", "1", "male"), ("Aanhef", "Dhr.", "male"), ("Title", "Sra.", "female"),
        ("salutation", "not_specified", "unspecified"), ("gender", "1.0", "male"), ("Género", "femenino", "female"),
    ],
)  # fmt: skip
def test_a_gender_is_told_by_its_name_a_title_or_a_number(tmp_path, store, title, cell, gender):
    assert the_only_one(tmp_path, f'email;"{title}"\na@k.example;{cell}\n').gender == gender


def test_a_title_that_tells_no_gender_is_left_out_and_said(tmp_path, store):
    take_in(tmp_path, "Titel;Vorname;E-Mail\nDr.;Anja;a@k.example\n")
    assert left_out(tmp_path) == [(2, "Titel", "This salutation does not indicate a gender and is not saved.")]
    assert (Customer.objects.get().first_name, Customer.objects.get().gender) == ("Anja", "unspecified")


YES = [
    "WAAR",
    "WAHR",
    "VRAI",
    "VERDADERO",
    "true",
    "ja",
    "oui",
    "sí",
    "Si",
    "yes",
    "Y",
    "x",
    "1",
    "1.0",
    "on",
    "✓",
    "J",
    "subscribed",
]
NO = [
    "ONWAAR",
    "FALSCH",
    "FAUX",
    "FALSO",
    "false",
    "nee",
    "nein",
    "non",
    "no",
    "N",
    "0",
    "0.0",
    "off",
    "NOT_SUBSCRIBED",
    "pending",
    "-",
]


@pytest.mark.parametrize(("cell", "agreed"), [*((cell, True) for cell in YES), *((cell, False) for cell in NO)])
def test_yes_and_no_are_read_in_five_languages(tmp_path, store, cell, agreed):
    assert the_only_one(tmp_path, f"E-mail;Nieuwsbrief\na@k.example;{cell}\n").marketing_consent is agreed


@pytest.mark.parametrize(
    ("titles", "cells", "phone", "mobile"),
    [
        ("Default Address Phone,Phone", "'+31302314567,'+31612345678", "+31302314567", "+31612345678"),
        ("Phone,billing_phone", "0302314567,0612345678", "+31302314567", "+31612345678"),
        ("billing_phone,shipping_phone", "0612345678,0612345678", "+31612345678", ""),
        ("billing_phone,shipping_phone", "-,0612345678", "+31612345678", ""),
        ("billing_phone,shipping_phone", "0612345678,+31 6 1234 5678", "+31612345678", ""),
        ("Phone,Mobile,Business Phone", ",0612345678,0302314567", "+31302314567", "+31612345678"),
    ],
)
def test_of_two_phone_numbers_both_are_kept(tmp_path, store, titles, cells, phone, mobile):
    found = the_only_one(tmp_path, f"email,{titles}\na@k.example,{cells}\n")
    assert tuple(one.as_e164 if one else "" for one in (found.phone, found.mobile)) == (phone, mobile)


def test_a_phone_number_that_there_is_no_room_for_is_named(tmp_path, store):
    take_in(tmp_path, "email,Phone,Home phone\na@k.example,0302314567,0302314568\n")
    assert [row[2] for row in left_out(tmp_path)] == ["Only one phone number and one mobile number can be imported."]
    assert Customer.objects.get().phone.as_e164 == "+31302314567"


def test_of_two_columns_for_one_field_the_first_counts_and_the_other_is_named(tmp_path, store):
    take_in(tmp_path, "billing_email,user_email,first_name\nfactuur@kund.example,kal@kund.example,Kal\n")
    assert (Customer.objects.get().email, [row[1] for row in left_out(tmp_path)]) == (
        "kal@kund.example",
        ["billing_email"],
    )


def test_tags_and_notes_of_two_columns_are_put_together(tmp_path, store):
    found = the_only_one(tmp_path, "email,Groups,Tags,Note,Comments\na@k.example,vip,fair,Rings,Rings twice\n")
    assert ({tag.name for tag in found.tags.all()}, found.notes) == ({"vip", "fair"}, "Rings\nRings twice")

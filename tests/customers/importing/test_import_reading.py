"""How a file is read: separator, encoding, blank rows and short ones, whatever program wrote it."""

import pytest
from django.core.management import CommandError

from customers.importing.encodings import look_through
from customers.models import Customer, CustomerImport
from tests.customers.importing.imports import bring, brought, start, text_of, work
from tests.import_files import refused, take_in
from tests.shown_page import value_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ZOE = "E-mail;Voornaam;Achternaam\r\nzoe@veld.example;Zoë;Müller\r\n"
WHOLE_LINES = '"email;first_name;last_name"\n"a@k.example;A;Aas"\n'
DOUBLED = 'email,first_name,last_name\n"a@k.example,""A"",Aas"\n'
PADDED = '"email,first_name,last_name";;\n"a@k.example,A,Aas";;\n'
FLAT = "email,first_name,last_name\na@k.example,A,Aas\n"


def names() -> list[tuple[str, str, str]]:
    return list(Customer.objects.shoppers().order_by("email").values_list("email", "first_name", "last_name"))


@pytest.mark.parametrize("first", ["sep=;\r\n", "SEP=;\n", '"sep=;"\n', "sep=;;;\n", "\ufeffsep=;\r\n", "sep=;\r"])
def test_a_line_that_names_the_separator_is_followed_and_left_out(tmp_path, store, first):
    end = first.lstrip('\ufeffsSeEpP"=;')
    take_in(tmp_path, f"{first}E-mail;Voornaam;Achternaam{end}brit@berg.example;Brit, S.;Berg{end}")
    assert (names(), refused(tmp_path)) == ([("brit@berg.example", "Brit, S.", "Berg")], [])


@pytest.mark.parametrize(("sign", "said"), [("^", "^"), (":", ":"), ("\t", "\t"), ("\t", "\\t")])
def test_any_separator_may_be_named(tmp_path, store, sign, said):
    take_in(tmp_path, f"sep={said}\nemail{sign}first_name{sign}last_name\na@k.example{sign}A{sign}Aas\n")
    assert names() == [("a@k.example", "A", "Aas")]


def test_a_line_that_names_the_separator_is_followed_on_the_page(as_mara):
    page = as_mara.get(brought(as_mara, "sep=;\r\nE-mail;Voornaam\r\na@k.example;A\r\n").get_absolute_url())
    assert (value_of(page, "separator"), "sep=" in text_of(page)) == ("semicolon", False)


@pytest.mark.parametrize("content", [PADDED, WHOLE_LINES, WHOLE_LINES.replace(";", "\t"), DOUBLED, FLAT])
def test_lines_that_are_one_quoted_cell_are_taken_apart(tmp_path, store, content):
    take_in(tmp_path, content)
    assert names() == [("a@k.example", "A", "Aas")]


@pytest.mark.parametrize("blank", [";;\r\n;;\r\n", "\r\n", "   \r\n", " ; ;\t\r\n", '"";"";""\r\n', "\x1a", "\r\n\x1a"])
def test_blank_rows_are_skipped_in_silence(tmp_path, store, blank):
    take_in(tmp_path, f"email;first_name;last_name\r\na@k.example;A;Aas\r\n{blank}")
    assert (names(), refused(tmp_path)) == ([("a@k.example", "A", "Aas")], [])


def test_blank_rows_count_as_lines(tmp_path, store):
    take_in(tmp_path, ";;\nemail;first_name;last_name\n;;\n   \nnobody;A;Aas\n")
    assert [line for line, _column, _reason in refused(tmp_path)] == [5]


def test_cells_missing_at_the_end_of_a_row_are_empty(tmp_path, store):
    take_in(tmp_path, "email,first_name,last_name,notes\na@k.example,A\nb@k.example,B,Bee\n")
    assert (names(), refused(tmp_path)) == ([("a@k.example", "A", ""), ("b@k.example", "B", "Bee")], [])


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "mac-roman", "cp850", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_the_encoding_is_found_out(tmp_path, store, encoding, end):
    take_in(tmp_path, ZOE.replace("\r\n", end).encode(encoding))
    assert names() == [("zoe@veld.example", "Zoë", "Müller")]


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "cp850"])
@pytest.mark.parametrize(
    "words", ["Straße, Köln, Jürgen, Ägypten", "François Gérard, Chloë", "Núñez, José, María, Peña"]
)
def test_old_encodings_are_told_apart_by_the_words(tmp_path, encoding, words):
    path = tmp_path / "words.csv"
    path.write_bytes(words.encode(encoding))
    assert look_through(path).encoding == encoding


@pytest.mark.parametrize("words", ["D’Angelo, € 12", "10 €", "“Zum Löwen” – Köln", "Beneš, Žižek", "ÉCOLE, ÄRZTE"])
def test_signs_that_only_windows_writes_so_are_read_as_windows_does(tmp_path, words):
    path = tmp_path / "words.csv"
    path.write_bytes(words.encode("cp1252"))
    assert look_through(path).encoding == "cp1252"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "mac-roman"])
def test_the_page_reads_them_too(as_mara, encoding):
    assert "Zoë" in text_of(as_mara.get(brought(as_mara, ZOE.encode(encoding)).get_absolute_url()))


def test_the_encoding_that_is_told_counts(tmp_path, store):
    take_in(tmp_path, ZOE.encode("cp1250"), "--encoding", "cp1250")
    assert names() == [("zoe@veld.example", "Zoë", "Müller")]


def test_a_mark_is_no_part_of_the_first_title_when_the_encoding_is_told(tmp_path, store):
    take_in(tmp_path, ZOE.encode("utf-8-sig"), "--encoding", "utf8")
    assert names() == [("zoe@veld.example", "Zoë", "Müller")]


@pytest.mark.parametrize("name", ["klingon", "rot13", "base64"])
def test_an_encoding_that_is_none_is_named(tmp_path, store, name):
    with pytest.raises(CommandError, match=f"Unknown encoding: {name}."):
        take_in(tmp_path, ZOE, "--encoding", name)


def test_addresses_are_found_where_their_title_is_not_known(tmp_path, store):
    take_in(tmp_path, "Kontakt;Vorname\nzoe@veld.example;Zoë\n;Bo\nbo@kam.example;\n")
    assert names() == [("bo@kam.example", "", ""), ("zoe@veld.example", "Zoë", "")]


def test_of_two_columns_of_addresses_none_is_guessed(tmp_path, store, as_mara):
    content = "Kontakt;Chef;Vorname\nzoe@veld.example;bo@kam.example;Zoë\n"
    with pytest.raises(
        CommandError, match="No column with email addresses was found. It is needed to identify customers."
    ):
        take_in(tmp_path, content)
    assert bring(as_mara, content).status_code == 302
    assert CustomerImport.objects.get().columns == []


@pytest.mark.parametrize(
    ("content", "chosen", "right"),
    [
        ("email;first_name\na@k.example;Łukasz\n".encode("cp1250"), {"encoding": "cp1250"}, "Łukasz"),
        (b"email;first_name,last_name;tags\na@k.example;Bo,Kam;x\n", {"separator": "comma"}, "a@k.example;Bo "),
    ],
)
def test_a_wrong_guess_is_put_right_on_the_page(as_mara, content, chosen, right):
    job = brought(as_mara, content)
    assert right not in text_of(as_mara.get(job.get_absolute_url()))
    fields = {"encoding": "utf-8", "separator": "semicolon"} | chosen
    assert as_mara.post(f"{job.get_absolute_url()}reading/", fields).url == job.get_absolute_url()
    assert right in text_of(as_mara.get(job.get_absolute_url()))


def test_what_was_chosen_is_how_it_is_taken_in(as_mara):
    job = brought(as_mara, "email;first_name\na@k.example;Łukasz\n".encode("cp1250"))
    as_mara.post(f"{job.get_absolute_url()}reading/", {"encoding": "cp1250", "separator": "semicolon"})
    start(as_mara, job)
    work(job)
    assert names() == [("a@k.example", "Łukasz", "")]


def test_an_encoding_that_is_not_on_offer_is_refused_at_the_field(as_mara):
    job = brought(as_mara, ZOE)
    page = as_mara.post(f"{job.get_absolute_url()}reading/", {"encoding": "rot13", "separator": "semicolon"})
    assert ("The file settings were not changed" in text_of(page), "Zoë" in text_of(page)) == (True, True)


def test_one_under_way_is_not_read_otherwise(as_mara):
    job = brought(as_mara, ZOE)
    start(as_mara, job)
    as_mara.post(f"{job.get_absolute_url()}reading/", {"encoding": "cp1250", "separator": "comma"})
    assert CustomerImport.objects.get().delimiter == ";"


def test_a_separator_of_its_own_is_on_offer_too(as_mara):
    page = as_mara.get(brought(as_mara, "sep=^\nemail^first_name\na@k.example^A\n").get_absolute_url())
    assert '<option value="^" selected>^</option>' in page.content.decode()


def test_a_separator_is_told_to_the_command(tmp_path, store):
    take_in(tmp_path, "email:first_name:last_name\na@k.example:A:Aas\n", "--separator", ":")
    assert names() == [("a@k.example", "A", "Aas")]
    with pytest.raises(CommandError, match="The separator must be one character or the word tab."):
        take_in(tmp_path, ZOE, "--separator", "semicolon")

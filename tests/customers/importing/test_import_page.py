"""The pages of an import: bring a file, see what it is, choose its columns, try it, take it in."""

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from customers.models import Customer, CustomerImport
from tests.customers.importing.imports import IMPORTS, TWO, bring, brought, start, text_of, work
from tests.shown_page import value_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LIGHTSPEED = "Firstname,Lastname_preposition,Lastname,Email,Streetname,Number,Zipcode,City,Country,Coc_number\n"


@pytest.mark.parametrize(("person", "status"), [("sam", 403), ("rosa", 403), ("otto", 404), ("mara", 200)])
@pytest.mark.parametrize("page", ["", "template.csv", "columns/"])
def test_only_who_may_import_comes_in(client, store, request, person, status, page):
    client.force_login(request.getfixturevalue(person))
    assert client.get(f"{IMPORTS}{page}").status_code == status


def test_strangers_are_sent_to_sign_in(client, store):
    assert client.get(IMPORTS).url == f"{reverse('staff_sign_in')}?next={IMPORTS}"


def test_others_neither_bring_files_nor_start_them(client, as_mara, otto, store):
    job = brought(as_mara)
    client.force_login(otto)
    assert bring(client, TWO).status_code == 404
    assert {client.post(f"{IMPORTS}{job.pk}/{verb}/").status_code for verb in ("start", "stop")} == {404}
    assert CustomerImport.objects.get().state == CustomerImport.State.WAITING


def test_says_what_a_file_was_recognised_as_and_changes_nothing(as_mara):
    job = brought(as_mara, "\ufeff" + TWO)
    page = as_mara.get(job.get_absolute_url())
    for words in ["customers.csv", "Not imported Lucky number", "Ines · Gus"]:
        assert words in text_of(page)
    found = [value_of(page, name) for name in ("encoding", "separator")]
    assert found == ["utf-8", "semicolon"]
    assert Customer.objects.shoppers().count() == 0


def test_columns_are_proposed_where_their_names_are_known(as_mara):
    page = as_mara.get(brought(as_mara).get_absolute_url())
    proposed = [value_of(page, f"column_{place}") for place in range(4)]
    assert proposed == ["email", "first_name", "billing_city", ""]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (LIGHTSPEED + "Ines,van der,Meulen,ines@new.example,Oudegracht,1,3511 AW,Utrecht,nl,\n", "Lightspeed eCom"),
        ("Email,Default Address Address1,Accepts Email Marketing\na@b.example,x,yes\n", "Customer export of Shopify"),
        ("email;first_name\na@b.example;Zoë\n".encode("cp1252"), "Zoë"),
    ],
)
def test_knows_the_files_of_other_systems(as_mara, content, words):
    assert words in text_of(as_mara.get(brought(as_mara, content).get_absolute_url()))


def test_takes_it_in_and_says_what_became_of_it(as_mara, mara):
    job = brought(as_mara)
    assert start(as_mara, job).url == job.get_absolute_url()
    assert "Queued" in text_of(as_mara.get(job.get_absolute_url()))
    job = work(job)
    assert (job.state, job.created, job.rejected, job.by) == ("done", 2, 0, mara)
    assert sorted(Customer.objects.shoppers().values_list("email", "first_name")) == [
        ("gus@new.example", "Gus"), ("ines@new.example", "Ines")
    ]  # fmt: skip
    assert "New customers 2 Changed 0 Unchanged 0 Rejected 0" in text_of(as_mara.get(job.get_absolute_url()))


def test_what_it_changed_is_the_merchants_in_the_history(as_mara, mara):
    work(_started(as_mara))
    [entry] = Customer.objects.get(email="gus@new.example").history.all()
    assert (entry.field, entry.actor_kind, entry.actor_id, entry.source) == ("created", "merchant", mara.pk, "import")


def _started(client, content=TWO, **changes) -> CustomerImport:
    job = brought(client, content)
    start(client, job, **changes)
    return job


def test_a_column_goes_where_the_merchant_says(as_mara):
    work(_started(as_mara, column_1="last_name", column_2="", column_3="notes"))
    ines = Customer.objects.get(email="ines@new.example")
    assert (ines.first_name, ines.last_name, ines.notes, ines.billing_address) == ("", "Ines", "7", None)


def test_a_file_whose_email_column_is_not_known_asks_which_it_is(as_mara):
    job = brought(as_mara, "Poczta,Voornaam\nanna@new.example,Anna\n")
    response = start(as_mara, job, column_0="")
    assert "Choose a column for the email address. It identifies the customer." in text_of(response)
    start(as_mara, job, column_0="email")
    assert work(job).created == 1


def test_trying_changes_nothing_and_can_be_followed_by_the_import(as_mara):
    job = work(_started(as_mara, dry_run="1"))
    assert (job.state, job.created, Customer.objects.shoppers().count()) == ("done", 2, 0)
    text = text_of(as_mara.get(job.get_absolute_url()))
    assert "This was a test run. Nothing was saved. You can import the file below." in text
    start(as_mara, job)
    job = work(job)
    assert (job.dry_run, job.created, Customer.objects.shoppers().count()) == (False, 2, 2)


def test_refused_rows_come_as_a_file_with_their_reasons(as_mara):
    job = work(_started(as_mara, TWO + "nobody;No;;9\n"))
    assert "Rejected 1" in text_of(as_mara.get(job.get_absolute_url()))
    response = as_mara.get(f"{IMPORTS}{job.pk}/rejects.csv")
    lines = response.getvalue().decode("utf-8-sig").splitlines()
    assert lines == [
        "line;column;reason;E-mail;Voornaam;Woonplaats;Lucky number",
        "4;E-mail;Enter a valid email address.;nobody;No;;9",
    ]
    assert response["Content-Disposition"] == 'attachment; filename="customers-refused.csv"'


def test_reasons_are_shown_with_how_many_and_the_first_lines(as_mara):
    rows = "".join(f"p{number}@new.example;P;;{number}\n" for number in range(8))
    file = f"E-mail;Voornaam;Geslacht;Land;Woonplaats\nnobody;No;;;\na@b.example;A;robot;Nowhere;Delft\n{rows}"
    bad = file.replace(";P;;", ";P;tree;")
    text = text_of(as_mara.get(work(_started(as_mara, bad)).get_absolute_url()))
    assert "Rejected rows Column Reason Rows First lines E-mail Enter a valid email address. 1 2 " in text
    assert (
        "Geslacht Enter female, male, other or unspecified. 9 3, 4, 5, 6, 7 … Land Unknown country code or name."
        in text
    )
    assert "Skipped cells 17" in text


def test_the_rows_with_cells_left_out_come_as_a_file(as_mara):
    job = work(_started(as_mara, "E-mail;Geslacht\na@b.example;robot\n"))
    lines = as_mara.get(f"{IMPORTS}{job.pk}/warnings.csv").getvalue().decode("utf-8-sig").splitlines()
    reason = "Enter female, male, other or unspecified."
    assert lines == ["line;column;reason;E-mail;Geslacht", f"2;Geslacht;{reason};a@b.example;robot"]


def test_a_whole_name_can_be_chosen_for_a_column(as_mara):
    job = _started(as_mara, "E-mail;Wie\na@b.example;Jan van der Berg\n", column_1="full_name")
    assert work(job).created == 1
    jan = Customer.objects.get(email="a@b.example")
    assert (jan.first_name, jan.last_name) == ("Jan", "van der Berg")


def test_the_file_of_refused_rows_is_taken_once_it_is_put_right(as_mara):
    job = work(_started(as_mara, TWO + "nobody;No;;9\n"))
    refused = as_mara.get(f"{IMPORTS}{job.pk}/rejects.csv").getvalue().replace(b"nobody", b"nobody@new.example")
    assert work(_started(as_mara, refused)).created == 1


def test_reasons_are_in_the_language_of_who_brought_the_file(as_mara, mara):
    Customer.objects.filter(pk=mara.pk).update(language="nl")
    work(_started(as_mara, TWO + "nobody;No;;9\n"))
    job = CustomerImport.objects.get()
    assert "Vul een geldig e-mailadres in." in as_mara.get(f"{IMPORTS}{job.pk}/rejects.csv").getvalue().decode()


def test_without_refused_rows_there_is_no_file_of_them(as_mara):
    job = work(_started(as_mara))
    assert as_mara.get(f"{IMPORTS}{job.pk}/rejects.csv").status_code == 404


def test_one_that_waits_can_be_stopped_and_started_again(as_mara):
    job = _started(as_mara)
    as_mara.post(f"{IMPORTS}{job.pk}/stop/")
    job = work(job)
    assert (job.state, Customer.objects.shoppers().count()) == ("stopped", 0)
    start(as_mara, job)
    assert work(job).created == 2


def test_one_that_was_stopped_half_way_goes_on_behind_it(as_mara):
    job = _started(as_mara)
    CustomerImport.objects.update(state="stopped", done=2, created=1, total=3)
    assert "Resume import" in text_of(as_mara.get(job.get_absolute_url()))
    as_mara.post(f"{IMPORTS}{job.pk}/start/")
    job = work(job)
    assert (job.state, job.created) == ("done", 2)
    assert [customer.email for customer in Customer.objects.shoppers()] == ["gus@new.example"]


def test_the_button_pressed_twice_starts_it_once(as_mara):
    job = _started(as_mara)
    assert as_mara.post(f"{IMPORTS}{job.pk}/start/", {"dry_run": "1"}).url == job.get_absolute_url()
    assert work(job).dry_run is False


def test_the_same_file_brought_again_says_when_it_was_taken_in(as_mara):
    first = work(_started(as_mara))
    again = brought(as_mara)
    assert again.pk != first.pk
    assert "This file was already imported on" in text_of(as_mara.get(again.get_absolute_url()))
    start(as_mara, again)
    assert (work(again).unchanged, Customer.objects.shoppers().count()) == (2, 2)


@pytest.mark.parametrize(("state", "done"), [("waiting", 0), ("running", 2), ("stopped", 2), ("failed", 2)])
def test_the_same_file_brought_again_goes_on_where_it_was_left(as_mara, state, done):
    job = _started(as_mara)
    CustomerImport.objects.update(state=state, done=done)
    assert brought(as_mara).pk == job.pk
    assert storages["imports"].listdir("")[1] == [job.file]


def test_past_imports_are_listed_newest_first(as_mara):
    work(_started(as_mara))
    brought(as_mara, "email\na@b.example\n", name="later.csv")
    text = text_of(as_mara.get(IMPORTS))
    assert text.index("later.csv") < text.index("customers.csv")
    assert ("Not started" in text, "Done" in text) == (True, True)


def test_progress_is_a_part_of_the_page(as_mara):
    job = _started(as_mara)
    part = as_mara.get(job.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in part, 'id="job"' in part, "every 2s" in part) == (False, True, True)


def test_the_template_is_taken_as_it_is(as_mara):
    response = as_mara.get(f"{IMPORTS}template.csv")
    assert response["Content-Disposition"] == 'attachment; filename="customers-template.csv"'
    job = work(_started(as_mara, response.content))
    assert (job.created, job.rejected) == (1, 0)
    ines = Customer.objects.get(email="ines@example.org")
    assert (str(ines.phone), ines.billing_address.city) == ("+31 30 231 4567", "Utrecht")


def test_the_page_of_columns_has_each_with_an_example(as_mara):
    text = text_of(as_mara.get(f"{IMPORTS}columns/"))
    for words in ["shipping_postcode Shipping address: postcode", "marketing_consent", "Lightspeed eCom, Shopify"]:
        assert words in text

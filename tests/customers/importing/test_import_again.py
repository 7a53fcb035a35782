"""What an import does to customers who are there: it changes what differs, and nothing twice."""

import pytest

from customers.models import Address, Consent, Customer, CustomerImport, HistoryEntry
from tests.import_files import refused, state, take_in

pytestmark = pytest.mark.django_db
FILE = (
    "email,first_name,last_name,phone,marketing_consent,billing_country,billing_street,billing_house_number,"
    "billing_postcode,billing_city,tags,notes\n"
    "ines@vandermeulen.example,Inès,van der Meulen,+31302314567,yes,NL,Oudegracht,118,3511 AW,Utrecht,fair,Rings\n"
    "bo@post.example,Bo,Berg,,no,DE,Lindenstraße,7,10969,Berlin,,\n"
)


def history(customer: Customer) -> list[tuple[str, str, str]]:
    return list(customer.history.exclude(field="created").order_by("id").values_list("field", "old", "new"))


def test_a_new_customer_is_a_guest_who_came_by_import(tmp_path, store):
    take_in(tmp_path, FILE)
    bo = Customer.objects.get(email="bo@post.example")
    assert (bo.origin, bo.access, bo.is_registered, bo.has_usable_password()) == ("import", "open", False, False)
    assert bo.country == "DE"


@pytest.mark.parametrize("what", ["first", "second", "third"])
def test_the_list_finds_them_as_if_they_had_been_typed_in(tmp_path, store, ines, what):
    take_in(tmp_path, FILE)
    if what != "first":
        take_in(tmp_path, FILE.replace("Utrecht", "Zeist").replace("Berg", "Bergmann"))
    for customer in Customer.objects.all():
        known = {"country": customer.country, "search_text": customer.search_text}
        assert customer.known_for_the_list() == known


def test_a_second_and_a_third_time_change_nothing(tmp_path, store, ines):
    take_in(tmp_path, FILE)
    before = state()
    for _time in range(2):
        assert take_in(tmp_path, FILE) == "Imported: 0 new, 0 changed, 2 unchanged, 0 rejected."
    assert state() == before


def test_what_differs_is_changed_and_in_the_history(tmp_path, store, ines):
    said = take_in(tmp_path, FILE)
    ines.refresh_from_db()
    assert said == "Imported: 1 new, 1 changed, 0 unchanged, 0 rejected."
    assert (ines.first_name, ines.notes) == ("Inès", "Rings")
    assert {row for row in history(ines) if not row[0].startswith("billing.")} == {
        ("first_name", "Ines", "Inès"),
        ("phone", "", "+31302314567"),
        ("notes", "", "Rings"),
        ("marketing_consent", "false", "true"),
        ("tag", "", "fair"),
    }
    entry = ines.history.get(field="notes")
    assert (entry.actor_kind, entry.source) == ("command", "import_customers")


def test_a_new_record_is_told_once_and_its_changes_one_by_one(tmp_path, store):
    take_in(tmp_path, FILE)
    bo = Customer.objects.get(email="bo@post.example")
    assert list(bo.history.values_list("field", "new")) == [("created", "import")]
    take_in(tmp_path, FILE.replace("Lindenstraße,7", "Lindenstraße,9"))
    assert history(bo) == [("billing.house_number", "7", "9")]


def test_an_address_that_is_added_later_is_told_in_full(tmp_path, store, gus):
    take_in(tmp_path, "email,billing_street,billing_city\ngus@post.example,Meir 7,Zeist\n")
    told = {("billing.country", "", "NL"), ("billing.street", "", "Meir 7"), ("billing.city", "", "Zeist")}
    assert set(history(gus)) == told


def test_an_empty_cell_or_a_missing_column_leaves_a_field_alone(tmp_path, store, ines):
    Customer.objects.filter(pk=ines.pk).update(phone="+31302314567", notes="Rings")
    take_in(tmp_path, "email,first_name,phone\nines@vandermeulen.example,Agnes,\n")
    ines.refresh_from_db()
    assert (ines.first_name, str(ines.phone.as_e164), ines.notes) == ("Agnes", "+31302314567", "Rings")
    assert ines.billing_address.city == "Utrecht"


def test_two_addresses_never_mix(tmp_path, store, ines):
    Address.objects.filter(customer=ines).update(addition="bis")
    header = "email,billing_street,billing_house_number,billing_addition,billing_postcode,billing_city\n"
    take_in(tmp_path, f"{header}ines@vandermeulen.example,Meir,7,,1012 AB,Amsterdam\n")
    assert Address.objects.values_list("street", "addition", "city").get() == ("Meir", "", "Amsterdam")


def test_access_and_registration_of_who_is_there_are_left_alone(tmp_path, store, ines):
    ines.block()
    before = (ines.registered_at, ines.password, ines.created_at)
    take_in(tmp_path, "email,access,created_at\nines@vandermeulen.example,open,2001-01-01\nb@post.example,blocked,\n")
    ines.refresh_from_db()
    assert (ines.access, ines.registered_at, ines.password, ines.created_at) == ("blocked", *before)
    assert Customer.objects.get(email="b@post.example").access == "blocked"


def test_a_consent_is_kept_with_its_proof(tmp_path, store, gus):
    take_in(tmp_path, "email,marketing_consent\ngus@post.example,yes\nb@post.example,ja\nc@post.example,no\n")
    found = Consent.objects.order_by("customer__email").values_list("customer__email", "given", "source", "text")
    text = (
        "Imported with the file customers.csv. The text shown when consent was given is held where the file comes from."
    )
    assert list(found) == [("b@post.example", True, "import", text), ("gus@post.example", True, "import", text)]


def test_who_withdrew_in_this_shop_stays_withdrawn(tmp_path, store, gus):
    gus.set_marketing_consent(True, text="News", source="checkout", by=None)
    gus.set_marketing_consent(False, text="News", source="account", by=None)
    assert take_in(tmp_path, "email,marketing_consent\ngus@post.example,yes\n").startswith("Imported: 0 new, 0 changed")
    gus.refresh_from_db()
    assert gus.marketing_consent is False


def test_tags_are_added_and_never_taken_away(tmp_path, store, gus):
    take_in(tmp_path, 'email,tags\ngus@post.example,"Fair, VIP"\n')
    take_in(tmp_path, "email,tags\ngus@post.example,vip; press\n")
    assert sorted(map(str, gus.tags.all())) == ["Fair", "VIP", "press"]


def test_a_dry_run_changes_nothing_and_reports_the_same(tmp_path, store, ines):
    content = FILE + "bad@,,,,,,,,,,,\nbo@post.example,Bo,,,,,,,,,,\n"
    before = state()
    said = take_in(tmp_path, content, "--dry-run")
    assert said.startswith("Imported (dry run, nothing was saved): 1 new, 1 changed, 0 unchanged, 2 rejected.")
    assert state() == before
    dry = refused(tmp_path)
    assert take_in(tmp_path, content).startswith("Imported: 1 new, 1 changed, 0 unchanged, 2 rejected.")
    assert refused(tmp_path) == dry


def test_a_merchants_import_is_in_the_history_under_their_name(tmp_path, store, mara, gus):
    from customers.importing.run import run

    path = tmp_path / "customers.csv"
    path.write_text("email,notes\ngus@post.example,Rings\n")
    run(CustomerImport.objects.create(name="customers.csv", path=str(path), by=mara))
    entry = HistoryEntry.objects.get(customer=gus, field="notes")
    assert (entry.actor_kind, entry.actor, entry.source) == ("merchant", mara, "import")


def test_the_columns_can_be_chosen(tmp_path, store):
    from customers.importing.run import run

    path = tmp_path / "customers.csv"
    path.write_text("who,what\nines@post.example,Ines\n")
    job = CustomerImport.objects.create(name="x", path=str(path), columns=["email", "first_name"])
    run(job)
    assert (job.state, Customer.objects.get().first_name) == ("done", "Ines")


def test_an_error_nobody_foresaw_leaves_no_words_of_the_file_behind(tmp_path, store, monkeypatch):
    def refuse(batch, **rest):
        raise RuntimeError(f"Key (email)=({batch.values['email'][0]}) is in the way")

    monkeypatch.setattr("customers.importing.run.write", refuse)
    with pytest.raises(RuntimeError):
        take_in(tmp_path, FILE)
    job = CustomerImport.objects.get()
    words = "Stopped by an error. Completed work is kept. See the worker's log for details."
    assert (job.state, job.done, job.error) == ("failed", 0, words)

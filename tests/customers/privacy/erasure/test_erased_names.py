"""After an erasure no saved view, file name or tag names the person, however they were written."""

from urllib.parse import urlencode

import pytest

from customers.history import acting
from customers.models import BulkAction, Customer, CustomerImport, HistoryEntry, Segment, Tag
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure
from tests.customers.privacy.erasure.test_erasure import dump
from tests.factories import CustomerFactory
from tests.import_files import take_in
from tests.shown_page import html_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
NAMES_HER = [
    "ines@vandermeulen.example", "INES VAN DER MEULEN", "Meulen, Ines van der", "Inès v.d. Meulen", "I. Meulen",
    "InesVanDerMeulen", "ines_van_der_meulen", "Fam. Vandermeulen", "van der Meulen", "+31 6 1234-5678",
    "0612345678", "Oudegracht 118", "NL 8540.12.345.B01", "before@post.example", "Ines de Wit",
]  # fmt: skip
NAMES_NOBODY = ["Ines", "Utrecht", "Oudegracht", "Regulars", "van der", "Gast", "Meulenhoff", "118", "post.example"]


@pytest.fixture
def known(ines, gus):
    """Ines with a phone, a company number, and another address and name before."""
    with acting.shopper(ines):
        for email in ("before@post.example", ines.email):
            ines.change_email(email, by=ines)
        for name in ("de Wit", "van der Meulen"):
            ines.last_name = name
            ines.save()
    Customer.objects.filter(pk=ines.pk).update(mobile="+31612345678", vat_number="NL854012345B01")
    return Customer.objects.get(pk=ines.pk)


def erase(customer, **options):
    erasure.erase(customer, by=ActorKind.MERCHANT, notify=False, **options)


def tags():
    return set(Tag.objects.values_list("name", flat=True))


@pytest.mark.parametrize("words", NAMES_HER)
def test_a_view_that_looks_for_her_goes(known, words):
    Segment.objects.create(name="Hers", query=urlencode({"q": words, "sort": "name"}))
    Segment.objects.create(name=words, query="status=guest")
    erase(known)
    [left] = Segment.objects.values("pk", "name", "query")
    assert left == {"pk": left["pk"], "name": f"View {left['pk']}", "query": "status=guest"}


@pytest.mark.parametrize("words", NAMES_NOBODY)
def test_one_that_could_mean_others_stays(known, words):
    Segment.objects.create(name=words, query=urlencode({"q": words}))
    erase(known)
    assert Segment.objects.get().name == words


def test_a_last_name_that_others_have_says_nothing(known):
    CustomerFactory(first_name="Bo", last_name="van der Meulen")
    Segment.objects.create(name="van der Meulen", query="q=Meulen")
    erase(known)
    assert Segment.objects.get().name == "van der Meulen"


@pytest.mark.parametrize("words", ["Jürgen Müller", "Juergen Mueller", "mueller, j", "Muller Jurgen"])
def test_umlauts_are_the_same_however_they_are_written(words):
    customer = CustomerFactory(first_name="Jürgen", last_name="Müller")
    Segment.objects.create(name="His", query=urlencode({"q": words}))
    erase(customer)
    assert not Segment.objects.exists()


def test_the_file_that_was_called_after_her_is_not_any_more(known, tmp_path):
    take_in(tmp_path, "email,marketing_consent\nbo@post.example,yes\n", name="Ines van der Meulen.csv")
    job = CustomerImport.objects.get()
    CustomerImport.objects.create(name="customers.csv")
    erase(known)
    assert list(CustomerImport.objects.order_by("pk").values_list("name", "path")) == [
        (f"Import {job.pk}", ""),
        ("customers.csv", ""),
    ]
    assert [row for row in dump() if "ines" in row[1] or "meulen" in row[1]] == []


def test_a_folder_that_was_called_after_her_is_forgotten(known, tmp_path):
    folder = tmp_path / "van der Meulen"
    folder.mkdir()
    take_in(folder, "email\nbo@post.example\n")
    erase(known)
    assert CustomerImport.objects.values_list("name", "path").get() == ("customers.csv", "")


def test_a_bulk_action_that_waits_and_looks_for_her_is_stopped(known, mara):
    searches = {"q=meulen&status=guest": "status=guest", "q=utrecht": "q=utrecht"}
    for query in searches:
        BulkAction.objects.create(kind="export", query=query, by=mara)
    erase(known)
    assert list(BulkAction.objects.order_by("pk").values_list("query", "state")) == [
        ("status=guest", "stopped"),
        ("q=utrecht", "waiting"),
    ]


# --- Tags


@pytest.fixture
def tagged(known, otto):
    """Ines and Otto with tags: after her, hers alone, and everybody's."""
    known.tags.add(*(Tag.objects.named(name) for name in ("Friends of Ines v.d. Meulen", "VIP", "Guests")))
    otto.tags.add(*(Tag.objects.named(name) for name in ("Friends of Ines v.d. Meulen", "Guests", "His")))
    return known


def test_the_page_asks_about_tags_and_ticks_those_that_look_like_the_name(as_mara, tagged):
    ticks = html_of(as_mara.get(f"/backoffice/customers/{tagged.pk}/delete/")).xpath("//input[@name='tags']")
    assert {text_of(tick.label): tick.checked for tick in ticks} == {
        "Friends of Ines v.d. Meulen (2 customers)": True,
        "VIP (1 customer)": False,
    }


def test_those_that_are_ticked_go_from_everybody_and_from_their_history(as_mara, tagged, otto):
    vip = Tag.objects.get(name="VIP")
    as_mara.post(f"/backoffice/customers/{tagged.pk}/delete/", {"tags": [vip.pk]})
    assert tags() == {"Friends of Ines v.d. Meulen", "Guests", "His"}
    assert not HistoryEntry.objects.filter(new="VIP").exists()


def test_no_tag_goes_that_was_not_asked_about(as_mara, tagged, otto):
    other = Tag.objects.get(name="Guests")
    page = as_mara.post(f"/backoffice/customers/{tagged.pk}/delete/", {"tags": [other.pk]})
    assert (page.status_code, "<title>Error: " in page.content.decode()) == (200, True)
    assert (len(tags()), Customer.objects.filter(pk=tagged.pk).exists()) == (4, True)


def test_where_nobody_is_asked_those_go_that_name_the_person(tagged):
    erase(tagged)
    assert tags() == {"VIP", "Guests", "His"}
    assert [row for row in dump() if "ines" in row[1] or "meulen" in row[1]] == []


def test_a_customer_without_such_tags_is_asked_nothing(as_mara, otto):
    page = as_mara.get(f"/backoffice/customers/{otto.pk}/delete/")
    assert (page.status_code, "Tags that may identify this person" in page.content.decode()) == (200, False)

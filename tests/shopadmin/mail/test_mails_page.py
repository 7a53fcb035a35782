from urllib.parse import urlencode

import pytest

from shopadmin.models import Mail
from tests.factories import MailFactory
from tests.shown_page import link_called, page_link, row_names

pytestmark = pytest.mark.any_database

URL = "/backoffice/mails/"


def subjects(client, query=""):
    return row_names(client.get(URL + query))


def test_a_stranger_is_sent_to_sign_in(client, store):
    assert client.get(URL)["Location"] == "/backoffice/sign-in/?next=/backoffice/mails/"


def test_it_does_not_exist_for_a_shopper(client, otto, store):
    client.force_login(otto)
    assert client.get(URL).status_code == 404


def test_newest_stand_first(as_mara):
    MailFactory(subject="Older")
    MailFactory(subject="Newer")
    assert subjects(as_mara) == ["Newer", "Older"]


def test_each_row_says_to_whom_and_what_became_of_it(as_mara):
    MailFactory(state=Mail.State.FAILED)
    html = as_mara.get(URL).content.decode()
    assert "ines@<wbr>vandermeulen.example" in html
    assert '<span class="badge is-stopped is-stop">Not delivered</span>' in html


def test_times_are_those_of_the_shop(as_mara):
    MailFactory(created_at="2026-01-15T12:00Z")
    assert "15 Jan 2026, 13:00" in as_mara.get(URL).content.decode()


def test_states_narrow_the_list(as_mara):
    MailFactory(subject="Refused", state=Mail.State.FAILED)
    MailFactory(subject="Sent", state=Mail.State.SENT)
    assert subjects(as_mara, "?state=failed") == ["Refused"]
    assert subjects(as_mara, "?state=nonsense") == []


@pytest.mark.parametrize("words", ["ines@VANDER", "parcel 7", "PARCEL 7 "])
def test_address_and_subject_are_searched(as_mara, words):
    MailFactory(subject="Your parcel 7")
    MailFactory(to="otto@post.example")
    assert subjects(as_mara, f"?q={words}") == ["Your parcel 7"]


@pytest.mark.parametrize("words", ["grosse", "groesse", "GRÖẞE", "mueller-buecher", "müller-bücher", "ihre jur"])
def test_recipient_and_subject_are_folded_as_customers_are(as_mara, words):
    MailFactory(to="jurgen@xn--mller-bcher-thbg.example", subject="Ihre Größe")
    MailFactory(to="otto@post.example", subject="Other")
    assert subjects(as_mara, "?" + urlencode({"q": words})) == ["Ihre Größe"]


def test_search_and_state_go_together(as_mara):
    MailFactory(subject="Parcel, refused", state=Mail.State.FAILED)
    MailFactory(subject="Parcel, sent", state=Mail.State.SENT)
    assert subjects(as_mara, "?q=parcel&state=sent") == ["Parcel, sent"]


def test_pages_lead_to_each_other(as_mara):
    for number in range(52):
        MailFactory(subject=str(number))
    first = as_mara.get(URL)
    second = as_mara.get(URL + page_link(first, "next"))
    assert row_names(first) + row_names(second) == [str(number) for number in reversed(range(52))]
    assert subjects(as_mara, page_link(second, "prev")) == row_names(first)
    assert subjects(as_mara, link_called(second, "First")) == row_names(first)


def test_a_broken_page_mark_is_the_first_page(as_mara):
    MailFactory(subject="Here")
    assert subjects(as_mara, "?after=nonsense") == ["Here"]


def test_three_rows_cost_what_one_costs(as_mara, django_assert_num_queries, django_assert_max_num_queries):
    MailFactory()
    with django_assert_max_num_queries(8) as one:
        as_mara.get(URL)
    MailFactory.create_batch(2)
    with django_assert_num_queries(len(one)):
        as_mara.get(URL)


def test_nothing_found_and_nothing_there_are_two_things(as_mara):
    assert "No emails yet" in as_mara.get(URL).content.decode()
    assert "No emails found" in as_mara.get(URL + "?q=x").content.decode()

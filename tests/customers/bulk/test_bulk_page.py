"""The pages of bulk actions: who may, what would be done, how far it is, how it ended."""

import pytest
from django.urls import reverse

from customers.bulk import run as bulk_run
from customers.models import BulkAction, BulkSkip, Customer, Tag
from customers.tasks import start_bulk_action
from shopadmin.models import StoreSettings
from tests.customers.bulk.bulk_actions import BULK, chosen, confirm, do, look
from tests.factories import CustomerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def made(by, **fields):
    action = BulkAction(**({"kind": "tag", "by": by, "total": 500, "tag": Tag.objects.named("studio")} | fields))
    start_bulk_action(action)
    return action


def test_strangers_shoppers_and_support_may_not_enter(client, otto, sam, rosa, mara, ines, store):
    action = made(mara)
    for address in (BULK, action.get_absolute_url()):
        client.logout()
        assert client.get(address).url == f"{reverse('staff_sign_in')}?next={address}"
        answers = []
        for person in (otto, rosa, sam):
            client.force_login(person)
            answers.append(client.get(address).status_code)
        assert answers == [404, 403, 403]
    assert client.post(BULK, chosen("erase", ines) | {"count": 1, "number": 1, "confirmed": 1}).status_code == 403
    assert Customer.objects.filter(pk=ines.pk).exists()


def test_looking_does_nothing(as_mara, ines, gus):
    page = look(as_mara, "erase", ines, gus)
    assert "<strong>2 customers</strong> will be erased permanently." in page
    assert all(f'<input type="hidden" name="picked" value="{customer.pk}"' in page for customer in (ines, gus))
    assert f'<a href="/backoffice/customers/{ines.pk}/">Ines van der Meulen</a>' in page
    assert not BulkAction.objects.exists()


def test_looking_works_by_an_address_too(as_mara, ines):
    page = as_mara.get(BULK, chosen("password", view="q=ines")).content.decode()
    assert "<strong>1 customer</strong> will receive an email with a link to set a new password." in page
    assert '<a class="button is-quiet" href="/backoffice/customers/?q=ines">Cancel</a>' in page


def test_a_view_comes_without_the_place_in_it(as_mara, ines):
    action = confirm(as_mara, "tag", view="?status=registered&sort=name&after=abc:def&before=ghi", name="studio")
    assert action.query == "status=registered&sort=name"
    page = as_mara.get(action.get_absolute_url()).content.decode()
    assert 'href="/backoffice/customers/?status=registered&amp;sort=name">Back to list</a>' in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Select at least one customer."),
        ({"picked": ["x"]}, "The selection contains an invalid number."),
        ({"picked": [str(2**63)]}, "The selection contains an invalid number."),
        ({"all": "1", "query": "orders_min=many"}, "The list has an invalid filter. Correct it in the list."),
        ({"all": "1", "query": "q=" + "x" * 1000}, "at most 1000 characters"),
        ({"action": "bribe", "all": "1"}, "bribe is not one of the available choices"),
    ],
)
def test_what_makes_no_sense_leads_back_to_the_list_and_says_why(as_mara, sent, words):
    response = as_mara.post(BULK, {"action": "erase"} | sent, follow=True)
    assert response.redirect_chain == [("/backoffice/customers/", 302)]
    assert words in response.content.decode()


@pytest.mark.parametrize("view", ["q=nobody-of-that-name", "status=awaiting"])
def test_of_nobody_it_says_so_and_offers_no_button(as_mara, ines, view):
    page = look(as_mara, "approve", view=view)
    assert ("This action is not possible for any of the selected customers." in page, 'name="confirmed"' in page) == (
        True,
        False,
    )
    as_mara.post(BULK, chosen("approve", view=view) | {"count": 0, "confirmed": 1})
    assert not BulkAction.objects.exists()


def test_while_accounts_are_off_there_is_nothing_to_send(as_mara, ines):
    StoreSettings.objects.update(accounts_enabled=False)
    page = look(as_mara, "password", ines)
    assert '<dt>Customer accounts are switched off</dt><dd class="number">1</dd>' in page
    assert 'name="confirmed"' not in page


@pytest.mark.parametrize("number", ["", "2", "one", str(10**30)])
def test_erasing_wants_the_number_typed(as_mara, ines, number):
    sent = chosen("erase", ines) | {"count": 1, "confirmed": 1, "number": number}
    page = as_mara.post(BULK, sent).content.decode()
    assert ("No changes have been made yet" in page, 'id="id_number-message"' in page) == (True, True)
    assert (BulkAction.objects.count(), Customer.objects.filter(pk=ines.pk).exists()) == (0, True)


def test_when_others_match_meanwhile_it_asks_again(as_mara, ines):
    CustomerFactory()
    sent = chosen("password", view="") | {"count": 1, "confirmed": 1}
    page = as_mara.post(BULK, sent).content.decode()
    assert (
        "The selection has changed since you opened this page. Check it and confirm again." in page,
        'name="count" value="2"' in page,
    ) == (True, True)
    assert not BulkAction.objects.exists()


def test_a_tag_needs_a_name_that_can_be_one(as_mara, ines):
    sent = chosen("tag", ines) | {"count": 1, "confirmed": 1, "name": "?!"}
    page = as_mara.post(BULK, sent).content.decode()
    assert ("A tag must contain a letter or a digit." in page, 'value="?!"' in page) == (True, True)
    assert not Tag.objects.exists()


def test_a_tag_that_is_gone_cannot_be_taken_off(as_mara, ines):
    page = as_mara.post(BULK, chosen("untag", ines) | {"count": 1, "confirmed": 1, "which": "7"}).content.decode()
    assert "That choice is not one of the available choices" in page


def test_once_confirmed_the_page_shows_how_far_it_is(as_mara, ines):
    action = confirm(as_mara, "tag", ines, name="studio")
    page = as_mara.get(action.get_absolute_url()).content.decode()
    assert "Queued</span></span>" in page
    assert ("0 of 1</span>" in page, 'data-hx-trigger="every 2s"' in page) == (True, True)
    part = as_mara.get(action.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div class="stack" id="job">')


def test_the_result_names_who_was_left_alone_and_why(as_mara, ines, gus):
    ines.tags.add(Tag.objects.named("studio"))
    action = do(as_mara, "tag", ines, gus, name="studio")
    page = as_mara.get(action.get_absolute_url()).content.decode()
    assert '<dt>Done</dt><dd class="number">1</dd>' in page
    assert f'<a href="/backoffice/customers/{ines.pk}/">Ines van der Meulen</a></th>' in page
    assert ("Already has the tag</td>" in page, "Gus Gast" in page) == (True, False)
    assert ("Customers selected individually" in page, "2 of 2" in page) == (True, True)


def test_those_left_alone_come_fifty_at_a_time(as_mara, mara, django_assert_max_num_queries):
    action, customers = made(mara), CustomerFactory.create_batch(60)
    BulkSkip.objects.bulk_create(BulkSkip(action=action, customer=customer, reason="error") for customer in customers)
    with django_assert_max_num_queries(8):
        page = as_mara.get(action.get_absolute_url()).content.decode()
    assert page.count("Failed; see the worker&#39;s log for the reason</td>") == 50
    [more] = [part.split('"')[0] for part in page.split('href="?')[1:]]
    assert as_mara.get(f"{action.get_absolute_url()}?{more}").content.decode().count("for the reason</td>") == 10


def test_what_is_stopped_half_way_keeps_what_is_done_and_says_so(as_mara, store, monkeypatch):
    monkeypatch.setattr(bulk_run, "SIZE", 2)
    CustomerFactory.create_batch(5, access="awaiting")
    action = confirm(as_mara, "approve", view="status=awaiting")
    stops = iter([lambda: None, lambda: as_mara.post(f"{action.get_absolute_url()}stop/"), lambda: None])
    monkeypatch.setattr("shopadmin.bulk.run.between_batches", lambda: next(stops)())
    bulk_run.run(action)
    assert (action.state, action.changed, Customer.objects.awaiting_approval().count()) == ("stopped", 4, 1)
    page = as_mara.get(action.get_absolute_url()).content.decode()
    assert ("Stopped. What was already done is kept." in page, "4 of 5" in page) == (True, True)


def test_what_did_not_begin_is_stopped_at_once(as_mara, mara, ines):
    action = made(mara, picked=[ines.pk])
    assert as_mara.post(f"{action.get_absolute_url()}stop/").url == action.get_absolute_url()
    action.refresh_from_db()
    assert (action.state, action.picked) == ("stopped", [])
    bulk_run.run(action)
    assert not ines.tags.exists()


def test_what_is_over_cannot_be_stopped(as_mara, ines):
    action = do(as_mara, "tag", ines, name="studio")
    as_mara.post(f"{action.get_absolute_url()}stop/")
    action.refresh_from_db()
    assert action.state == "done"


def test_past_actions_are_listed_with_how_they_ended(as_mara, mara, ines, django_assert_max_num_queries):
    assert "No bulk actions yet" in as_mara.get(BULK).content.decode()
    do(as_mara, "tag", ines, name="studio")
    made(mara, kind="password", tag=None)
    with django_assert_max_num_queries(8):
        page = as_mara.get(BULK).content.decode()
    assert page.index(">Send password</a>") < page.index(">Add tag: studio</a>")
    assert ("Queued</span>" in page, "Done</span>" in page) == (True, True)


def test_an_error_in_the_task_is_told_on_the_page(as_mara, ines, monkeypatch):
    monkeypatch.setattr(bulk_run, "_do", lambda *args: 1 / 0)
    action = do(as_mara, "tag", ines, name="studio")
    assert action.state == "failed"
    page = as_mara.get(action.get_absolute_url()).content.decode()
    assert "Stopped by an error. Completed work is kept. See the worker&#39;s log for details." in page

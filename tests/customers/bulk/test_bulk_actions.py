"""What each bulk action does, to whom, and whom it leaves alone."""

from unittest.mock import Mock

import pytest

from customers.bulk import run as bulk_run
from customers.models import BulkAction, Customer, Erasure, HistoryEntry, Tag
from shopadmin.models import Mail, StoreSettings
from shopadmin.roles import Role
from shopadmin.worker.task_runner import Interrupted
from tests.customers.bulk.bulk_actions import confirm, do, look, outcome, reasons
from tests.factories import CustomerFactory

pytestmark = pytest.mark.django_db
Access = Customer.Access


@pytest.fixture
def nina(db):
    """Awaits approval, and speaks German."""
    return CustomerFactory(email="nina@post.example", registered=True, access=Access.AWAITING, language="de")


@pytest.fixture
def manager(client, store):
    person = CustomerFactory(email="max@shop.example", registered=True, is_staff=True, role=Role.MANAGER)
    client.force_login(person)
    return client


def test_approves_who_waits_and_tells_them_in_their_language(as_mara, mara, nina, ines):
    action = do(as_mara, "approve", nina, ines)
    assert (outcome(action), reasons(action)) == (("done", 1, 1), {ines.email: "not_waiting"})
    nina.refresh_from_db()
    mail = Mail.objects.get(to=nina.email)
    assert (nina.access, mail.name, mail.language) == ("open", "approved", "de")
    entry = HistoryEntry.objects.get(customer=nina, field="access")
    assert (entry.actor_kind, entry.actor, entry.source) == ("merchant", mara, "bulk")


def test_sends_a_link_to_whoever_may_sign_in(as_mara, ines, gus, nina):
    blocked = CustomerFactory(access=Access.BLOCKED)
    action = do(as_mara, "password", ines, gus, nina, blocked)
    assert outcome(action) == ("done", 2, 2)
    assert reasons(action) == {nina.email: "not_open", blocked.email: "not_open"}
    assert sorted(Mail.objects.values_list("to", "language")) == [(gus.email, "nl"), (ines.email, "nl")]


@pytest.mark.parametrize("kind", ["approve", "password"])
def test_while_accounts_are_off_nobody_is_written_to(as_mara, nina, kind):
    action = confirm_before_accounts_go_off(as_mara, kind, nina)
    assert (outcome(action), reasons(action)) == (("done", 0, 1), {nina.email: "accounts_off"})
    assert not Mail.objects.exists()


def confirm_before_accounts_go_off(client, kind, nina):
    if kind == "password":
        Customer.objects.filter(pk=nina.pk).update(access=Access.OPEN)
    action = confirm(client, kind, nina)
    StoreSettings.objects.update(accounts_enabled=False)
    bulk_run.run(action)
    return action


def test_a_tag_is_added_once_and_made_if_there_is_none(as_mara, ines, gus):
    gus.tags.add(Tag.objects.named("studio"))
    action = do(as_mara, "tag", ines, gus, name="STUDIO")
    assert (outcome(action), reasons(action)) == (("done", 1, 1), {gus.email: "has_tag"})
    do(as_mara, "tag", ines, name="Press")
    assert [tag.name for tag in ines.tags.all()] == ["Press", "studio"]


def test_a_tag_is_written_into_the_history_with_who_did_it(as_mara, mara, ines):
    do(as_mara, "tag", ines, name="studio")
    entry = HistoryEntry.objects.get(customer=ines, new="studio")
    assert (entry.actor, entry.source) == (mara, "bulk")


def test_a_tag_is_taken_off_who_has_it(as_mara, ines, gus):
    tag = Tag.objects.named("studio")
    gus.tags.add(tag)
    action = do(as_mara, "untag", ines, gus, which=tag.pk)
    assert (outcome(action), reasons(action)) == (("done", 1, 1), {ines.email: "lacks_tag"})
    assert not gus.tags.exists()


def test_erases_and_tells_who_is_registered(as_mara, ines, gus, otto, mailoutbox):
    action = do(as_mara, "erase", ines, gus, number=2)
    assert outcome(action) == ("done", 2, 0)
    assert list(Customer.objects.shoppers()) == [otto]
    assert (Erasure.objects.count(), [mail.to for mail in mailoutbox]) == (2, [["ines@vandermeulen.example"]])


def test_staff_rows_are_an_owners_affair(manager, sam, ines):
    Customer.objects.filter(pk=sam.pk).update(orders_count=1)
    for kind, answers in (("password", {}), ("erase", {"number": 1})):
        action = do(manager, kind, ines, sam, **answers)
        assert (outcome(action), reasons(action)) == (("done", 1, 1), {sam.email: "staff"})


def test_an_owner_does_not_erase_herself(as_mara, mara, sam):
    Customer.objects.staff().update(orders_count=1)
    action = do(as_mara, "erase", mara, sam, number=1)
    assert (outcome(action), reasons(action)) == (("done", 1, 1), {mara.email: "staff"})


def test_a_view_that_the_action_empties_is_done_whole(as_mara, store, monkeypatch):
    monkeypatch.setattr("customers.bulk.selection.READ_AHEAD", 4)
    monkeypatch.setattr("customers.bulk.run.SIZE", 3)
    CustomerFactory.create_batch(11, access=Access.AWAITING)
    action = do(as_mara, "approve", view="status=awaiting&sort=name")
    assert (outcome(action), action.total) == (("done", 11, 0), 11)
    assert not Customer.objects.awaiting_approval().exists()


def test_the_worker_counts_the_days_of_a_view_as_the_shop_does(as_mara, ines, gus):
    """Half past midnight in Amsterdam, while it is still the old year in Greenwich."""
    Customer.objects.filter(pk=ines.pk).update(created_at="2025-12-31T23:30Z")
    Customer.objects.filter(pk=gus.pk).update(created_at="2025-12-31T22:30Z")
    action = do(as_mara, "erase", view="created_to=2025-12-31", number=1)
    assert (outcome(action), list(Customer.objects.shoppers())) == (("done", 1, 0), [ines])


def test_all_means_everybody_but_staff_and_merged_records(as_mara, ines, gus, sam):
    CustomerFactory(merged_into=ines)
    action = do(as_mara, "tag", view="", name="all")
    assert outcome(action) == ("done", 2, 0)
    assert {customer.email for customer in Tag.objects.get().customers.all()} == {ines.email, gus.email}


def test_who_comes_after_it_was_asked_for_is_not_meant(as_mara, ines):
    action = confirm(as_mara, "erase", view="", number=1)
    late = CustomerFactory()
    bulk_run.run(action)
    assert list(Customer.objects.shoppers()) == [late]


def test_who_does_not_match_any_more_is_left_alone(as_mara, ines, gus, monkeypatch):
    for customer in (ines, gus):
        customer.tags.add(Tag.objects.named("old"))
    action = confirm(as_mara, "tag", view=f"tag={Tag.objects.get().pk}", name="new")
    monkeypatch.setattr(bulk_run, "ids_of", lambda action, after: [[ines.pk, gus.pk]])
    gus.tags.clear()
    bulk_run.run(action)
    assert (outcome(action), reasons(action)) == (("done", 1, 1), {gus.email: "changed"})


def test_one_that_fails_does_not_keep_the_others(as_mara, ines, gus, monkeypatch, caplog):
    send = Customer.send_password_link

    def fail_for_ines(customer, **kwargs):
        return send(customer, **kwargs) if customer != ines else 1 / 0

    monkeypatch.setattr(Customer, "send_password_link", fail_for_ines)
    action = do(as_mara, "password", ines, gus)
    assert (outcome(action), reasons(action)) == (("done", 1, 1), {ines.email: "error"})
    assert f"Customer {ines.pk}: ZeroDivisionError" in caplog.text


def test_one_who_cannot_be_erased_does_not_keep_the_others(as_mara, ines, gus, otto, monkeypatch, caplog):
    number = gus.pk

    def fail_for_gus(customers):
        return 1 / 0 if number in customers else dict.fromkeys(customers, [])

    monkeypatch.setattr("customers.privacy.erasure.erasure.what_stays", fail_for_gus)
    action = do(as_mara, "erase", ines, gus, otto, number=3)
    assert (outcome(action), reasons(action)) == (("done", 2, 1), {gus.email: "error"})
    assert (Erasure.objects.count(), list(Customer.objects.shoppers())) == (2, [gus])
    assert f"Customer {number}: ZeroDivisionError" in caplog.text


def test_an_erasure_that_is_interrupted_goes_on_where_it_was(as_mara, ines, gus, otto, monkeypatch):
    monkeypatch.setitem(bulk_run.SIZES, "erase", 2)
    action = confirm(as_mara, "erase", ines, gus, otto, number=3)
    monkeypatch.setattr("shopadmin.bulk.run.between_batches", Mock(side_effect=[Interrupted, None, None]))
    with pytest.raises(Interrupted):
        bulk_run.run(action)
    action.refresh_from_db()
    assert (outcome(action), list(Customer.objects.shoppers())) == (("running", 2, 0), [otto])
    bulk_run.run(BulkAction.objects.get(pk=action.pk))
    action.refresh_from_db()
    assert (outcome(action), Erasure.objects.count()) == (("done", 3, 0), 3)


@pytest.mark.parametrize("lost", [{"role": Role.SUPPORT}, {"is_staff": False, "role": ""}, {"access": "blocked"}])
def test_whoever_lost_the_right_meanwhile_does_nothing_more(as_mara, mara, ines, lost):
    action = confirm(as_mara, "erase", ines, number=1)
    Customer.objects.filter(pk=mara.pk).update(**lost)
    bulk_run.run(action)
    assert (outcome(action), Customer.objects.filter(pk=ines.pk).exists()) == (("failed", 0, 0), True)
    assert action.error == "The person who started this no longer has permission."


def test_what_a_colleague_who_left_asked_for_is_not_done(as_mara, mara, sam, ines):
    action = confirm(as_mara, "erase", ines, number=1)
    Customer.objects.filter(pk=mara.pk).delete()
    action = BulkAction.objects.get(pk=action.pk)
    bulk_run.run(action)
    assert (action.state, Customer.objects.filter(pk=ines.pk).exists()) == ("failed", True)


def test_without_its_tag_there_is_nothing_to_do(as_mara, ines):
    action = confirm(as_mara, "tag", ines, name="studio")
    Tag.objects.all().delete()
    action = BulkAction.objects.get(pk=action.pk)
    bulk_run.run(action)
    assert (action.state, action.error) == ("failed", "The tag has been deleted in the meantime.")


def test_what_may_name_people_is_forgotten_when_it_is_over(as_mara, ines):
    view = "q=ines%40vandermeulen.example&status=registered"
    action = confirm(as_mara, "tag", view=view, name="studio")
    assert action.query == view
    bulk_run.run(action)
    assert action.query == "status=registered"
    picked = do(as_mara, "untag", ines, which=Tag.objects.get().pk)
    assert (picked.picked, picked.by_hand) == ([], True)


def test_the_preview_counts_what_the_run_does(as_mara, nina, ines, gus):
    page = look(as_mara, "approve", nina, ines, gus)
    assert "<strong>1 customer</strong> will be approved and notified by email." in page
    assert '<dt>Is not awaiting approval</dt><dd class="number">2</dd>' in page
    assert outcome(do(as_mara, "approve", nina, ines, gus)) == ("done", 1, 2)

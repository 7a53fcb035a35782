"""Tags: stuck on and taken off, suggested, counted, renamed, merged and deleted; each written into the history."""

import pytest
from django.urls import reverse

from customers.history import acting
from customers.models import CustomerTag, Segment, Tag
from tests.factories import CustomerFactory
from tests.shown_page import errors, facts, table_rows, value_of

pytestmark = pytest.mark.django_db
TAGS = "/backoffice/customers/tags/"


def url_of(customer):
    return f"/backoffice/customers/{customer.pk}/tags/"


def names_of(customer):
    return [tag.name for tag in customer.tags.all()]


def tag_changes(customer):
    rows = customer.history.filter(field="tag").order_by("id")
    return list(rows.values_list("old", "new", "actor_kind"))


def test_shoppers_find_neither_page(client, otto, ines, store):
    client.force_login(otto)
    assert [client.get(url).status_code for url in (url_of(ines), TAGS)] == [404, 404]


def test_who_only_looks_may_change_no_tag(client, rosa, ines, store):
    client.force_login(rosa)
    assert client.post(url_of(ines), {"name": "studio"}).status_code == 403
    assert names_of(ines) == []


def test_a_tag_is_added_by_name_and_shown_on_the_overview(as_mara, ines):
    assert as_mara.post(url_of(ines), {"name": " Studio "}).url == url_of(ines)
    assert names_of(ines) == ["Studio"]
    tag = Tag.objects.get()
    page = as_mara.get(ines.get_absolute_url()).content.decode()
    assert f'<a class="tag" href="/backoffice/customers/?tag={tag.pk}">Studio</a>' in page


def test_the_same_word_in_another_case_or_with_accents_is_the_same_tag(as_mara, ines, otto):
    as_mara.post(url_of(ines), {"name": "Großkunde"})
    as_mara.post(url_of(otto), {"name": "GROSSKUNDE"})
    as_mara.post(url_of(otto), {"name": "großkunde"})
    assert (Tag.objects.count(), names_of(otto)) == (1, ["Großkunde"])


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "This field is required."),
        ("!!!", "A tag must contain a letter or a digit."),
        ("ﷺ" * 40, "Enter a shorter tag."),
        ("x" * 41, "Ensure this value has at most 40 characters (it has 41)."),
    ],
)
def test_what_is_no_tag_is_answered_at_the_field(as_mara, ines, name, message):
    page = as_mara.post(url_of(ines), {"name": name})
    assert errors(page) == {"name": message}
    assert (names_of(ines), value_of(page, "name")) == ([], name)


def test_a_tag_is_taken_off(as_mara, ines):
    ines.tags.set([Tag.objects.named("studio"), Tag.objects.named("pick-up")])
    as_mara.post(url_of(ines), {"remove": Tag.objects.named("studio").pk})
    assert names_of(ines) == ["pick-up"]


@pytest.mark.parametrize("remove", ["0", "x", "99999999999999999999"])
def test_what_is_not_there_cannot_be_taken_off(as_mara, ines, remove):
    assert as_mara.post(url_of(ines), {"remove": remove}).status_code == 302


def test_tags_that_the_shop_has_are_suggested(as_mara, ines):
    Tag.objects.named("wholesale <10>")
    page = as_mara.get(url_of(ines)).content.decode()
    assert '<option value="wholesale &lt;10&gt;">' in page


def test_what_was_added_and_removed_is_in_the_history_with_its_author(as_mara, ines):
    as_mara.post(url_of(ines), {"name": "studio"})
    as_mara.post(url_of(ines), {"remove": Tag.objects.get().pk})
    assert tag_changes(ines) == [("", "studio", "merchant"), ("studio", "", "merchant")]


def test_tags_that_come_in_bulk_are_in_the_history_too(ines, otto):
    tag, other = Tag.objects.named("studio"), Tag.objects.named("gallery")
    with acting.command("import_customers"):
        CustomerTag.objects.bulk_create([CustomerTag(customer=person, tag=tag) for person in (ines, otto)])
        CustomerTag.objects.filter(customer=ines).update(tag=other)
    assert tag_changes(otto) == [("", "studio", "command")]
    assert sorted(tag_changes(ines)) == [
        ("", "gallery", "command"), ("", "studio", "command"), ("studio", "", "command"),
    ]  # fmt: skip


def test_a_tag_that_moves_to_another_customer_is_in_the_history_of_both(ines, otto):
    ines.tags.add(Tag.objects.named("studio"))
    CustomerTag.objects.update(customer=otto)
    assert tag_changes(ines) == [("", "studio", "shell"), ("studio", "", "shell")]
    assert tag_changes(otto) == [("", "studio", "shell")]


def test_erasing_a_customer_leaves_nothing_of_the_tags(as_mara, ines):
    ines.tags.add(Tag.objects.named("studio"))
    page = as_mara.get(f"/backoffice/customers/{ines.pk}/delete/").content.decode()
    as_mara.post(f"/backoffice/customers/{ines.pk}/delete/")
    assert ("1 tag" in page, CustomerTag.objects.count()) == (True, 0)


def test_the_timeline_says_it_in_words(as_mara, ines):
    as_mara.post(url_of(ines), {"name": "studio"})
    assert facts(as_mara.get(ines.get_absolute_url()))["Tag"] == "is now studio"


def test_all_tags_are_listed_with_the_number_of_customers(as_mara, ines, otto):
    for person in (ines, otto):
        person.tags.add(Tag.objects.named("studio"))
    Tag.objects.named("unused")
    assert [row[:2] for row in table_rows(as_mara.get(TAGS))] == [["studio", "2 customers"], ["unused", "0 customers"]]


def test_a_tag_is_renamed(as_mara, ines):
    ines.tags.add(tag := Tag.objects.named("studio"))
    assert as_mara.post(f"{TAGS}{tag.pk}/rename/", {"name": "Atelier"}).url == TAGS
    assert names_of(ines) == ["Atelier"]


def test_a_tag_renamed_to_another_becomes_one_with_it(as_mara, ines, otto):
    tag, other = Tag.objects.named("studio"), Tag.objects.named("Atelier")
    ines.tags.set([tag, other])
    otto.tags.set([tag])
    as_mara.post(f"{TAGS}{tag.pk}/rename/", {"name": "ATELIER"})
    assert (names_of(ines), names_of(otto), Tag.objects.count()) == (["Atelier"], ["Atelier"], 1)


def test_saved_views_follow_a_tag_that_became_another(as_mara):
    tag, other = Tag.objects.named("studio"), Tag.objects.named("atelier")
    segment = Segment.objects.create(name="Studios", query=f"country=DE&tag={tag.pk}")
    untouched = Segment.objects.create(name="Others", query=f"q=tag%3D{tag.pk}&tag={tag.pk}0")
    as_mara.post(f"{TAGS}{tag.pk}/rename/", {"name": "atelier"})
    assert Segment.objects.get(pk=segment.pk).query == f"country=DE&tag={other.pk}"
    assert Segment.objects.get(pk=untouched.pk).query == untouched.query


def test_a_wrong_name_comes_back_with_what_was_typed(as_mara):
    tag = Tag.objects.named("studio")
    page = as_mara.post(f"{TAGS}{tag.pk}/rename/", {"name": "?!"}).content.decode()
    assert ('value="?!"' in page, "A tag must contain a letter or a digit." in page) == (True, True)
    assert Tag.objects.get().name == "studio"


def test_a_tag_is_deleted_only_after_asking(as_mara, ines):
    ines.tags.add(tag := Tag.objects.named("studio"))
    page = as_mara.get(f"{TAGS}{tag.pk}/delete/").content.decode()
    assert ("The tag will be removed from 1 customer." in page, names_of(ines)) == (True, ["studio"])
    as_mara.post(f"{TAGS}{tag.pk}/delete/")
    assert (names_of(ines), tag_changes(ines)[-1]) == ([], ("studio", "", "merchant"))


def test_a_tag_more_costs_no_query_more(as_mara, django_assert_max_num_queries, django_assert_num_queries):
    CustomerFactory().tags.add(Tag.objects.named("one"))
    with django_assert_max_num_queries(8) as first:
        as_mara.get(TAGS)
    for name in ("two", "three"):
        CustomerFactory().tags.add(Tag.objects.named(name))
    with django_assert_num_queries(len(first)):
        as_mara.get(reverse("tags"))

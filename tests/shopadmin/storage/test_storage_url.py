"""STORAGE_URL: what it names, and that it never names something else by mistake."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from shopadmin.storage.areas import AREAS, areas


def options_of(url, area="documents"):
    return areas(url)[area]["OPTIONS"]


def test_without_it_each_area_is_a_folder():
    assert {name: areas("")[name]["OPTIONS"] for name in AREAS} == {name: {"area": name} for name in AREAS}


def test_it_names_key_secret_bucket_prefix_endpoint_and_region():
    found = options_of("s3://KEY:a%2Fb%2Bc@My.Bucket/shops/one?endpoint=https://s3.example&region=eu-west-1", "exports")
    assert found == {
        "access_key": "KEY", "secret_key": "a/b+c", "bucket_name": "My.Bucket", "location": "shops/one/exports",
        "endpoint_url": "https://s3.example", "region_name": "eu-west-1",
    }  # fmt: skip


def test_a_bucket_alone_is_enough_where_the_machine_has_a_role():
    assert options_of("s3://bucket") == {"bucket_name": "bucket", "location": "documents"}


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://bucket.example/x", "does not begin with s3://"),
        ("s3://KEY:sec/ret@bucket/shop", "write / as %2F"),
        ("s3://KEY:sec#ret@bucket/shop", "# as %23"),
        ("s3://KEY:sec?ret@bucket/shop", "in the secret"),
        ("s3://bucket/shop?acl=public-read", "has no parameter acl. It has endpoint and region."),
        ("s3://bucket/shop?endpoint=s3.example", "the endpoint begins with https://"),
        ("s3://KEY@bucket", "half a key"),
        ("s3://KEY:@bucket", "half a key"),
        ("s3://KEY:secret@/shop", "names no bucket"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_way_to_right_it(url, words):
    with pytest.raises(ImproperlyConfigured, match=words.replace("?", r"\?").replace("(", r"\(")):
        areas(url)

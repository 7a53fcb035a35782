"""A bucket of a real server that speaks S3, in which the files of a test are kept."""

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from urllib.parse import quote
from uuid import uuid4
from wsgiref.types import WSGIApplication

import pytest
from django.test import override_settings

from shopadmin.storage.areas import areas

KEY, SECRET, REGION = "AKIA0EXAMPLE", "a/secret+with@signs#=", "eu-central-1"


@dataclass
class Bucket:
    """One of its own for each test."""

    endpoint: str
    name: str

    def url(self, *, name: str = "", endpoint: str = "") -> str:
        """What STORAGE_URL is, or would be with another name or endpoint."""
        signature = f"{KEY}:{quote(SECRET, safe='')}"
        return f"s3://{signature}@{name or self.name}/shop?endpoint={endpoint or self.endpoint}&region={REGION}"

    def objects(self) -> dict[str, bytes]:
        """All that is in it."""
        return {one.key: one.get()["Body"].read() for one in self.resource.Bucket(self.name).objects.all()}

    def fill(self, objects: dict[str, bytes]) -> None:
        """Put these into it, in place of all that is in it."""
        bucket = self.resource.Bucket(self.name)
        bucket.objects.all().delete()
        for key, content in objects.items():
            bucket.put_object(Key=key, Body=content)

    @property
    def resource(self):
        # Reason: where boto3 is not installed, tests of buckets alone are left out.
        import boto3

        where = {"endpoint_url": self.endpoint, "region_name": REGION}
        return boto3.resource("s3", aws_access_key_id=KEY, aws_secret_access_key=SECRET, **where)

    @contextmanager
    def away(self) -> Iterator[None]:
        """Nobody listens where the store should be."""
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            with stored_at(self.url(endpoint=f"http://127.0.0.1:{nobody.getsockname()[1]}")):
                yield


@contextmanager
def stored_at(url: str) -> Iterator[None]:
    """Files are kept there."""
    static = {"staticfiles": {"BACKEND": "shopadmin.rendering.static_bundle.BundlingStorage"}}
    with override_settings(STORAGE_URL=url, STORAGES=areas(url) | static):
        yield


def untouched(store: WSGIApplication) -> WSGIApplication:
    return store


@contextmanager
def object_server(around: Callable[[WSGIApplication], WSGIApplication] = untouched) -> Iterator[str]:
    """The address of a server, while it lasts; something may stand around it."""
    # Reason: where it is not installed, tests of buckets alone are left out.
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # or it writes down each request
    store = around(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, store, threaded=True, request_handler=MotoRequestHandler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


@contextmanager
def bucket_of_its_own(around: Callable[[WSGIApplication], WSGIApplication] = untouched) -> Iterator[Bucket]:
    """An empty bucket on a server of its own."""
    with object_server(around) as endpoint:
        yield _made(endpoint)


def _made(endpoint: str) -> Bucket:
    bucket = Bucket(endpoint, f"shop-{uuid4().hex[:12]}")
    bucket.resource.create_bucket(Bucket=bucket.name, CreateBucketConfiguration={"LocationConstraint": REGION})
    return bucket


@pytest.fixture(scope="session")
def object_store() -> Iterator[str]:
    """The address of the server, started once a run."""
    pytest.importorskip("moto.server", reason="moto[server] is not installed")
    with object_server() as endpoint:
        yield endpoint


@pytest.fixture
def bucket(object_store) -> Iterator[Bucket]:
    """Files of this test are kept in a bucket."""
    bucket = _made(object_store)
    with stored_at(bucket.url()):
        yield bucket

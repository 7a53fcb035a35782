"""Files in a private bucket that speaks S3. Imported only where STORAGE_URL names one: boto3 is large.

What boto3 raises is no OSError: here it becomes one, so that whoever is careful about disks is careful about buckets.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import RawIOBase
from pathlib import Path
from threading import Lock

from boto3 import Session
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

from shopadmin.storage.kept import OutOfReach, scratch_file

# Not every store that speaks S3 knows the checksums that came in 2025.
OLD_CHECKSUMS = {"request_checksum_calculation": "when_required", "response_checksum_validation": "when_required"}
# A shopper may be waiting, whose order caused an invoice.
PATIENT = {"connect_timeout": 2, "read_timeout": 10, "retries": {"total_max_attempts": 2}}
IMPATIENT = {"connect_timeout": 1, "read_timeout": 3, "retries": {"total_max_attempts": 1}}
PROBE = "probe"
_making_connections = Lock()  # sessions of boto3 are not safe for threads; what they make is


@contextmanager
def as_file_errors() -> Iterator[None]:
    """Raise FileNotFoundError for what is not there, and OutOfReach for whatever else store or network say."""
    try:
        yield
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404 and _code_of(error) != "NoSuchBucket":
            raise FileNotFoundError(f"No such object: {_code_of(error)}") from error
        raise OutOfReach(_words_of(error)) from error
    except BotoCoreError as error:
        raise OutOfReach(_words_of(error)) from error


class BucketStorage(S3Storage):
    """One area of the bucket. Files are written under names of our own, and read once from beginning to end."""

    def __init__(self, **settings) -> None:
        # Threads would hold 8 MB each in memory.
        one_by_one = TransferConfig(use_threads=False)
        super().__init__(client_config=Config(**PATIENT, **OLD_CHECKSUMS), transfer_config=one_by_one, **settings)

    def _open(self, name: str, mode: str = "rb") -> File:
        """As it comes from the store, chunk by chunk; S3Storage would fetch all of it first."""
        with as_file_errors():
            found = self.bucket.Object(self._normalize_name(name)).get()
        file = File(_Body(found["Body"]), name)
        file.size = found["ContentLength"]
        return file

    @contextmanager
    def at_hand(self, name: str) -> Iterator[Path]:
        """Where the file can be read again and again: in a copy of this machine's own, while it lasts."""
        with self.open(name) as file, scratch_file(file.chunks()) as path:
            yield path

    def _save(self, name: str, content: File) -> str:
        with as_file_errors():
            return super()._save(name, content)

    def delete(self, name: str) -> None:
        """Delete a file; nothing happens where it is not there."""
        with as_file_errors():
            super().delete(name)

    def exists(self, name: str) -> bool:
        """Whether the file is there."""
        with as_file_errors():
            return super().exists(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        """The folders and files in a folder; none where it is not there."""
        with as_file_errors():
            return super().listdir(name)

    @property
    def connection(self):
        """A connection for each thread, as S3Storage has it, made by one thread at a time."""
        with _making_connections:
            return super().connection

    def _create_session(self) -> Session:
        return _session(self.access_key, self.secret_key, self.security_token)

    def trouble(self) -> str:
        """Why the store does not answer now, in few words and within seconds; nothing where it does."""
        config = self.client_config.merge(Config(**IMPATIENT))
        where = {"region_name": self.region_name, "endpoint_url": self.endpoint_url}
        try:
            with _making_connections:
                client = self._create_session().client("s3", config=config, **where)
            client.list_objects_v2(Bucket=self.bucket_name, Prefix=f"{self.location}/", MaxKeys=1)
        except (ClientError, BotoCoreError, ValueError) as error:
            return _words_of(error)
        return ""

    def refusal(self) -> str:
        """What of writing, reading and deleting a file the store refuses, in few words; nothing where it takes all."""
        name = f"{PROBE}-{secrets.token_hex(8)}"
        try:
            self.save(name, ContentFile(b"x"))
            with self.open(name) as file:
                file.read()
            self.delete(name)
        except OSError as error:
            return str(error)
        return ""


@cache
def _session(key: str | None, secret: str | None, token: str | None) -> Session:
    """One for all areas and threads: each would read boto3's descriptions of services anew, which takes long."""
    return Session(aws_access_key_id=key, aws_secret_access_key=secret, aws_session_token=token)


class _Body(RawIOBase):
    """What the store sends, with errors as files have them."""

    def __init__(self, body) -> None:
        self.body = body

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        with as_file_errors():
            return self.body.read(None if size is None or size < 0 else size)

    def close(self) -> None:
        if not self.closed:
            self.body.close()
        super().close()


def _code_of(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _words_of(error: Exception) -> str:
    """The kind of error: its own words may hold keys, and the names of files."""
    return _code_of(error) if isinstance(error, ClientError) else type(error).__name__

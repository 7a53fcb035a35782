"""Where files are kept that another machine may ask for: four areas, each a folder of DATA_DIR or a part of a bucket.

`STORAGE_URL=s3://KEY:SECRET@BUCKET/PREFIX?endpoint=https://…&region=…` names a bucket of Amazon S3 or of anything that
speaks as it does. Without a key it is found as boto3 finds one: AWS_* variables, or the role of the machine.
"""

from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

AREAS = ("documents", "imports", "exports", "pictures")
PARAMETERS = {"endpoint": "endpoint_url", "region": "region_name"}
SHAPE = "STORAGE_URL must look like s3://KEY:SECRET@BUCKET/PREFIX?endpoint=https://…&region=…"


def areas(url: str) -> dict[str, dict]:
    """What STORAGES says of each area; ImproperlyConfigured, with the way to right it, where the address is wrong."""
    if not url:
        return {name: _stored_by("private_files.PrivateStorage", area=name) for name in AREAS}
    prefix, options = _bucket(url)
    return {name: _stored_by("bucket.BucketStorage", location=f"{prefix}{name}", **options) for name in AREAS}


def _stored_by(backend: str, **options: str) -> dict:
    return {"BACKEND": f"shopadmin.storage.{backend}", "OPTIONS": options}


def _bucket(url: str) -> tuple[str, dict[str, str]]:
    """What stands before the name of each area, and the options of the bucket."""
    parts = urlsplit(url)
    signature, _at, bucket = parts.netloc.rpartition("@")  # `hostname` would write the bucket in small letters
    _refuse_what_cannot_be_meant(parts, bucket)
    options = {"bucket_name": bucket} | _parameters(parts.query)
    if signature:
        key, _colon, secret = signature.partition(":")
        if not (key and secret):
            raise ImproperlyConfigured(f"STORAGE_URL has half a key. {SHAPE}.")
        options |= {"access_key": unquote(key), "secret_key": unquote(secret)}
    prefix = unquote(parts.path).strip("/")
    return f"{prefix}/" if prefix else "", options


def _refuse_what_cannot_be_meant(parts: SplitResult, bucket: str) -> None:
    if parts.scheme != "s3":
        raise ImproperlyConfigured(f"STORAGE_URL does not begin with s3://. {SHAPE}.")
    # A / in the secret ends the part with the key for whoever reads the address: half of it would be the bucket.
    if ":" in bucket or "@" in parts.path or "@" in parts.query or parts.fragment:
        raise ImproperlyConfigured("STORAGE_URL: in the secret, write / as %2F, + as %2B, @ as %40 and # as %23.")
    if not bucket:
        raise ImproperlyConfigured(f"STORAGE_URL names no bucket. {SHAPE}.")


def _parameters(query: str) -> dict[str, str]:
    given = parse_qsl(query, keep_blank_values=True)
    if unknown := {name for name, _value in given} - set(PARAMETERS):
        known = " and ".join(PARAMETERS)
        raise ImproperlyConfigured(f"STORAGE_URL has no parameter {', '.join(sorted(unknown))}. It has {known}.")
    options = {PARAMETERS[name]: value for name, value in given}
    if urlsplit(options.get("endpoint_url", "https://")).scheme not in {"http", "https"}:
        raise ImproperlyConfigured("STORAGE_URL: the endpoint begins with https:// (or http:// within one's own net).")
    return options

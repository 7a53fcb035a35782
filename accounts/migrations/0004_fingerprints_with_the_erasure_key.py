import json
import re
import unicodedata

from django.conf import settings
from django.core import signing
from django.db import migrations
from django.utils.crypto import salted_hmac

NOT = r"""\s"\\<>()\[\],;:|"""  # in no address
ADDRESS = re.compile(f"[^{NOT}]{{1,64}}@[^{NOT}]*[^{NOT}.]")
# As django.contrib.sessions signs what is in one, and as the product wrote fingerprints when this was made.
SESSIONS, FINGERPRINTS = "django.contrib.sessions.SessionStore", "customers.importing.erased"


def look_into_sessions_again(apps, schema_editor):
    """Write the fingerprints anew that were made with SECRET_KEY: an erasure would not find them any more."""
    sessions = apps.get_model("accounts", "Session").objects.filter(customer=None)
    rows = apps.get_model("accounts", "SessionAddress").objects
    rows.all().delete()
    for key, data in sessions.values_list("session_key", "session_data").iterator(chunk_size=500):
        found = {_fingerprint(address) for address in _addresses_in(data)}
        rows.bulk_create([rows.model(session_id=key, fingerprint=one) for one in sorted(found)])


def _addresses_in(data):
    try:
        known = signing.loads(data, salt=SESSIONS, serializer=signing.JSONSerializer)
    except signing.BadSignature:
        return []
    return ADDRESS.findall(json.dumps(known, ensure_ascii=False))


def _fingerprint(address):
    """International domains in Unicode aside: a session lives two weeks."""
    address = unicodedata.normalize("NFKC", address).strip().lower()
    return salted_hmac(FINGERPRINTS, address, secret=settings.ERASURE_KEY, algorithm="sha256").hexdigest()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_sign_ins"),
    ]

    operations = [
        migrations.RunPython(look_into_sessions_again, migrations.RunPython.noop, elidable=True),
    ]

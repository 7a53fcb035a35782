import json
import re
import unicodedata

import django.db.models.deletion
from django.core import signing
from django.db import migrations, models
from django.utils.crypto import salted_hmac

NOT = r"""\s"\\<>()\[\],;:|"""  # in no address
ADDRESS = re.compile(f"[^{NOT}]+@[^{NOT}]*[^{NOT}.]")
# As django.contrib.sessions signs what is in one, and as the product wrote fingerprints when this was made.
SESSIONS, FINGERPRINTS = "django.contrib.sessions.SessionStore", "customers.importing.erased"


def look_into_sessions(apps, schema_editor):
    """Keep the fingerprints of the addresses that are in the sessions of nobody."""
    sessions = apps.get_model("accounts", "Session").objects.filter(customer=None)
    rows = apps.get_model("accounts", "SessionAddress").objects
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
    return salted_hmac(FINGERPRINTS, address, algorithm="sha256").hexdigest()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SessionAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=64)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
                        to="accounts.session",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("fingerprint", "session"), name="one_address_once_a_session")
                ],
            },
        ),
        migrations.RunPython(look_into_sessions, migrations.RunPython.noop, elidable=True),
    ]

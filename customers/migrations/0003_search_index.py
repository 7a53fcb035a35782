from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

from shopadmin.search_index import trigram_index


class Migration(migrations.Migration):
    """Fragments of three letters and more are found by an index; SQLite's is made after each `migrate`."""

    dependencies = [("customers", "0002_at_a_million")]
    operations = [TrigramExtension(), trigram_index("customers_customer")]

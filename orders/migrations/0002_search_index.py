from django.db import migrations

from shopadmin.search_index import trigram_index


class Migration(migrations.Migration):
    """Fragments of orders are found by an index too."""

    dependencies = [("orders", "0001_initial"), ("customers", "0003_search_index")]
    operations = [trigram_index("orders_order")]

"""The benchmark's CSV file is one that the import takes in whole."""

import pytest
from django.core.management import call_command

from customers.models import Address, Customer, CustomerImport
from tests.benchmarks import rows
from tests.benchmarks.shop import write_customers

CUSTOMERS = 200
SAME = ("email", "phone", "mobile", "company_name", "marketing_consent", "ship_elsewhere", "created_at", "country")


@pytest.mark.django_db(transaction=True)
def test_importing_the_file_makes_the_customers_of_the_data(store, tmp_path):
    rows.write(tmp_path / "customers.csv", CUSTOMERS)
    call_command("import_customers", str(tmp_path / "customers.csv"))
    job = CustomerImport.objects.get()
    imported = list(Customer.objects.order_by("email").values_list(*SAME))
    addresses = Address.objects.count()
    Customer.objects.all().delete()
    write_customers(CUSTOMERS)
    assert (job.created, job.rejected, addresses) == (CUSTOMERS, 0, Address.objects.count())
    assert list(Customer.objects.order_by("email").values_list(*SAME)) == imported

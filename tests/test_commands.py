"""Every command of ours explains itself, with an example, before there is a database."""

import re

import pytest
from django.core.management import call_command, get_commands

OURS = sorted(name for name, app in get_commands().items() if app in {"shopadmin", "customers", "orders", "accounts"})


def test_our_commands_are_those_of_the_readme():
    assert OURS == [
        "approve_customer", "createsuperuser", "demo", "erase_customer", "export_customers", "export_orders",
        "export_products", "import_customers", "import_orders", "import_products", "merge_customers", "metrics",
        "personal_data", "purge",
        "recount_customers", "recount_sales", "replay_erasures", "reset_second_factor", "send_password", "worker",
    ]  # fmt: skip


@pytest.mark.parametrize("name", OURS)
def test_help_needs_no_database_and_has_an_example(name, capsys):
    with pytest.raises(SystemExit, match="0"):
        call_command(name, "--help")
    assert re.search(rf"Examples?:\s+manage\.py {name}", capsys.readouterr().out)

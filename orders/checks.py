"""What `manage.py check --deploy` says of orders."""

from django.core.checks import CheckMessage, Tags, register

from orders.dashboard import sales_triggers
from orders.documents import frozen
from orders.handling import sort_copies


@register(Tags.security, deploy=True)
def documents_are_frozen(**kwargs) -> list[CheckMessage]:
    """Find out whether the database refuses changes of issued documents; before the first `migrate` it need not."""
    return frozen.TRIGGERS.check("Issued documents could be changed", id="orders.E001")


@register(Tags.security, deploy=True)
def sales_are_counted(**kwargs) -> list[CheckMessage]:
    """Find out whether the database counts the sales that the dashboard shows."""
    return sales_triggers.TRIGGERS.check("Sales are not counted for the dashboard", id="orders.E002")


@register(Tags.security, deploy=True)
def sorts_are_copied(**kwargs) -> list[CheckMessage]:
    """Find out whether the database copies what orders are sorted by to their lines and tags."""
    return sort_copies.TRIGGERS.check("Lists of a product or tag lack new orders", id="orders.E003")

"""What an edit kept of a person goes with the person."""

from customers.privacy.erasure.erasure import erase
from orders.editing.edit import edit
from orders.editing.edited import Wanted
from tests.orders.editing.edits import order_of_mugs
from tests.shown_page import facts


def test_an_erasure_takes_names_and_addresses_from_the_timeline_and_leaves_the_items(as_mara, ines):
    order = order_of_mugs(ines)
    edit(order, Wanted(contact={"last_name": "Molen"}, quantities={order.lines.get().pk: 1}))
    erase(ines, by="merchant", notify=False)
    assert [[change[0] for change in order.events.get(kind="edited").facts[kind]] for kind in ("order",)] == [
        ["line", "vat", "total"]
    ]
    assert "Last name" not in facts(as_mara.get("/backoffice/orders/W10479/"))

"""What browsers and other machines read is written alike in every language."""

import pytest

from tests.factories import OrderFactory


@pytest.mark.parametrize("language", ["en", "nl", "de"])
def test_amounts_for_machines_have_a_point(client, settings, ines, store, language):
    order = OrderFactory(customer=ines, number="W10479")
    client.force_login(ines)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for address in ("/account/orders/W10479/", f"/order/{order.token}/"):
        assert '<data value="33.00">' in client.get(address).content.decode()

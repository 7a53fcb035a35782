"""From the cart to the placed order.

`views.py` has the three steps, `session.py` what was typed so far. `quote.py` says what it costs, with `totals.py` for
money and rounding; `place.py` places it, for the shop and for orders by phone.
"""

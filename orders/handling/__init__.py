"""What a merchant does with orders: the list, the page of one, and what can be done to it.

Each of these is a function with a page of its own: payments, refunds, shipping, pickup, cancellation, completion.
docs/design.md ("What happens to an order") has them in a table.
"""

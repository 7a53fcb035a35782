class OrderError(Exception):
    """What cannot be done to an order, said to whoever tried it."""


class AccountGone(Exception):
    """The shopper who orders was erased meanwhile."""

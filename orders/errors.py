class OrderError(Exception):
    """What cannot be done to an order, said to whoever tried it."""

"""What is locked before customers: whoever changes customers together with what is theirs locks that first.

Orders, then products, then customers, each by their ids (docs/design.md, “What happens to an order”). Whoever takes
them in another sequence and somebody who takes them in this one may wait for each other; the database then ends one of
the two with an error.
"""

from collections.abc import Callable, Collection

# Each app that locks rows of its own before customers adds how it locks those of some, by the customers' numbers.
locks: list[Callable[[Collection[int]], None]] = []


def lock_what_comes_first(customers: Collection[int]) -> None:
    """Lock what comes before these customers, by number, until the transaction ends; the caller locks their rows next.

    What becomes theirs in between is not locked by this. Whoever writes to it then holds the customers already, out of
    sequence, but for that one moment alone.
    """
    for lock in locks:
        lock(customers)

"""What ERASURE_LOG says, for tests."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from customers import signals
from customers.models import Customer
from customers.privacy.erasure import erasure_log_format


def logged() -> set[str]:
    """The fingerprints that count, as a replay reads them."""
    path = Path(settings.ERASURE_LOG)
    return set(erasure_log_format.read([path] if path.exists() else []).erased_at)


def prints_of(*people: tuple[int, str]) -> set[str]:
    """What the log must hold of these numbers and addresses."""
    return {erasure_log_format.fingerprint(number, email) for number, email in people}


def kinds_of_lines() -> list[str]:
    """Line by line, whether it says that somebody was erased or takes that back."""
    return [line.split()[2] for line in lines_of_the_log()]


def lines_of_the_log() -> Iterable[str]:
    return Path(settings.ERASURE_LOG).read_text().splitlines()


@contextmanager
def erasures_fail_of(customer: Customer) -> Iterator[None]:
    """An erasure that this customer is in fails in the middle."""

    def fail(sender, *, people, **kwargs):
        if customer.pk in {one.customer.pk for one in people}:
            raise ValueError("This one fails.")

    signals.customers_erased.connect(fail)
    yield
    signals.customers_erased.disconnect(fail)

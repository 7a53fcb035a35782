"""Lists of the floor's pages to which the apps above add what is theirs, when they are ready."""

from collections.abc import Callable

from django.utils.functional import Promise

# Each says in words what is wrong with keeping documents for so many years in a country; nothing where nothing is.
retention_doubts: list[Callable[[str, int], str]] = []
# (code, words) of each way to pay, for the store settings.
payment_methods: list[tuple[str, str | Promise]] = []

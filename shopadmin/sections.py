"""Lists of the floor's pages to which the apps above add what is theirs, when they are ready."""

from django.utils.functional import Promise

# (code, words) of each way to pay, for the store settings.
payment_methods: list[tuple[str, str | Promise]] = []

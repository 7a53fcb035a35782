"""Numbers of rows as they come in: in addresses, forms and commands."""

MOST_DIGITS = 18  # what a column of 64 bits holds whichever digits they are


def is_row_id(text: str) -> bool:
    """Whether a row could have this number."""
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS

"""How many of what, as commands say it: they speak English alone."""


def counted(count: int, thing: str) -> str:
    """Return the count with its thing: 1 order, 2,000 orders."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"

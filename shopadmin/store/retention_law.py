"""How long records must be kept, for the store settings: the app that knows the law enters it when it is ready."""

from collections.abc import Callable
from typing import NamedTuple


class RetentionLaw(NamedTuple):
    """What holds for one field of the settings: the years of a country, and what is wrong with fewer of them.

    `is_custom`: no law asks for these years.
    """

    years: Callable[[str], int]
    is_custom: Callable[[str], bool]
    doubt: Callable[[str, int], str]


# By the field of the settings.
laws: dict[str, RetentionLaw] = {}

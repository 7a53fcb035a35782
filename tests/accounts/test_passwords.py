"""What makes a good password."""

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import get_password_validators, validate_password
from django.core.exceptions import ValidationError

from customers.models import Customer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
INES = Customer(email="ines@vandermeulen.example")


def is_good(password):
    try:
        validate_password(password, INES)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    "password",
    [
        "twelve signs",
        "x y z x y z x y z " * 4,
        "ünïcödé ünd mehr",
        "veldig gode ord i rad",
        "🙂🙃🙂🙃🙂🙃🙂🙃🙂🙃🙂🙃",
        "a" * 4096,
    ],
)
def test_long_ones_are_good_whatever_is_in_them(password):
    assert is_good(password)


@pytest.mark.parametrize(
    "password",
    [
        "eleven sign", "1q2w3e4r5t6y", "ines@vandermeulen.example", "Ines@VanDerMeulen.Example1", "ines.vandermeulen",
        "Veld & Vorm!", "veldvorm2024", "VELD&VORM 123", "a" * 4097, "x" * 100_000,
    ],
)  # fmt: skip
def test_short_common_and_own_ones_are_not(password):
    assert not is_good(password)


def test_the_help_says_what_is_wanted():
    validators = get_password_validators(settings.AUTH_PASSWORD_VALIDATORS)
    assert "At least 12 characters." in validators[0].get_help_text()
    assert "Not your e-mail address" in validators[2].get_help_text()

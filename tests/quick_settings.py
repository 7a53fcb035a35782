"""The settings of every test: quick hashes, and files in a folder of its own."""

from pathlib import Path


def quick_settings(folder: Path) -> dict:
    """What differs from the settings of a shop."""
    return {
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "VIES_URL": "",
        # Tests of the second factor ask for it.
        "REQUIRE_STAFF_MFA": False,
        "DATA_DIR": folder,
        "FILE_UPLOAD_TEMP_DIR": folder / "uploads",
        "ERASURE_LOG": folder / "erasures.log",
        "EMAIL_FILE_PATH": str(folder / "mails"),
        # The static files of the sources, whatever an earlier `make demo` collected.
        "WHITENOISE_AUTOREFRESH": True,
        "WHITENOISE_USE_FINDERS": True,
        "STATIC_ROOT": folder / "static",
    }

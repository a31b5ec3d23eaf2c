"""Find the library that made a password hash, and verify the password with it.

The library depends on the hash and not on the option that is in use, so the option can be changed while old hashes stay
valid. The package of the previous option has to stay installed until its last hash is renewed. Similar formats are not
the same: Django's ``scrypt$`` and Werkzeug's ``scrypt:`` store their costs differently.
"""

from collections.abc import Callable

from ...stack.packages import format_install


def verify(password_hash: str, password: str) -> bool:
    """Check a password against its hash.

    :raises ValueError: the format is unknown, its library is not installed, or the hash is damaged. The message is
        logged, so it does not quote an unknown hash: that could be a password in clear text.
    """
    verify_hash, extra = _find_format(password_hash)
    try:
        return verify_hash(password_hash, password)
    except ModuleNotFoundError as error:
        raise ValueError(
            f"the password's hash was made with {extra}, which is not installed ({str(error).lower()}). "
            f"Run: {format_install(extra)}"
        ) from None
    except Exception as error:  # each library raises different errors for a hash that it cannot read
        raise ValueError(f"the password's hash is damaged ({error}). Put the one from a backup in its place.") from None


def _find_format(password_hash: str) -> tuple[Callable[[str, str], bool], str]:
    for verify_hash, extra, starts in FORMATS:
        if password_hash.startswith(starts):
            return verify_hash, extra
    raise ValueError(
        "the format of the password's hash is not known. Set STACK_HASHING to an adapter of yours that verifies it."
    )


def _verify_werkzeug(password_hash: str, password: str) -> bool:
    from werkzeug.security import check_password_hash

    return check_password_hash(password_hash, password)


def _verify_argon2(password_hash: str, password: str) -> bool:
    """Verify a hash of argon2-cffi. Django stores the same hash with the prefix ``argon2``."""
    from argon2 import PasswordHasher
    from argon2.exceptions import VerifyMismatchError

    try:
        return PasswordHasher().verify(password_hash.removeprefix("argon2"), password)
    except VerifyMismatchError:
        return False


def _verify_django(password_hash: str, password: str) -> bool:
    """Call the hasher directly: ``check_password`` needs Django's settings, which may not be configured."""
    from django.contrib.auth import hashers

    known = (hashers.PBKDF2PasswordHasher(), hashers.PBKDF2SHA1PasswordHasher(), hashers.ScryptPasswordHasher())
    algorithm = password_hash.partition("$")[0]
    return next(each for each in known if each.algorithm == algorithm).verify(password, password_hash)


FORMATS = (
    (_verify_werkzeug, "", ("scrypt:", "pbkdf2:")),
    (_verify_argon2, "argon2", ("$argon2", "argon2$argon2")),
    (_verify_django, "django", ("pbkdf2_sha256$", "pbkdf2_sha1$", "scrypt$")),
)
"""For each format: the function that verifies a hash, the extra that installs its package, and the prefixes."""

"""What a password's hash says of itself, and the library that verifies it.

*In Django* ``identify_hasher`` reads the algorithm's name before the first ``$``, and looks for it among
``PASSWORD_HASHERS``. So the first entry makes new hashes, and the others verify the old ones.

*Here* the same: which library verifies depends on the hash, not on the option, and the costs stand in the hash too. So
an option can be swapped without anybody losing his password. A library is imported when the first of its hashes comes.

*What it costs*: the package of an option that was left has to stay until its last hash is renewed. Formats resemble
each other: Django's ``scrypt$`` is not Werkzeug's ``scrypt:``, which would read it as one with other costs, and say no.

*Next*: :mod:`assembly_required.adapters.hashing.plain`.
"""

from collections.abc import Callable


def verify(password_hash: str, password: str) -> bool:
    """Whether this is the password.

    :raises ValueError: the format is not known, its library is not installed, or the hash is damaged. The text is for
        the log, so it does not quote an unknown hash: that may be a password in the clear.
    """
    verifies, extra = _known(password_hash)
    try:
        return verifies(password_hash, password)
    except ModuleNotFoundError as error:
        raise ValueError(
            f"the password's hash was made with {extra}, which is not installed ({str(error).lower()}). "
            f"Run: pip install -e '.[{extra}]'"
        ) from None
    except Exception as error:  # each library has errors of its own for a hash that it cannot read
        raise ValueError(f"the password's hash is damaged ({error}). Put the one from a backup in its place.") from None


def _known(password_hash: str) -> tuple[Callable[[str, str], bool], str]:
    for verifies, extra, starts in FORMATS:
        if password_hash.startswith(starts):
            return verifies, extra
    raise ValueError(
        "the format of the password's hash is not known. Set STACK_HASHING to an adapter of yours that verifies it."
    )


def _werkzeug(password_hash: str, password: str) -> bool:
    from werkzeug.security import check_password_hash

    return check_password_hash(password_hash, password)


def _argon2(password_hash: str, password: str) -> bool:
    """Django keeps argon2-cffi's hash as it is, behind its own name of the algorithm."""
    from argon2 import PasswordHasher
    from argon2.exceptions import VerifyMismatchError

    try:
        return PasswordHasher().verify(password_hash.removeprefix("argon2"), password)
    except VerifyMismatchError:
        return False


def _django(password_hash: str, password: str) -> bool:
    """By the hasher itself: ``check_password`` would ask the settings, which Flask has not configured."""
    from django.contrib.auth import hashers

    known = (hashers.PBKDF2PasswordHasher(), hashers.PBKDF2SHA1PasswordHasher(), hashers.ScryptPasswordHasher())
    algorithm = password_hash.partition("$")[0]
    return next(each for each in known if each.algorithm == algorithm).verify(password, password_hash)


FORMATS = (
    (_werkzeug, "", ("scrypt:", "pbkdf2:")),
    (_argon2, "argon2", ("$argon2", "argon2$argon2")),
    (_django, "django", ("pbkdf2_sha256$", "pbkdf2_sha1$", "scrypt$")),
)
"""What verifies a hash, the extra with its package, and how such hashes start."""

"""Answer a stranger as slowly as a user.

If nobody has the name, ``sign_in`` returns at once. For a name with an account it computes a hash, which takes much
longer. So the time tells who has an account. Compute one hash in each case. Django does this in
``ModelBackend.authenticate``.
"""

import pytest
from werkzeug.security import check_password_hash, generate_password_hash

computed = []
"""The hashes that were compared."""

NOBODY = generate_password_hash("nobody has this password", "scrypt:1024:8:1")


def verify(password_hash, password):
    computed.append(password_hash)
    return check_password_hash(password_hash, password)


def sign_in(users, name, password):
    """Return whether there is such a user with this password. ``users`` has the hash of each name."""
    # start
    # if name not in users:
    #     return False
    # return verify(users[name], password)
    # solution
    right = verify(users.get(name, NOBODY), password)
    return right and name in users
    # end


@pytest.mark.parametrize(
    ("name", "password", "answer"),
    [
        ("ada", "engine", True),
        ("ada", "motor", False),
        ("bob", "engine", False),
        ("bob", "nobody has this password", False),
    ],
)
def test_each_sign_in_computes_one_hash(name, password, answer):
    users = {"ada": generate_password_hash("engine", "scrypt:1024:8:1")}
    computed.clear()
    assert sign_in(users, name, password) is answer
    assert len(computed) == 1

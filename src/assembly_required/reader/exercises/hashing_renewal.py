"""Renew old hashes, one sign-in at a time.

The passwords were hashed with a cheap method. Nobody can turn the old hashes into better ones without the passwords,
but at a sign-in the password is there. Store a new hash then, if the old one was made in another way. Django does
this in ``check_password``.
"""

from werkzeug.security import check_password_hash, generate_password_hash

METHOD = "scrypt:1024:8:1"
"""How new hashes are made. A real application leaves this to Werkzeug's default, which is slower."""

OLD = "pbkdf2:sha256:1000"


def sign_in(users, name, password):
    """Return whether the password is right. ``users`` has the hash of each name."""
    right = check_password_hash(users[name], password)
    # start
    # solution
    if right and not users[name].startswith(f"{METHOD}$"):
        users[name] = generate_password_hash(password, METHOD)
    # end
    return right


def test_an_old_hash_is_renewed():
    users = {"ada": generate_password_hash("engine", OLD)}
    assert sign_in(users, "ada", "engine")
    assert users["ada"].startswith(METHOD)
    assert sign_in(users, "ada", "engine")


def test_a_wrong_password_renews_nothing():
    old = generate_password_hash("engine", OLD)
    users = {"ada": old}
    assert not sign_in(users, "ada", "motor")
    assert users == {"ada": old}


def test_a_new_hash_stays():
    new = generate_password_hash("engine", METHOD)
    users = {"ada": new}
    assert sign_in(users, "ada", "engine")
    assert users == {"ada": new}

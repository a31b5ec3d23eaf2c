"""Mail a link that works once.

The link of this password reset stays valid for its whole hour, also after it was used: whoever finds the letter later
can set another password. Let the signature depend on the password that the user has, so that a used link is void.
Django's ``PasswordResetTokenGenerator`` does the same: the hash of the password is part of what it signs.
"""

from itsdangerous import BadSignature, URLSafeTimedSerializer

passwords = {"ada": "hash-1"}
HOUR = 60 * 60


def make_signer(user):
    """Make the signer for the links of a user."""
    # start
    # return URLSafeTimedSerializer("for this exercise only", salt="reset")
    # solution
    return URLSafeTimedSerializer("for this exercise only", salt=f"reset {passwords[user]}")
    # end


def make_link(user):
    return f"/reset/{user}/{make_signer(user).dumps(user)}"


def follow(link, new):
    """Set a new password with a link. Returns whether that was possible."""
    _, _, user, token = link.split("/")
    try:
        make_signer(user).loads(token, max_age=HOUR)
    except BadSignature:
        return False
    passwords[user] = new
    return True


def test_a_link_works():
    passwords["ada"] = "hash-1"
    assert follow(make_link("ada"), "hash-2")
    assert passwords["ada"] == "hash-2"


def test_it_works_once():
    passwords["ada"] = "hash-1"
    link = make_link("ada")
    assert follow(link, "hash-2")
    assert not follow(link, "hash-3")
    assert passwords["ada"] == "hash-2"


def test_a_newer_link_works_after_a_used_one():
    passwords["ada"] = "hash-1"
    follow(make_link("ada"), "hash-2")
    assert follow(make_link("ada"), "hash-3")

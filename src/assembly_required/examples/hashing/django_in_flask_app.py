"""Password hashes with ``django.contrib.auth.hashers`` inside Flask.

``make_password`` uses the first of ``PASSWORD_HASHERS``; ``check_password`` verifies hashes of all of them. It calls
``setter`` with the password if the hash is not of the first hasher with its present costs. The functions only need
these settings, neither models nor ``django.setup()``. ``old`` (hashed with PBKDF2) and ``low`` (with lower costs) are
renewed at sign-in; both have the password ``correct-horse``. ``GET /hash/<name>`` is there to look at; leave it out of
your own app.

Start it with ``flask --app django_in_flask_app run``.
It follows https://docs.djangoproject.com/en/5.2/topics/auth/passwords/
"""

from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher, check_password, identify_hasher, make_password
from flask import Flask, abort, request
from werkzeug.exceptions import BadRequest

settings.configure(
    PASSWORD_HASHERS=[
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)

app = Flask(__name__)

scrypt = ScryptPasswordHasher()
hashes = {
    "old": make_password("correct-horse", hasher="pbkdf2_sha256"),
    "low": scrypt.encode("correct-horse", scrypt.salt(), n=2**12),
}


def read_credentials():
    match request.get_json():
        case {"name": str(name), "password": str(password)} if name and password:
            return name, password
    raise BadRequest("Send a name and a password.")


# Raised for half of a surrogate pair, which JSON can contain.
@app.errorhandler(UnicodeEncodeError)
def refuse_text(error):
    return "This is not a valid text.", 400


# step: register
@app.post("/register")
def register():
    name, password = read_credentials()
    if name in hashes:
        abort(409, "This name is taken.")
    hashes[name] = make_password(password)
    return {"name": name}, 201


# step: sign in
@app.post("/login")
def login():
    name, password = read_credentials()

    # step: renew the hash
    def setter(raw_password):
        hashes[name] = make_password(raw_password)

    if name not in hashes:
        # Django's ModelBackend does the same, so that the response time does not reveal who has an account.
        make_password(password)
        abort(401, "Wrong name or password.")
    if not check_password(password, hashes[name], setter):
        abort(401, "Wrong name or password.")
    return {"name": name}


# step: look at a hash
@app.get("/hash/<name>")
def show_hash(name):
    if name not in hashes:
        abort(404)
    parts = identify_hasher(hashes[name]).decode(hashes[name])
    costs = {key: value for key, value in parts.items() if key not in ("algorithm", "salt", "hash")}
    return {"algorithm": parts["algorithm"], "costs": costs}

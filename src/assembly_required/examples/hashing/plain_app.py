"""Password hashes with Werkzeug, which Flask installs.

``generate_password_hash`` uses scrypt and a new salt each time; ``check_password_hash`` reads method, costs and salt
from the hash. A hash begins with its method and costs, so the app can tell that one is outdated. It renews it at the
next sign-in, when it has the password. ``old`` (hashed with PBKDF2) and ``low`` (with lower costs) show that; both have
the password ``correct-horse``. ``GET /hash/<name>`` is there to look at; leave it out of your own app.

Start it with ``flask --app plain_app run``.
It follows https://werkzeug.palletsprojects.com/en/stable/utils/#module-werkzeug.security
"""

import secrets

from flask import Flask, abort, request
from werkzeug.exceptions import BadRequest
from werkzeug.security import check_password_hash, generate_password_hash

METHOD = "scrypt:32768:8:1"

app = Flask(__name__)

hashes = {
    "old": generate_password_hash("correct-horse", "pbkdf2:sha256:100000"),
    "low": generate_password_hash("correct-horse", "scrypt:4096:8:1"),
}
# Checked if no user has this name, so that the response time does not reveal who has an account.
no_hash = generate_password_hash(secrets.token_hex(), METHOD)


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
    hashes[name] = generate_password_hash(password, METHOD)
    return {"name": name}, 201


# step: sign in
@app.post("/login")
def login():
    name, password = read_credentials()
    if not check_password_hash(hashes.get(name, no_hash), password):
        abort(401, "Wrong name or password.")
    # step: renew the hash
    if not hashes[name].startswith(METHOD + "$"):
        hashes[name] = generate_password_hash(password, METHOD)
    return {"name": name}


# step: look at a hash
@app.get("/hash/<name>")
def show_hash(name):
    if name not in hashes:
        abort(404)
    algorithm, _, costs = hashes[name].partition("$")[0].partition(":")
    return {"algorithm": algorithm, "costs": costs}

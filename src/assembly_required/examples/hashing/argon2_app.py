"""Password hashes with argon2-cffi.

``PasswordHasher().hash`` uses Argon2id, a new salt and the costs that the library recommends. ``verify`` reads the
costs from the hash, and raises ``VerifyMismatchError`` for a wrong password. ``check_needs_rehash`` says whether a hash
was made with another variant or other costs; it is then renewed at sign-in. ``old`` (hashed with Argon2i) and ``low``
(with lower costs) show that; both have the password ``correct-horse``. ``GET /hash/<name>`` is there to look at; leave
it out of your own app.

Start it with ``flask --app argon2_app run``.
It follows https://argon2-cffi.readthedocs.io/en/stable/howto.html
"""

import secrets

from argon2 import PasswordHasher, Type, extract_parameters
from argon2.exceptions import VerifyMismatchError
from flask import Flask, abort, request
from werkzeug.exceptions import BadRequest

app = Flask(__name__)
ph = PasswordHasher()

hashes = {
    "old": PasswordHasher(type=Type.I).hash("correct-horse"),
    "low": PasswordHasher(time_cost=1, memory_cost=8192).hash("correct-horse"),
}
# Checked if no user has this name, so that the response time does not reveal who has an account.
no_hash = ph.hash(secrets.token_hex())


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
    hashes[name] = ph.hash(password)
    return {"name": name}, 201


# step: sign in
@app.post("/login")
def login():
    name, password = read_credentials()
    try:
        ph.verify(hashes.get(name, no_hash), password)
    except VerifyMismatchError:
        abort(401, "Wrong name or password.")
    # step: renew the hash
    if ph.check_needs_rehash(hashes[name]):
        hashes[name] = ph.hash(password)
    return {"name": name}


# step: look at a hash
@app.get("/hash/<name>")
def show_hash(name):
    if name not in hashes:
        abort(404)
    parameters = extract_parameters(hashes[name])
    costs = {
        "time": parameters.time_cost,
        "memory": parameters.memory_cost,
        "parallelism": parameters.parallelism,
    }
    return {"algorithm": f"argon2{parameters.type.name.lower()}", "costs": costs}

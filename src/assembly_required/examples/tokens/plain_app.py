"""A token for email and password, and an endpoint for its bearer: itsdangerous, which comes with Flask.

``URLSafeTimedSerializer`` signs the email together with the time, and ``max_age`` says how old a signature may be. The
server stores nothing, so a token cannot be taken back before it expires. Werkzeug hashes the password and parses the
header ``Authorization``. Set the password of the demo account with ``PASSWORD``, or
read it in the terminal.

Start it with ``flask --app plain_app run``. https://itsdangerous.palletsprojects.com/en/stable/timed/
"""

import os
import secrets

from flask import Flask, abort, g, request
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer
from werkzeug.exceptions import HTTPException, Unauthorized
from werkzeug.security import check_password_hash, generate_password_hash

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY") or secrets.token_hex()
TOKEN_SECONDS = int(os.environ.get("TOKEN_SECONDS", 3600))
signer = URLSafeTimedSerializer(app.secret_key, salt="token")

password = os.environ.get("PASSWORD") or secrets.token_urlsafe()
users = {"jo@example.com": generate_password_hash(password)}
if "PASSWORD" not in os.environ:
    print("Sign in as jo@example.com with the password", password)


# step: issue
@app.post("/token")
def issue_token():
    match request.get_json():
        case {"email": str(email), "password": str(password)}:
            if email in users and check_password_hash(users[email], password):
                return {"token": signer.dumps(email)}
    return {"error": "The email or the password is wrong."}, 401


# step: verify
def load_bearer():
    if request.authorization is None or request.authorization.type != "bearer":
        abort(401, "A bearer token is needed.")
    try:
        g.email = signer.loads(request.authorization.token or "", max_age=TOKEN_SECONDS)
    except SignatureExpired:
        abort(401, "The token has expired.")
    except BadSignature:
        abort(401, "The token is not valid.")


# step: use
@app.get("/me")
def show_me():
    load_bearer()
    return {"email": g.email}


# step: refuse
@app.errorhandler(HTTPException)
def render_error(error):
    headers = {"WWW-Authenticate": "Bearer"} if isinstance(error, Unauthorized) else {}
    return {"error": error.description}, error.code, headers

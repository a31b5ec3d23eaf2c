"""A token for email and password, and an endpoint for its bearer: Flask-HTTPAuth.

``HTTPBasicAuth`` reads the email and the password, ``HTTPTokenAuth`` the token. Each calls a function of the app that
checks them, registered with ``@verify_password`` and ``@verify_token``; ``current_user()`` is what that function
returned. The extension does not make tokens, so itsdangerous signs them, with the time. Set the password of the
demo account with ``PASSWORD``, or read it in the terminal.

Start it with ``flask --app flask_httpauth_app run``. https://flask-httpauth.readthedocs.io/en/latest/
"""

import os
import secrets

from flask import Flask
from flask_httpauth import HTTPBasicAuth, HTTPTokenAuth
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.security import check_password_hash, generate_password_hash

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ.get("SECRET_KEY") or secrets.token_hex()
TOKEN_SECONDS = int(os.environ.get("TOKEN_SECONDS", 3600))

basic_auth = HTTPBasicAuth()
token_auth = HTTPTokenAuth(scheme="Bearer")
serializer = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="token")

password = os.environ.get("PASSWORD") or secrets.token_urlsafe()
users = {"jo@example.com": generate_password_hash(password)}
if "PASSWORD" not in os.environ:
    print("Sign in as jo@example.com with the password", password)


# step: issue
@basic_auth.verify_password
def verify_password(email, password):
    if email in users and check_password_hash(users[email], password):
        return email
    return None


@app.post("/token")
@basic_auth.login_required
def get_token():
    return {"token": serializer.dumps(basic_auth.current_user())}


# step: verify
@token_auth.verify_token
def verify_token(token):
    try:
        return serializer.loads(token, max_age=TOKEN_SECONDS)
    except BadSignature:  # an expired token too: SignatureExpired is a subclass
        return None


# step: use
@app.get("/me")
@token_auth.login_required
def me():
    return {"email": token_auth.current_user()}


# step: refuse
@basic_auth.error_handler
@token_auth.error_handler
def auth_error(status):
    return {"error": "Unauthorized access"}, status

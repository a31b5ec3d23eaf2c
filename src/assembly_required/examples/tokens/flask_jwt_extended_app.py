"""A token for email and password, and an endpoint for its bearer: Flask-JWT-Extended.

``create_access_token`` makes a JSON Web Token and ``@jwt_required()`` protects a view. ``current_user`` is what the
function registered with ``@jwt.user_lookup_loader`` returned. A token expires after ``JWT_ACCESS_TOKEN_EXPIRES``. The
extension answers requests with a missing, a wrong or an expired token itself. Set the password of the demo account with
``PASSWORD``, or read it in the terminal.

Start it with ``flask --app flask_jwt_extended_app run``.
https://flask-jwt-extended.readthedocs.io/en/stable/automatic_user_loading.html
"""

import os
import secrets
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, jsonify, request
from flask_jwt_extended import JWTManager, create_access_token, current_user, jwt_required
from werkzeug.security import check_password_hash, generate_password_hash

app = Flask(__name__)
app.config["JWT_SECRET_KEY"] = os.environ.get("SECRET_KEY") or secrets.token_hex()
app.config["JWT_ACCESS_TOKEN_EXPIRES"] = timedelta(seconds=int(os.environ.get("TOKEN_SECONDS", 3600)))
jwt = JWTManager(app)


@dataclass
class User:
    email: str
    password_hash: str

    def check_password(self, password):
        return check_password_hash(self.password_hash, password)


password = os.environ.get("PASSWORD") or secrets.token_urlsafe()
users = {"jo@example.com": User("jo@example.com", generate_password_hash(password))}
if "PASSWORD" not in os.environ:
    print("Sign in as jo@example.com with the password", password)


# step: verify
@jwt.user_identity_loader
def user_identity_lookup(user):
    return user.email


@jwt.user_lookup_loader
def user_lookup_callback(_jwt_header, jwt_data):
    return users.get(jwt_data["sub"])


# step: issue
@app.post("/token")
def login():
    match request.get_json():
        case {"email": str(email), "password": str(password)}:
            user = users.get(email)
            if user and user.check_password(password):
                return jsonify(access_token=create_access_token(identity=user))
    return jsonify(msg="Bad email or password"), 401


# step: use
@app.get("/me")
@jwt_required()
def protected():
    return jsonify(email=current_user.email)

"""Set passwords in the admin, and show their hashes nowhere.

``ModelView`` shows every column of the table: in the list, on the page with the details, in the exported file and in
the form. Show only the name, and give the form a field ``password``, of which the hash is stored. A new user needs a
password; for the others an empty field means that theirs stays. Flask-Admin calls ``on_model_change`` before it saves,
and shows the message of a ``ValidationError`` from there. In Django ``UserAdmin`` has all of this.
"""

import pytest
from flask import Flask
from flask_admin import Admin
from flask_admin.contrib.sqla import ModelView
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.security import check_password_hash, generate_password_hash
from wtforms import PasswordField, ValidationError


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
app.secret_key = "for this exercise only"
db.init_app(app)


class User(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    password_hash: Mapped[str]


class UserView(ModelView):
    can_view_details = True
    can_export = True
    # start
    # solution
    column_list = column_details_list = column_export_list = ["name"]
    form_columns = ["name", "password"]
    form_extra_fields = {"password": PasswordField()}

    def on_model_change(self, form, model, is_created):
        if form.password.data:
            model.password_hash = generate_password_hash(form.password.data)
        elif is_created:
            raise ValidationError("Enter a password.")

    # end


admin = Admin(app)
admin.add_view(UserView(User, db, endpoint="user"))

HASH = generate_password_hash("orchid")


@pytest.fixture
def client():
    """The table has one user, Ada, whose password is "orchid"."""
    with app.app_context():
        db.drop_all()
        db.create_all()
        db.session.add(User(name="ada", password_hash=HASH))
        db.session.commit()
    return app.test_client()


def read_hash(name):
    with app.app_context():
        return db.session.scalar(select(User.password_hash).where(User.name == name))


@pytest.mark.parametrize("page", ["", "details/?id=1", "export/csv/", "edit/?id=1"])
def test_no_page_shows_the_hash(client, page):
    with client.get(f"/admin/user/{page}") as answer:
        assert answer.status_code == 200
        assert "ada" in answer.text
        assert HASH not in answer.text


def test_a_new_user(client):
    client.post("/admin/user/new/", data={"name": "bob", "password": "fern and moss"})
    assert read_hash("bob") is not None, "the user was not stored"
    assert check_password_hash(read_hash("bob"), "fern and moss")


def test_a_new_user_needs_a_password(client):
    answer = client.post("/admin/user/new/", data={"name": "bob", "password": ""})
    assert read_hash("bob") is None
    assert "bob" in answer.text


def test_a_new_password(client):
    client.post("/admin/user/edit/?id=1", data={"name": "ada", "password": "fern and moss"})
    assert check_password_hash(read_hash("ada"), "fern and moss")


def test_an_empty_field_changes_nothing(client):
    client.post("/admin/user/edit/?id=1", data={"name": "countess", "password": ""})
    assert read_hash("countess") == HASH


def test_nobody_types_a_hash(client):
    client.post("/admin/user/edit/?id=1", data={"name": "ada", "password_hash": "x"})
    assert read_hash("ada") == HASH

"""Ask for a new password twice.

A form with a new password accepts any second entry. Refuse it if the two differ, with the message beside the second
field. In Django you would write ``clean_password2``; WTForms calls a method ``validate_<field>`` in the same way, and
has a validator for this case.
"""

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import DataRequired, EqualTo

app = Flask(__name__)
app.config["WTF_CSRF_ENABLED"] = False  # no browser sends this form


class PasswordForm(FlaskForm):
    password = PasswordField(validators=[DataRequired()])
    # start
    # again = PasswordField()
    # solution
    again = PasswordField(validators=[EqualTo("password", "The passwords differ.")])
    # end


@app.post("/password")
def change_password():
    form = PasswordForm()
    return form.errors if not form.validate() else "changed"


@pytest.mark.parametrize("again", ["", "Engine"])
def test_two_passwords_that_differ(again):
    answer = app.test_client().post("/password", data={"password": "engine", "again": again})
    assert answer.json == {"again": ["The passwords differ."]}


def test_the_same_password_twice():
    assert app.test_client().post("/password", data={"password": "engine", "again": "engine"}).text == "changed"

"""Show beside its field what only the database knows.

The form is valid, but the name is taken: ``add_user`` raises ``Taken``, and the visitor gets an error page. Show the
form again, with the message at the field and what they had entered. In Django you would call ``form.add_error("name",
...)``.
"""

import pytest
from flask import Flask, render_template_string
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired

app = Flask(__name__)
app.config["WTF_CSRF_ENABLED"] = False  # no browser sends this form

PAGE = "{{ form.name }}{% for error in form.name.errors %}<p>{{ error }}</p>{% endfor %}"


class Taken(Exception):
    """Another user has this name."""


class NameForm(FlaskForm):
    name = StringField(validators=[DataRequired("Enter a name.")])


users = {"ada"}


def add_user(name):
    if name in users:
        raise Taken
    users.add(name)


@app.post("/register")
def register():
    form = NameForm()
    if form.validate():
        # start
        # add_user(form.name.data)
        # return "welcome"
        # solution
        try:
            add_user(form.name.data)
        except Taken:
            form.name.errors = [*form.name.errors, "This name is taken."]
        else:
            return "welcome"
        # end
    return render_template_string(PAGE, form=form), 422


@pytest.fixture
def client():
    users.clear()
    users.add("ada")
    app.testing = True
    return app.test_client()


def test_a_taken_name(client):
    answer = client.post("/register", data={"name": "ada"})
    assert answer.status_code == 422
    assert "<p>This name is taken.</p>" in answer.text
    assert 'value="ada"' in answer.text


def test_an_empty_name(client):
    answer = client.post("/register", data={"name": ""})
    assert "<p>Enter a name.</p>" in answer.text
    assert "taken" not in answer.text


def test_a_free_name(client):
    assert client.post("/register", data={"name": "grace"}).text == "welcome"

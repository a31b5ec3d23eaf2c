"""A form for an article with tags, with Flask-WTF.

A form is a subclass of ``FlaskForm``, and ``validate_on_submit()`` is true for a valid POST. Errors and the values that
were sent stay in the form, and a macro renders each field with its errors. ``hidden_tag()`` renders the CSRF token;
``CSRFProtect`` answers 400 to every POST without a valid one. ``TagListField`` is a field of its own, and
``validate_tags`` an inline validator for it.

Start it with ``flask --app flask_wtf_app run``.
It follows https://flask-wtf.readthedocs.io/en/latest/quickstart/ and https://wtforms.readthedocs.io/en/latest/fields/#custom-fields
"""

import os
import secrets

from flask import Flask, redirect, render_template_string, url_for
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import Field, StringField, SubmitField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length
from wtforms.widgets import TextInput

app = Flask(__name__)
app.config.update(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
    SESSION_COOKIE_SAMESITE="Lax",
)

# step: refuse forms of other sites
csrf = CSRFProtect(app)

articles = [{"title": "Hello", "body": "The first article.", "tags": ["news"]}]


# step: a list of tags as one text
class TagListField(Field):
    widget = TextInput()

    def _value(self):
        return ", ".join(self.data or [])

    def process_formdata(self, valuelist):
        tags = [tag.strip() for value in valuelist for tag in value.split(",")]
        self.data = list(dict.fromkeys(filter(None, tags)))


# step: the form
class ArticleForm(FlaskForm):
    title = StringField("Title", validators=[DataRequired(), Length(max=80)])
    body = TextAreaField("Text", validators=[DataRequired()])
    tags = TagListField("Tags, separated by commas")
    submit = SubmitField("Publish")

    def validate_tags(self, field):
        if len(field.data) > 5 or any(len(tag) > 20 for tag in field.data):
            raise ValidationError("At most 5 tags of 20 characters.")


@app.route("/")
def index():
    return render_template_string(INDEX, articles=articles)


# step: show the form, and take it back
@app.route("/new", methods=["GET", "POST"])
def new():
    form = ArticleForm()
    if form.validate_on_submit():
        articles.append({"title": form.title.data, "body": form.body.data, "tags": form.tags.data})
        return redirect(url_for("index"))
    return render_template_string(NEW, form=form)


INDEX = """
<!doctype html>
<title>Articles</title>
<ul>{% for article in articles %}<li>{{ article.title }} ({{ article.tags|join(", ") }})</li>{% endfor %}</ul>
<p><a href="{{ url_for('new') }}">New article</a></p>
"""

# step: a field with its errors
NEW = """
{% macro render_field(field) %}
<p>
  {{ field.label }}
  {{ field(**kwargs) }}
  {% if field.errors %}
  <ul class="errors">{% for error in field.errors %}<li>{{ error }}</li>{% endfor %}</ul>
  {% endif %}
</p>
{% endmacro %}
<!doctype html>
<title>New article</title>
<form method="post">
  {{ form.hidden_tag() }}
  {{ render_field(form.title, size=60) }}
  {{ render_field(form.body, rows=10) }}
  {{ render_field(form.tags) }}
  {{ form.submit() }}
</form>
"""

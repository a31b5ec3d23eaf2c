"""A form for an article with tags, with nothing but Flask.

The view reads ``request.form``, collects errors in a dict, and renders the template again with the errors and the
values that were sent. Jinja escapes them. The CSRF token is a random text in Flask's signed session; a hidden field
sends it back, and ``before_request`` answers 400 to every POST with another token.

Start it with ``flask --app plain_app run``.
It follows https://flask.palletsprojects.com/en/stable/tutorial/blog/
"""

import os
import secrets

from flask import Flask, abort, redirect, render_template_string, request, session, url_for

app = Flask(__name__)
app.config.update(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
    SESSION_COOKIE_SAMESITE="Lax",
)

articles = [{"title": "Hello", "body": "The first article.", "tags": ["news"]}]


# step: refuse forms of other sites
@app.before_request
def check_csrf_token():
    if request.method == "POST":
        expected, sent = session.get("csrf_token", ""), request.form.get("csrf_token", "")
        if not expected or not secrets.compare_digest(expected.encode(), sent.encode()):
            abort(400, "The CSRF token is missing or wrong.")


@app.context_processor
def add_csrf_token():
    def csrf_token():
        return session.setdefault("csrf_token", secrets.token_hex())

    return {"csrf_token": csrf_token}


# step: a list of tags as one text
def split_tags(text):
    tags = [tag.strip() for tag in text.split(",")]
    return list(dict.fromkeys(filter(None, tags)))


# step: the form
def validate(title, body, tags):
    errors = {}
    if not title:
        errors["title"] = "Title is required."
    elif len(title) > 80:
        errors["title"] = "At most 80 characters."
    if not body:
        errors["body"] = "Text is required."
    if len(tags) > 5 or any(len(tag) > 20 for tag in tags):
        errors["tags"] = "At most 5 tags of 20 characters."
    return errors


@app.route("/")
def index():
    return render_template_string(INDEX, articles=articles)


# step: show the form, and take it back
@app.route("/new", methods=["GET", "POST"])
def new():
    errors = {}
    if request.method == "POST":
        title = request.form.get("title", "").strip()
        body = request.form.get("body", "").strip()
        tags = split_tags(request.form.get("tags", ""))
        errors = validate(title, body, tags)
        if not errors:
            articles.append({"title": title, "body": body, "tags": tags})
            return redirect(url_for("index"))
    return render_template_string(NEW, errors=errors)


INDEX = """
<!doctype html>
<title>Articles</title>
<ul>{% for article in articles %}<li>{{ article.title }} ({{ article.tags|join(", ") }})</li>{% endfor %}</ul>
<p><a href="{{ url_for('new') }}">New article</a></p>
"""

# step: a field with its errors
NEW = """
{% macro error(name) %}
{% if name in errors %}<em id="{{ name }}-error">{{ errors[name] }}</em>{% endif %}
{% endmacro %}
<!doctype html>
<title>New article</title>
<form method="post">
  <input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
  <p>
    <label for="title">Title</label>
    <input id="title" name="title" value="{{ request.form.title }}" size="60" required>
    {{ error("title") }}
  </p>
  <p>
    <label for="body">Text</label>
    <textarea id="body" name="body" rows="10" required>
{{ request.form.body }}</textarea>
    {{ error("body") }}
  </p>
  <p>
    <label for="tags">Tags, separated by commas</label>
    <input id="tags" name="tags" value="{{ request.form.tags }}">
    {{ error("tags") }}
  </p>
  <button>Publish</button>
</form>
"""

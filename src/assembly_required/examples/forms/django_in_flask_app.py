"""A form for an article with tags, with ``django.forms`` inside Flask.

A form is a subclass of ``forms.Form``: ``is_valid()`` fills ``errors`` and ``cleaned_data``, and ``{{ form }}`` renders
the fields with both, in Jinja too. ``CsrfViewMiddleware`` wants a Django request, so each Flask request is wrapped in
one; with ``CSRF_USE_SESSIONS`` its token is kept in Flask's session. It answers 403 to a POST without a valid token.

Start it with ``flask --app django_in_flask_app run``.
It follows https://docs.djangoproject.com/en/5.2/topics/forms/ and https://docs.djangoproject.com/en/5.2/howto/csrf/
"""

import os
import secrets

import django
from django import forms
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.utils.datastructures import MultiValueDict
from flask import Flask, g, redirect, render_template_string, request, session, url_for

settings.configure(ALLOWED_HOSTS=["127.0.0.1", "localhost"], CSRF_USE_SESSIONS=True, USE_I18N=False)
django.setup()

app = Flask(__name__)
app.config.update(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
    SESSION_COOKIE_SAMESITE="Lax",
)
csrf = CsrfViewMiddleware(lambda request: HttpResponse())

articles = [{"title": "Hello", "body": "The first article.", "tags": ["news"]}]


# step: refuse forms of other sites
@app.before_request
def check_csrf_token():
    g.request = WSGIRequest(request.environ)
    g.request.POST = MultiValueDict(request.form.to_dict(flat=False))
    g.request.session = session
    csrf.process_request(g.request)
    refusal = csrf.process_view(g.request, None, (), {})
    if refusal:
        return refusal.content, refusal.status_code
    return None


@app.after_request
def save_csrf_token(response):
    if "request" in g:
        csrf.process_response(g.request, HttpResponse())
    return response


# step: a list of tags as one text
class TagsField(forms.Field):
    def to_python(self, value):
        tags = [tag.strip() for tag in (value or "").split(",")]
        return list(dict.fromkeys(filter(None, tags)))

    def validate(self, value):
        super().validate(value)
        if len(value) > 5 or any(len(tag) > 20 for tag in value):
            raise forms.ValidationError("At most 5 tags of 20 characters.")


# step: the form
class ArticleForm(forms.Form):
    title = forms.CharField(max_length=80)
    body = forms.CharField(label="Text", widget=forms.Textarea)
    tags = TagsField(label="Tags, separated by commas", required=False)


@app.route("/")
def index():
    return render_template_string(INDEX, articles=articles)


# step: show the form, and take it back
@app.route("/new", methods=["GET", "POST"])
def new():
    if request.method == "POST":
        form = ArticleForm(g.request.POST)
        if form.is_valid():
            articles.append(form.cleaned_data)
            return redirect(url_for("index"))
    else:
        form = ArticleForm()
    return render_template_string(NEW, form=form, csrf_token=get_token(g.request))


INDEX = """
<!doctype html>
<title>Articles</title>
<ul>{% for article in articles %}<li>{{ article.title }} ({{ article.tags|join(", ") }})</li>{% endfor %}</ul>
<p><a href="{{ url_for('new') }}">New article</a></p>
"""

# step: a field with its errors
NEW = """
<!doctype html>
<title>New article</title>
<form method="post">
  <input type="hidden" name="csrfmiddlewaretoken" value="{{ csrf_token }}">
  {{ form }}
  <button>Publish</button>
</form>
"""

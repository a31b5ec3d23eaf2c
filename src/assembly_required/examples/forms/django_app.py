"""A form for an article with tags, with ``django.forms``.

A form is a subclass of ``forms.Form``: ``is_valid()`` fills ``errors`` and ``cleaned_data``, and ``{{ form }}`` renders
the fields with both. ``TagsField`` is a field of its own, with ``to_python`` and ``validate``. ``{% csrf_token %}``
renders the token, and ``CsrfViewMiddleware`` answers 403 to every POST without a valid one.

Start it with ``python django_app.py runserver``.
It follows https://docs.djangoproject.com/en/5.2/topics/forms/
"""

import os
import secrets
import sys

from django import forms
from django.conf import settings
from django.core.management import execute_from_command_line
from django.shortcuts import redirect, render
from django.urls import path

INDEX = """
<!doctype html>
<title>Articles</title>
<ul>{% for article in articles %}<li>{{ article.title }} ({{ article.tags|join:", " }})</li>{% endfor %}</ul>
<p><a href="{% url 'new' %}">New article</a></p>
"""

# step: a field with its errors
NEW = """
<!doctype html>
<title>New article</title>
<form method="post">
  {% csrf_token %}
  {{ form }}
  <button>Publish</button>
</form>
"""

settings.configure(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    ROOT_URLCONF=__name__,
    # step: refuse forms of other sites
    MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [("django.template.loaders.locmem.Loader", {"index.html": INDEX, "new.html": NEW})],
            },
        }
    ],
    USE_I18N=False,
)

articles = [{"title": "Hello", "body": "The first article.", "tags": ["news"]}]


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


def index(request):
    return render(request, "index.html", {"articles": articles})


# step: show the form, and take it back
def new(request):
    if request.method == "POST":
        form = ArticleForm(request.POST)
        if form.is_valid():
            articles.append(form.cleaned_data)
            return redirect("index")
    else:
        form = ArticleForm()
    return render(request, "new.html", {"form": form})


urlpatterns = [
    path("", index, name="index"),
    path("new", new, name="new"),
]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)

"""Check and convert JSON by hand, in a Flask app.

Every rule is an ``if``. The code collects all errors in a dict, with the path of the field as its key, and raises them
together. A partial change checks only the fields that were sent. This needs no package, but the rules, the conversion
of dates and the JSON of the answer are separate pieces of code that have to agree.

Start it with ``flask --app plain_app run``. See
https://flask.palletsprojects.com/en/stable/api/#flask.Request.get_json
"""

import re
from datetime import date
from itertools import count

from flask import Flask, abort, request

FIELDS = {"title", "body", "published_on", "author", "tags"}
REQUIRED = ("title", "body", "author")


class Invalid(Exception):
    """The body is not an article. ``errors`` maps the path of a field to a message."""

    def __init__(self, errors):
        self.errors = errors


# step: describe
def load_article(data, partial=False):
    if not isinstance(data, dict):
        raise Invalid({"": "Must be an object."})
    errors = dict.fromkeys(data.keys() - FIELDS, "Unknown field.")
    if not partial:
        errors |= {name: "Required." for name in REQUIRED if name not in data}
    article = {name: value for name, value in data.items() if name in FIELDS}
    if "title" in article and not is_text(article["title"], 1, 100):
        errors["title"] = "Must be a string of 1 to 100 characters."
    if "body" in article and not isinstance(article["body"], str):
        errors["body"] = "Must be a string."
    if article.get("published_on") is not None:
        try:
            article["published_on"] = date.fromisoformat(article["published_on"])
        except (TypeError, ValueError):
            errors["published_on"] = "Must be a date such as 2026-05-04, or null."
    if "author" in article:
        article["author"] = load_author(article["author"], errors)
    if "tags" in article:
        check_tags(article["tags"], errors)
    if errors:
        raise Invalid(errors)
    return article if partial else {"published_on": None, "tags": [], **article}


def load_author(author, errors):
    if not isinstance(author, dict):
        errors["author"] = "Must be an object."
        return None
    username, bio = author.get("username"), author.get("bio", "")
    if not isinstance(username, str) or not re.fullmatch(r"[a-z0-9_]+", username):
        errors["author.username"] = "Must consist of a-z, 0-9 and _."
    if not isinstance(bio, str):
        errors["author.bio"] = "Must be a string."
    return {"username": username, "bio": bio}


# step: own rule
def check_tags(tags, errors):
    if not isinstance(tags, list):
        errors["tags"] = "Must be a list."
        return
    wrong = [index for index, tag in enumerate(tags) if not is_text(tag, 1, 20)]
    errors |= {f"tags.{index}": "Must be a string of 1 to 20 characters." for index in wrong}
    if not wrong and len(set(tags)) < len(tags):
        errors["tags"] = "A tag must not be repeated."


def is_text(value, shortest, longest):
    return isinstance(value, str) and shortest <= len(value) <= longest


def dump_article(article):
    published_on = article["published_on"]
    return {
        **article,
        "slug": article["title"].lower().replace(" ", "-"),
        "published_on": published_on and published_on.isoformat(),
    }


app = Flask(__name__)
articles: dict[int, dict] = {}
ids = count(1)


# step: refuse
@app.errorhandler(Invalid)
def handle_invalid(error):
    return {"errors": error.errors}, 422


# step: create
@app.post("/articles")
def create_article():
    article = load_article(request.get_json())
    article["id"] = next(ids)
    articles[article["id"]] = article
    return dump_article(article), 201


# step: change
@app.patch("/articles/<int:id>")
def update_article(id):
    article = articles.get(id) or abort(404)
    article.update(load_article(request.get_json(), partial=True))
    return dump_article(article)


# step: show
@app.get("/articles/<int:id>")
def get_article(id):
    return dump_article(articles.get(id) or abort(404))

"""Publish, edit and delete articles.

Tags are fields of the same name. A script creates them from the typed text; without scripts, commas separate them.
"""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...conduit.articles import deletable_article, editable_article, publish, revise
from ...conduit.interfaces import Permissions, Store
from ...conduit.model import Article, User
from ...stack.interfaces import Form, Forms, Login
from .answering import answer, read_form

TYPED = "typed_tags"
"""The text field for tags; the form contains what was typed but not yet turned into a pill."""


def add_pages(blueprint: Blueprint, store: Store, permissions: Permissions, login: Login, forms: Forms) -> None:
    """Add the pages to the site."""

    @blueprint.get("/editor")
    @login.required
    def show_editor(viewer: User) -> ResponseReturnValue:
        return render_editor(forms.form("Article"))

    @blueprint.post("/editor")
    @login.required
    def publish_article(viewer: User) -> ResponseReturnValue:
        form = forms.form("Article", add_typed_tags(read_form()))
        return answer(form, lambda: confirm(publish(read_article(form), store, viewer), "Published."), render_editor)

    @blueprint.get("/editor/<slug>")
    @login.required
    def show_article_editor(viewer: User, slug: str) -> ResponseReturnValue:
        article = editable_article(store, permissions, viewer, slug)
        words: dict[str, Any] = {"title": article.title, "description": article.description, "body": article.body}
        return render_editor(forms.form("Article", tags=article.tag_list, **words), article)

    @blueprint.post("/editor/<slug>")
    @login.required
    def edit_article(viewer: User, slug: str) -> ResponseReturnValue:
        article = editable_article(store, permissions, viewer, slug)
        form = forms.form("Article", add_typed_tags(read_form()))
        return answer(
            form,
            lambda: confirm(revise(read_article(form), store, viewer, article), "Saved."),
            lambda form: render_editor(form, article),
        )

    @blueprint.post("/article/<slug>/delete")
    @login.required
    def delete_article(viewer: User, slug: str) -> ResponseReturnValue:
        store.remove(deletable_article(store, permissions, viewer, slug))
        flash("The article is deleted.")
        return redirect(url_for("site.home"))


def render_editor(form: Form, article: Article | None = None) -> str:
    return render_template("editor.html", form=form, article=article, typed=TYPED)


def confirm(article: Article, message: str) -> str:
    """Flash a message and return the URL of the article."""
    flash(message)
    return url_for("site.article", slug=article.slug)


def add_typed_tags(form: MultiDict[str, str]) -> MultiDict[str, str]:
    """Add the typed tags, separated by commas, to the tags of the form.

    >>> add_typed_tags(MultiDict([("tags", "a, b"), ("typed_tags", "c, d,")])).getlist("tags")
    ['a, b', 'c', 'd']
    """
    typed = [tag.strip() for tag in form.get(TYPED, "").split(",")]
    form.setlist("tags", [*form.getlist("tags"), *filter(None, typed)])
    return form


def read_article(form: Form) -> dict[str, Any]:
    """Return the form's values under the names that the use cases take."""
    loaded = form.load()
    loaded["tag_list"] = loaded.pop("tags")
    return loaded

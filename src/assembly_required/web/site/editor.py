"""Writing: publish, edit, delete.

*In Django* ``CreateView``, ``UpdateView``, ``DeleteView`` with ``LoginRequiredMixin`` and ``UserPassesTestMixin``.

*Here* one template for a new article and for an old one. Who may change it is decided by the same functions as for the
API. Tags are a list of fields with one name; a script makes them out of what is typed, and without it commas do.

*What it costs*: an edit that says no tags takes them away, so the form has to say all it knows.

*Next*: :mod:`assembly_required.web.site.reactions`.
"""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...conduit.articles import deletable_article, editable_article, publish, revise
from ...conduit.interfaces import Permissions, Store
from ...conduit.model import Article, User
from ...stack.interfaces import Form, Forms, Login
from .answering import answer, sent
from .visitor import members_only

TYPED = "typed_tags"
"""The field in which tags are typed; one that was not yet made a pill of comes along in it."""


def add_pages(blueprint: Blueprint, store: Store, permissions: Permissions, login: Login, forms: Forms) -> None:
    """Add the pages to the site."""
    member = members_only(login)

    @blueprint.get("/editor")
    @member
    def show_editor(viewer: User) -> ResponseReturnValue:
        return editor(forms.form("Article"))

    @blueprint.post("/editor")
    @member
    def publish_article(viewer: User) -> ResponseReturnValue:
        form = forms.form("Article", with_typed_tags(sent()))
        return answer(form, lambda: published(publish(fields(form), store, viewer), "Published."), editor)

    @blueprint.get("/editor/<slug>")
    @member
    def show_article_editor(viewer: User, slug: str) -> ResponseReturnValue:
        article = editable_article(store, permissions, viewer, slug)
        words: dict[str, Any] = {"title": article.title, "description": article.description, "body": article.body}
        return editor(forms.form("Article", tags=article.tag_list, **words), article)

    @blueprint.post("/editor/<slug>")
    @member
    def edit_article(viewer: User, slug: str) -> ResponseReturnValue:
        article = editable_article(store, permissions, viewer, slug)
        form = forms.form("Article", with_typed_tags(sent()))
        return answer(
            form,
            lambda: published(revise(fields(form), store, viewer, article), "Saved."),
            lambda form: editor(form, article),
        )

    @blueprint.post("/article/<slug>/delete")
    @member
    def delete_article(viewer: User, slug: str) -> ResponseReturnValue:
        store.remove(deletable_article(store, permissions, viewer, slug))
        flash("The article is deleted.")
        return redirect(url_for("site.home"))


def editor(form: Form, article: Article | None = None) -> str:
    return render_template("editor.html", form=form, article=article, typed=TYPED)


def published(article: Article, said: str) -> str:
    """Say what was done, on the page of the article."""
    flash(said)
    return url_for("site.article", slug=article.slug)


def with_typed_tags(form: MultiDict[str, str]) -> MultiDict[str, str]:
    """The form with what was typed among its tags: several with commas between.

    >>> with_typed_tags(MultiDict([("tags", "a, b"), ("typed_tags", "c, d,")])).getlist("tags")
    ['a, b', 'c', 'd']
    """
    typed = [tag.strip() for tag in form.get(TYPED, "").split(",")]
    form.setlist("tags", [*form.getlist("tags"), *filter(None, typed)])
    return form


def fields(form: Form) -> dict[str, Any]:
    """What the editor's form says, as the use cases name it."""
    loaded = form.load()
    loaded["tag_list"] = loaded.pop("tags")
    return loaded

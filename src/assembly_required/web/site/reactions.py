"""Favorite an article and comment on it. Each change is a form that posts, so no script is needed."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from ...conduit.articles import the_article
from ...conduit.comments import deletable_comment
from ...conduit.interfaces import Permissions, Store
from ...conduit.model import User, now
from ...stack.interfaces import Form, Forms, Login
from .answering import answer, read_form
from .reading import article_page
from .visitor import back


def add_pages(blueprint: Blueprint, store: Store, permissions: Permissions, login: Login, forms: Forms) -> None:
    """Add the pages to the site."""

    def locate(slug: str) -> str:
        return url_for("site.article", slug=slug)

    @blueprint.post("/article/<slug>/favorite")
    @login.required
    def favorite(viewer: User, slug: str) -> ResponseReturnValue:
        store.favorite(viewer, the_article(store, viewer, slug))
        return redirect(back(locate(slug)))

    @blueprint.post("/article/<slug>/unfavorite")
    @login.required
    def unfavorite(viewer: User, slug: str) -> ResponseReturnValue:
        store.unfavorite(viewer, the_article(store, viewer, slug))
        return redirect(back(locate(slug)))

    @blueprint.post("/article/<slug>/comments")
    @login.required
    def add_comment(viewer: User, slug: str) -> ResponseReturnValue:
        article = the_article(store, viewer, slug)
        form = forms.form("Comment", read_form())

        def act() -> str:
            store.add_comment(viewer, article, form.load()["body"], now())
            return locate(slug)

        def show(form: Form) -> str:
            return article_page(store, permissions, viewer, article, form)

        return answer(form, act, show)

    @blueprint.post("/article/<slug>/comments/<id>/delete")
    @login.required
    def delete_comment(viewer: User, slug: str, id: str) -> ResponseReturnValue:
        article = the_article(store, viewer, slug)
        store.remove_comment(deletable_comment(store, permissions, viewer, article, id))
        return redirect(locate(slug))

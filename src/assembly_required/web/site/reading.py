"""The pages that everyone can see: lists of articles, and articles.

A page takes a fixed number of statements, however long its lists are.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...conduit.articles import the_article
from ...conduit.interfaces import Permissions, Store
from ...conduit.limits import storable
from ...conduit.model import Article, User
from ...conduit.permissions import DELETE_ARTICLE, DELETE_COMMENT, EDIT_ARTICLE
from ...stack.interfaces import Form, Forms, Login
from .paging import Paged, page_number

TAGS = 20
"""Tags in the sidebar."""


def add_pages(blueprint: Blueprint, store: Store, permissions: Permissions, login: Login, forms: Forms) -> None:
    """Add the pages to the site."""

    @blueprint.get("/")
    def home() -> ResponseReturnValue:
        viewer, page = login.viewer(), page_number(request.args.get("page", ""))
        if request.args.get("feed") != "following":
            listed = Paged.of(page, lambda limit, offset: store.articles(viewer, None, None, None, limit, offset))
            return render_template("home.html", listed=listed, tags=store.recent_tags(TAGS), tab="global")
        if viewer is None:
            return redirect(url_for("site.show_login"))
        listed = Paged.of(page, lambda limit, offset: store.feed(viewer, limit, offset), feed="following")
        return render_template("home.html", listed=listed, tags=store.recent_tags(TAGS), tab="feed")

    @blueprint.get("/tag/<path:tag>")
    def tagged(tag: str) -> ResponseReturnValue:
        viewer, page = login.viewer(), page_number(request.args.get("page", ""))
        asked = tag if storable(tag) else ""
        listed = Paged.of(page, lambda limit, offset: store.articles(viewer, asked, None, None, limit, offset), tag=tag)
        return render_template("home.html", listed=listed, tags=store.recent_tags(TAGS), tab="tag", tag=tag)

    @blueprint.get("/article/<slug>")
    def article(slug: str) -> ResponseReturnValue:
        viewer = login.viewer()
        article = the_article(store, viewer, slug)
        return article_page(store, permissions, viewer, article, forms.form("Comment"))


def article_page(store: Store, permissions: Permissions, viewer: User | None, article: Article, form: Form) -> str:
    """Render an article with its comments and the buttons that the viewer may press."""
    rights = permissions.of(viewer) if viewer else None
    author = article.author.id
    return render_template(
        "article.html",
        article=article,
        comments=store.comments(article, viewer),
        form=form,
        may_edit=rights and rights.may(EDIT_ARTICLE, author),
        may_delete=rights and rights.may(DELETE_ARTICLE, author),
        moderates=rights and rights.may(DELETE_COMMENT),
    )

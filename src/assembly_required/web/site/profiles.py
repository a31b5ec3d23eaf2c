"""Profile pages with a user's articles and favorites, and the forms to follow and unfollow them."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...conduit.interfaces import Store
from ...conduit.model import User
from ...conduit.profiles import the_profile
from ...stack.interfaces import Login
from .paging import Paged, page_number
from .visitor import back


def add_pages(blueprint: Blueprint, store: Store, login: Login) -> None:
    """Add the pages to the site."""

    def show(username: str, tab: str, author: str | None, favorited: str | None) -> ResponseReturnValue:
        viewer, page = login.viewer(), page_number(request.args.get("page", ""))
        profile = the_profile(store, viewer, username)
        listed = Paged.of(
            page,
            lambda limit, offset: store.articles(viewer, None, author, favorited, limit, offset),
            username=username,
        )
        return render_template("profile.html", profile=profile, listed=listed, tab=tab)

    @blueprint.get("/profile/<username>")
    def profile(username: str) -> ResponseReturnValue:
        return show(username, "own", author=username, favorited=None)

    @blueprint.get("/profile/<username>/favorites")
    def favorites(username: str) -> ResponseReturnValue:
        return show(username, "favorites", author=None, favorited=username)

    @blueprint.post("/profile/<username>/follow")
    @login.required
    def follow(viewer: User, username: str) -> ResponseReturnValue:
        store.follow(viewer, the_profile(store, viewer, username))
        return redirect(back(url_for("site.profile", username=username)))

    @blueprint.post("/profile/<username>/unfollow")
    @login.required
    def unfollow(viewer: User, username: str) -> ResponseReturnValue:
        store.unfollow(viewer, the_profile(store, viewer, username))
        return redirect(back(url_for("site.profile", username=username)))

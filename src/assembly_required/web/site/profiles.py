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

    def show(username: str, tab: str) -> ResponseReturnValue:
        viewer, page = login.viewer(), page_number(request.args.get("page", ""))
        profile = the_profile(store, viewer, username)
        name = profile.username
        author, favorited = (name, None) if tab == "own" else (None, name)
        listed = Paged.of(
            page, lambda limit, offset: store.articles(viewer, None, author, favorited, limit, offset), username=name
        )
        return render_template("profile.html", profile=profile, listed=listed, tab=tab)

    @blueprint.get("/profile/<username>")
    def profile(username: str) -> ResponseReturnValue:
        return show(username, "own")

    @blueprint.get("/profile/<username>/favorites")
    def favorites(username: str) -> ResponseReturnValue:
        return show(username, "favorites")

    @blueprint.post("/profile/<username>/follow")
    @login.required
    def follow(viewer: User, username: str) -> ResponseReturnValue:
        profile = the_profile(store, viewer, username)
        store.follow(viewer, profile)
        return redirect(back(url_for("site.profile", username=profile.username)))

    @blueprint.post("/profile/<username>/unfollow")
    @login.required
    def unfollow(viewer: User, username: str) -> ResponseReturnValue:
        profile = the_profile(store, viewer, username)
        store.unfollow(viewer, profile)
        return redirect(back(url_for("site.profile", username=profile.username)))

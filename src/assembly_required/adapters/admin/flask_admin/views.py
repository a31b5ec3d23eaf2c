"""What staff sees of each model, and what becomes of what staff writes.

*In Django* ``ModelAdmin`` with ``list_display``, ``search_fields``, ``list_filter``, ``exclude``, and ``save_model``.

*Here* the same attributes under other names. ``create_model``, ``update_model`` and ``delete_model`` do not save the
object but call the use cases of the blog, so hashes, slugs and lower-case addresses come out as they do everywhere,
whichever ORM it is; and each change is noted.

*What it costs*: the object that Flask-Admin holds is not the one that was written, so it is read again.

*Next*: :mod:`assembly_required.adapters.admin.flask_admin.generic`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import AdminIndexView
from flask_admin.actions import action
from flask_admin.form import SecureForm

from ....conduit.articles import publish, revise, the_article
from ....conduit.errors import Invalid, NotFound, Refusal
from ....conduit.interfaces import Hashing, Permissions, Store
from ....conduit.limits import INVALID, storable
from ....conduit.model import User, now
from ....conduit.permissions import ENTER_ADMIN
from ....conduit.users import register, revise_account
from ....stack.interfaces import Login
from .forms import CreateArticle, CreateUser, EditArticle, EditUser

CREATE, EDIT, DELETE = "create", "edit", "delete"


@dataclass(frozen=True)
class Parts:
    """The parts of the app that the views ask."""

    store: Store
    hashing: Hashing
    permissions: Permissions
    login: Login


class Guarded:
    """For those who may enter, and have given their password since they opened the browser."""

    parts: Parts

    def __init__(self, parts: Parts, *args: Any, **names: Any) -> None:
        self.parts = parts
        super().__init__(*args, **names)

    def is_accessible(self) -> bool:
        if "is_staff" not in g:  # each entry of the menu asks
            viewer = self.parts.login.viewer()
            g.is_staff = viewer is not None and self.parts.permissions.of(viewer).may(ENTER_ADMIN)
        return bool(g.is_staff) and self.parts.login.fresh()

    def inaccessible_callback(self, name: str, **names: Any) -> ResponseReturnValue:
        if self.parts.login.viewer() and not (g.is_staff and not self.parts.login.fresh()):
            abort(403)
        return redirect(url_for("site.show_login", next=request.full_path.rstrip("?")))

    def render(self, template: str, **words: Any) -> str:
        # Where Flask-WTF is, the pages would carry its token beside that of the forms, under the same name.
        rendered: str = super().render(template, csrf_token=None, **words)  # type: ignore[misc]
        return rendered


class Home(Guarded, AdminIndexView):
    """The first page."""


class Listed(Guarded):
    """A list with search, filters, details and export."""

    related: tuple[str, ...] = ()
    """What is read together with each row."""

    form_base_class = SecureForm
    can_export = True
    can_view_details = True
    can_set_page_size = True
    export_max_rows = 100_000
    named_filter_urls = True

    def scaffold_form(self) -> Any:
        return SecureForm


class Written(Listed):
    """A list whose rows are written through the use cases."""

    kind: str
    create_form_class: type[SecureForm] = SecureForm
    edit_form_class: type[SecureForm] = SecureForm

    def scaffold_form(self) -> Any:
        return self.edit_form_class

    def get_create_form(self) -> type[SecureForm]:
        return self.create_form_class

    def create_model(self, form: SecureForm) -> Any:
        made = self._attempt(CREATE, lambda: self.create(fields(form)))
        return made and self.get_one(str(made))  # type: ignore[attr-defined]

    def update_model(self, form: SecureForm, model: Any) -> bool:
        return bool(self._attempt(EDIT, lambda: self.edit(model, fields(form))))

    def delete_model(self, model: Any) -> bool:
        return bool(self._attempt(DELETE, lambda: self.delete(model)))

    @action("delete", "Delete", "Delete all that are ticked?")
    def action_delete(self, ids: Sequence[str]) -> None:
        found = [self.get_one(id) for id in ids]  # type: ignore[attr-defined]
        count = sum(self.delete_model(model) for model in found if model)
        flash(f"{count} records were successfully deleted.", "success")

    def create(self, new: dict[str, Any]) -> tuple[int, str]:
        """Make one; its id and name."""
        raise NotImplementedError

    def edit(self, model: Any, changes: dict[str, Any]) -> tuple[int, str]:
        """Change one; its id and name."""
        raise NotImplementedError

    def delete(self, model: Any) -> tuple[int, str]:
        """Delete one; its id and name."""
        raise NotImplementedError

    def _attempt(self, action: str, act: Callable[[], tuple[int, str]]) -> int:
        """Do it and note it; 0, and a message, if it is refused."""
        try:
            id, name = act()
        except Refusal as refusal:
            flash("; ".join(f"{key} {word}" for key, words in refusal.errors.items() for word in words), "error")
            return 0
        viewer = self.parts.login.viewer()
        assert viewer  # noqa: S101 - the view was entered
        self.parts.store.record(viewer.username, action, self.kind, name[:255], now())
        return id


class Users(Written):
    """Accounts, without their hashes."""

    kind = "user"
    create_form_class = CreateUser
    edit_form_class = EditUser
    column_list = ("id", "username", "email", "confirmed_email")
    column_details_list = ("id", "username", "email", "confirmed_email", "bio", "image")
    column_searchable_list = ("username", "email")
    column_filters = ("username", "email", "confirmed_email")
    column_default_sort = ("id", True)

    def create(self, new: dict[str, Any]) -> tuple[int, str]:
        user = register(new, self.parts.store, self.parts.hashing)
        user = revise_account({name: new[name] for name in ("bio", "image")}, *self._how(), user)
        return user.id, user.username

    def edit(self, model: Any, changes: dict[str, Any]) -> tuple[int, str]:
        if not changes["password"]:
            del changes["password"]
        user = revise_account(changes, *self._how(), self._user(model.id))
        return user.id, user.username

    def delete(self, model: Any) -> tuple[int, str]:
        user = self._user(model.id)
        self.parts.store.remove_user(user)
        return user.id, user.username

    def _how(self) -> tuple[Store, Hashing]:
        return self.parts.store, self.parts.hashing

    def _user(self, id: int) -> User:
        found = self.parts.store.user(id)
        if found is None:
            raise NotFound("user")
        return found


class Articles(Written):
    """Articles."""

    kind = "article"
    create_form_class = CreateArticle
    edit_form_class = EditArticle
    column_list = ("id", "title", "author.username", "slug", "created_at")
    column_details_list = ("id", "title", "author.username", "slug", "created_at", "updated_at", "description", "body")
    column_labels = {"author.username": "Author"}
    column_searchable_list = ("title", "slug", "description")
    column_filters = ("title", "slug")
    column_default_sort = ("id", True)
    related = ("author",)

    def create(self, new: dict[str, Any]) -> tuple[int, str]:
        profile = self.parts.store.profile(new.pop("author_name"), None)
        author = self.parts.store.user(profile.id) if profile else None
        if author is None:
            raise NotFound("author")
        article = publish(new, self.parts.store, author)
        return article.id, article.slug

    def edit(self, model: Any, changes: dict[str, Any]) -> tuple[int, str]:
        article = the_article(self.parts.store, None, model.slug)
        viewer = self.parts.login.viewer()
        assert viewer  # noqa: S101 - the view was entered
        article = revise(changes, self.parts.store, viewer, article)
        return article.id, article.slug

    def delete(self, model: Any) -> tuple[int, str]:
        article = the_article(self.parts.store, None, model.slug)
        self.parts.store.remove(article)
        return article.id, article.slug


class Comments(Written):
    """Comments, which are read and deleted, and not put into anybody's mouth."""

    kind = "comment"
    can_create = False
    can_edit = False
    column_list = ("id", "body", "author.username", "article.slug", "created_at")
    column_details_list = column_list
    column_labels = {"author.username": "Author", "article.slug": "Article"}
    column_searchable_list = ("body",)
    column_filters = ("body",)
    column_default_sort = ("id", True)
    related = ("author", "article")

    def delete(self, model: Any) -> tuple[int, str]:
        article = the_article(self.parts.store, None, model.article.slug)
        comment = self.parts.store.comment(article, model.id, None)
        if comment is None:
            raise NotFound("comment")
        self.parts.store.remove_comment(comment)
        return comment.id, f"{comment.id} on {article.slug}"


class Changes(Listed):
    """The log."""

    can_create = False
    can_edit = False
    can_delete = False
    column_list = ("at", "username", "action", "kind", "name")
    column_searchable_list = ("username", "name")
    column_filters = ("username", "action", "kind")
    column_default_sort = ("id", True)


def fields(form: SecureForm) -> dict[str, Any]:
    """What was filled in, without the token.

    :raises Invalid: no database can keep it.
    """
    filled = {name: value or "" for name, value in form.data.items() if name != "csrf_token"}
    wrong = {name: [INVALID] for name, value in filled.items() if not storable(value)}
    if wrong:
        raise Invalid(wrong)
    return filled

"""The options of each view, and how its rows are created, changed and deleted.

*In Django* ``ModelAdmin`` with ``list_display``, ``search_fields``, ``list_filter``, ``form`` and ``save_model``.

*Here* the same options are ``column_list``, ``column_searchable_list``, ``column_filters`` and ``form``. They do not
depend on the ORM, so :mod:`.sqlalchemy`, :mod:`.peewee` and :mod:`.generic` combine each ``...Options`` class with a
``ModelView``. ``create_model``, ``update_model`` and ``delete_model`` call the use cases of the blog, so hashes, slugs
and lower-case email addresses are the same as everywhere else. Each change is logged with the name of the user.

*What it costs*: the hook ``on_model_change`` cannot be used. Flask-Admin calls it between filling the form into a model
and saving that model, and here no model is saved.

*Next*: :mod:`assembly_required.adapters.admin.flask_admin.sqlalchemy`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_admin import AdminIndexView, BaseView
from flask_admin.actions import action
from flask_admin.form import SecureForm
from flask_admin.model import BaseModelView

from ....conduit.articles import publish, revise, the_article
from ....conduit.errors import Invalid, NotFound, Refusal
from ....conduit.interfaces import Hashing, Permissions, Store
from ....conduit.limits import INVALID, is_id, storable
from ....conduit.model import User, now
from ....conduit.permissions import ENTER_ADMIN
from ....conduit.profiles import the_profile
from ....conduit.users import delete_account, register, revise_account
from ....stack.interfaces import Login
from ....web.site.visitor import here
from ...shared.spreadsheets import neutralize
from .forms import CreateArticle, CreateUser, EditArticle, EditUser

CREATE, EDIT, DELETE = "create", "edit", "delete"

LAST_PAGE = 10**9
"""Databases cannot skip the rows before an arbitrarily high page."""


@dataclass(frozen=True)
class Parts:
    """The services of the app that the views use."""

    store: Store
    hashing: Hashing
    permissions: Permissions
    login: Login

    @property
    def viewer(self) -> User:
        """The staff member who sent the request."""
        viewer = self.login.viewer()
        assert viewer  # noqa: S101 - is_accessible has checked it
        return viewer


class StaffOnly(BaseView):
    """A view for staff who have entered their password since they opened the browser."""

    def __init__(self, parts: Parts, *args: Any, **options: Any) -> None:
        self.parts = parts
        super().__init__(*args, **options)

    def is_accessible(self) -> bool:
        if "is_staff" not in g:  # each entry of the menu calls this method
            viewer = self.parts.login.viewer()
            g.is_staff = viewer is not None and self.parts.permissions.of(viewer).may(ENTER_ADMIN)
        return bool(g.is_staff) and self.parts.login.fresh()

    def inaccessible_callback(self, name: str, **kwargs: Any) -> ResponseReturnValue:
        if self.parts.login.viewer() and not (g.is_staff and not self.parts.login.fresh()):
            abort(403)
        return redirect(url_for("site.show_login", next=here()))

    def render(self, template: str, **kwargs: Any) -> str:
        # Flask-WTF defines csrf_token for all templates. Without it here, each page would contain that token too.
        rendered: str = super().render(template, csrf_token=None, **kwargs)
        return rendered


class Home(StaffOnly, AdminIndexView):
    """The first page."""


class ReadOnlyView(StaffOnly, BaseModelView):
    """A list with search, filters, details and export."""

    form = SecureForm
    form_base_class = SecureForm
    can_create = False
    can_edit = False
    can_delete = False
    can_export = True
    can_view_details = True
    can_set_page_size = True
    export_max_rows = 100_000
    named_filter_urls = True
    column_default_sort = ("id", True)

    def get_list(
        self,
        page: int | None,
        sort_field: Any,
        sort_desc: bool,
        search: str | None,
        filters: Any,
        page_size: int | None = None,
    ) -> Any:
        """Refuse a page and a text that not every database can search for."""
        if not 0 <= (page or 0) <= LAST_PAGE:
            abort(404)
        if not all(map(storable, [search or "", *(value for _, _, value in filters or ())])):
            abort(400)
        return super().get_list(page, sort_field, sort_desc, search, filters, page_size)

    def get_one(self, id: Any) -> Any:
        return super().get_one(id) if isinstance(id, str) and is_id(id) else None

    def get_export_value(self, model: Any, name: str) -> Any:
        return neutralize(super().get_export_value(model, name))


class WritableView(ReadOnlyView):
    """A list whose rows are created, changed and deleted by the use cases of the blog."""

    kind: str
    """The kind of object, for the log."""

    can_create = True
    can_edit = True
    can_delete = True

    def create_model(self, form: SecureForm) -> Any:
        id = self._run(CREATE, lambda: self.create(read_fields(form)))
        return id and self.get_one(str(id))

    def update_model(self, form: SecureForm, model: Any) -> bool:
        return bool(self._run(EDIT, lambda: self.edit(model, read_fields(form))))

    def delete_model(self, model: Any) -> bool:
        return bool(self._run(DELETE, lambda: self.delete(model)))

    @action("delete", "Delete", "Are you sure you want to delete the selected records?")
    def action_delete(self, ids: Sequence[str]) -> None:
        if not all(map(is_id, ids)):
            abort(400)
        models = [self.get_one(id) for id in ids]
        count = sum(self.delete_model(model) for model in models if model)
        flash(f"{count} records were successfully deleted.", "success")

    def create(self, new: dict[str, Any]) -> tuple[int, str]:
        """Create an object and return its id and its name for the log."""
        raise NotImplementedError

    def edit(self, model: Any, changes: dict[str, Any]) -> tuple[int, str]:
        """Change an object and return its id and its name for the log."""
        raise NotImplementedError

    def delete(self, model: Any) -> tuple[int, str]:
        """Delete an object and return its id and its name for the log."""
        raise NotImplementedError

    def _run(self, action: str, use_case: Callable[[], tuple[int, str]]) -> int:
        """Run a use case and log it. If it is refused, flash the reason and return 0."""
        try:
            id, name = use_case()
        except Refusal as refusal:
            flash("; ".join(f"{key} {word}" for key, words in refusal.errors.items() for word in words), "error")
            return 0
        self.parts.store.record(self.parts.viewer.username, action, self.kind, name[:255], now())
        return id


class UserOptions(WritableView):
    """Accounts. Password hashes are never shown."""

    kind = "user"
    form = EditUser
    column_list = ("id", "username", "email", "confirmed_email")
    column_details_list = ("id", "username", "email", "confirmed_email", "bio", "image")
    column_searchable_list = ("username", "email")
    column_filters = ("username", "email", "confirmed_email")

    def get_create_form(self) -> type[SecureForm]:
        return CreateUser

    def create(self, new: dict[str, Any]) -> tuple[int, str]:
        user = register(new, self.parts.store, self.parts.hashing)
        user = revise_account(
            {name: new[name] for name in ("bio", "image")}, self.parts.store, self.parts.hashing, user
        )
        return user.id, user.username

    def edit(self, model: Any, changes: dict[str, Any]) -> tuple[int, str]:
        if not changes["password"]:
            del changes["password"]
        user = revise_account(changes, self.parts.store, self.parts.hashing, self._load_user(model.id))
        return user.id, user.username

    def delete(self, model: Any) -> tuple[int, str]:
        user = self._load_user(model.id)
        delete_account(self.parts.store, self.parts.permissions, user)
        return user.id, user.username

    def _load_user(self, id: int) -> User:
        user = self.parts.store.user(id)
        if user is None:
            raise NotFound("user")
        return user


class ArticleOptions(WritableView):
    """Articles, which staff can also publish for another author."""

    kind = "article"
    form = EditArticle
    column_list = ("id", "title", "author.username", "slug", "created_at")
    column_details_list = ("id", "title", "author.username", "slug", "created_at", "updated_at", "description", "body")
    column_labels = {"author.username": "Author"}
    column_searchable_list = ("title", "slug", "description")
    column_filters = ("title", "slug")

    def get_create_form(self) -> type[SecureForm]:
        return CreateArticle

    def create(self, new: dict[str, Any]) -> tuple[int, str]:
        try:
            author = self.parts.store.user(the_profile(self.parts.store, None, new.pop("author_name")).id)
        except NotFound:
            author = None
        if author is None:
            raise NotFound("author")
        article = publish(new, self.parts.store, author)
        return article.id, article.slug

    def edit(self, model: Any, changes: dict[str, Any]) -> tuple[int, str]:
        article = the_article(self.parts.store, None, model.slug)
        article = revise(changes, self.parts.store, self.parts.viewer, article)
        return article.id, article.slug

    def delete(self, model: Any) -> tuple[int, str]:
        article = the_article(self.parts.store, None, model.slug)
        self.parts.store.remove(article)
        return article.id, article.slug


class CommentOptions(WritableView):
    """Comments. Staff can view and delete them, not add or edit them."""

    kind = "comment"
    can_create = False
    can_edit = False
    column_list = ("id", "body", "author.username", "article.slug", "created_at")
    column_details_list = column_list
    column_labels = {"author.username": "Author", "article.slug": "Article"}
    column_searchable_list = ("body",)
    column_filters = ("body",)

    def delete(self, model: Any) -> tuple[int, str]:
        article = the_article(self.parts.store, None, model.article.slug)
        comment = self.parts.store.comment(article, model.id, None)
        if comment is None:
            raise NotFound("comment")
        self.parts.store.remove_comment(comment)
        return comment.id, f"{comment.id} on {article.slug}"


class ChangeOptions(ReadOnlyView):
    """The log of changes, which is read-only."""

    column_list = ("at", "username", "action", "kind", "name")
    column_searchable_list = ("username", "name")
    column_filters = ("username", "action", "kind")


def read_fields(form: SecureForm) -> dict[str, Any]:
    """Return the data of a form without its CSRF token.

    :raises Invalid: a text contains a character that a database cannot store.
    """
    filled = {name: value or "" for name, value in form.data.items() if name != "csrf_token"}
    wrong = {name: [INVALID] for name, value in filled.items() if not storable(value)}
    if wrong:
        raise Invalid(wrong)
    return filled

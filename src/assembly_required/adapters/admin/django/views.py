"""What the admin shows of each model, and how it saves.

*In Django* this is ``admin.py``: ``@admin.register``, ``list_display``, ``list_select_related``, ``search_fields``,
``list_filter``, ``date_hierarchy``, ``@admin.display`` and ``@admin.action``.

*Here* it is the same, but ``save_model`` and ``delete_model`` call the use cases of the blog instead of saving the
model. The methods that would create a ``LogEntry`` write to the log of the blog. An action exports the selected rows as
CSV; Django's documentation shows how.

*What it costs*: the database is asked twice whether a name is free, by the form and by the use case.

*Next*: :mod:`assembly_required.adapters.admin.django.urls`.
"""

import csv
from importlib import import_module
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import SuspiciousOperation
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db.models import Model, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from ....conduit import limits
from ....conduit.articles import publish, revise, the_article
from ....conduit.errors import LastStaff, NotFound
from ....conduit.limits import INVALID, storable
from ....conduit.names import normalize_username
from ....conduit.users import delete_account, find_staff, register, revise_account
from ...shared import django_settings  # noqa: F401 (configures the settings that are read below)
from ...shared.spreadsheets import neutralize
from .parts import get_parts
from .site import site

for name in settings.INSTALLED_APPS:
    import_module(name)  # the app of the ORM also calls django.setup(), which loads the models

User, Article, Comment, Change = (apps.get_model("django", name) for name in ("User", "Article", "Comment", "Change"))

CREATE, EDIT, DELETE = "create", "edit", "delete"


class StorableForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that refuses characters that a database cannot store."""

    def clean(self) -> dict[str, Any]:
        filled: dict[str, Any] = super().clean() or {}
        for name, value in filled.items():
            if isinstance(value, str) and not storable(value):
                self.add_error(name, INVALID)
        return filled


def match_whole(pattern: str) -> RegexValidator:
    return RegexValidator(pattern.removesuffix("$") + r"\Z", INVALID)


LINE, TEXT = match_whole(limits.LINE_FORM), match_whole(limits.TEXT_FORM)


class UsernameField(forms.CharField):
    """The name of an account. ``UsernameField`` of ``django.contrib.auth`` normalizes it too."""

    def to_python(self, value: Any) -> str:
        return normalize_username(super().to_python(value) or "")


class UserForm(StorableForm):
    """Change an account. An empty password leaves the current one unchanged."""

    username = UsernameField(max_length=limits.USERNAME, strip=False, validators=[match_whole(limits.USERNAME_FORM)])
    email = forms.CharField(max_length=limits.EMAIL, validators=[match_whole(limits.EMAIL_FORM)])
    password = forms.CharField(
        min_length=limits.PASSWORD_MIN,
        max_length=limits.PASSWORD,
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Leave empty to keep the current password.",
    )
    bio = forms.CharField(max_length=limits.BIO, required=False, widget=forms.Textarea, strip=False, validators=[TEXT])
    image = forms.CharField(max_length=limits.IMAGE, required=False)

    class Meta:
        model = User
        fields = ("username", "email", "bio", "image")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class NewUserForm(UserForm):
    """Create an account; the password is required."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password"].required = True
        self.fields["password"].help_text = ""


class ArticleForm(StorableForm):
    """Create or change an article. A new title changes the slug."""

    title = forms.CharField(max_length=limits.TITLE, widget=AdminTextInputWidget, validators=[LINE])
    description = forms.CharField(max_length=limits.DESCRIPTION, widget=AdminTextInputWidget, validators=[LINE])
    body = forms.CharField(widget=forms.Textarea, strip=False, validators=[MaxLengthValidator(limits.BODY), TEXT])

    class Meta:
        model = Article
        fields = ("title", "description", "body")


COMPARISONS = {"", "exact", "gte", "lt", "isempty", "isnull", "year", "month", "day"}
"""The comparisons in the links of the lists."""


class BoundedChangeList(ChangeList):
    """A list that treats a year of 20 digits like any other wrong filter. Django's own fails with an OverflowError."""

    def get_filters(self, request: HttpRequest) -> Any:
        try:
            return super().get_filters(request)
        except OverflowError as error:
            raise IncorrectLookupParameters(error) from error


class LoggedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Saves and deletes through the use cases of the blog, and logs each change."""

    kind: str
    list_per_page = 20
    view_on_site = False
    actions = ("export_as_csv",)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Allow the filters that the page shows. Django allows all columns of the model, so that
        ``?password_hash__startswith=a`` would reveal a hash letter by letter."""
        filters: Any = self.list_filter
        shown = [each if isinstance(each, str) else each[0] for each in filters]
        column, _, comparison = lookup.partition(LOOKUP_SEP)
        return column in {*shown, self.date_hierarchy} and comparison in COMPARISONS

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return BoundedChangeList

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Leave a new form empty. Django fills it from the query string, and fails if ``?author=`` is no number."""
        return {}

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *args: Any, **options: Any
    ) -> HttpResponse | None:
        ids = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(limits.is_id(id) for id in ids):
            raise SuspiciousOperation(f"{ACTION_CHECKBOX_NAME} has to be a list of ids")
        return super().response_action(request, queryset, *args, **options)

    def get_name(self, thing: Any) -> str:
        """Return the name of an object for the log."""
        return str(thing)

    def remove(self, thing: Any) -> None:
        """Delete an object with its use case."""
        raise NotImplementedError

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        self.remove(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for thing in queryset:
            self.remove(thing)

    def log_addition(self, request: HttpRequest, object: Any, message: Any) -> None:  # type: ignore[override]
        get_parts().record(CREATE, self.kind, self.get_name(object))

    def log_change(self, request: HttpRequest, object: Any, message: Any) -> None:  # type: ignore[override]
        get_parts().record(EDIT, self.kind, self.get_name(object))

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:  # type: ignore[override]
        for thing in queryset:
            get_parts().record(DELETE, self.kind, self.get_name(thing))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        thing = self.get_object(request, object_id)
        query = urlencode({"q": self.get_name(thing) if thing else object_id})
        return HttpResponseRedirect(f"{reverse('admin:django_change_changelist')}?{query}")

    @admin.action(description="Export selected as CSV")
    def export_as_csv(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        """Source: https://docs.djangoproject.com/en/stable/ref/contrib/admin/actions/"""
        response = HttpResponse(content_type="text/csv")
        response["Content-Disposition"] = f"attachment; filename={self.kind}.csv"
        rows = csv.writer(response)
        rows.writerow(self.list_display)
        for thing in queryset:
            rows.writerow([neutralize(read_column(self, thing, str(name))) for name in self.list_display])
        return response


def read_column(view: Any, thing: Any, name: str) -> Any:
    """Return the value of a column: from a method of the admin, or from the model."""
    return getattr(view, name)(thing) if hasattr(view, name) else getattr(thing, name)


@admin.register(User, site=site)
class Users(LoggedAdmin):
    """Accounts. Password hashes are never shown."""

    kind = "user"
    form = UserForm
    fields = ("username", "email", "password", "bio", "image")
    list_display = ("id", "username", "email", "confirmed_email")
    list_display_links = ("id", "username")
    search_fields = ("username", "email")
    list_filter = (("confirmed_email", admin.EmptyFieldListFilter),)
    ordering = ("-id",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        return super().get_form(request, obj, change, form=UserForm if change else NewUserForm, **options)

    def get_name(self, thing: Any) -> str:
        return str(thing.username)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        filled, app = form.cleaned_data, get_parts()
        if not change:
            obj.pk = register(filled, app.store, app.hashing).id
        user = app.store.user(obj.pk)
        if user is None:
            raise NotFound("user")
        names = ["bio", "image"] if not change else ["username", "email", "bio", "image"]
        changes = {name: filled[name] for name in names}
        if change and filled["password"]:
            changes["password"] = filled["password"]
        revise_account(changes, app.store, app.hashing, user)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Protect the last account that may enter the admin. The page that asks for a confirmation then says why."""
        objects, counts, missing, protected = super().get_deleted_objects(objs, request)
        app = get_parts()
        staff = find_staff(app.store, app.permissions)
        if staff and staff <= {thing.pk for thing in objs}:
            protected = [*protected, *(f"{key} {word}" for key, words in LastStaff.example.items() for word in words)]
        return objects, counts, missing, protected

    def remove(self, thing: Any) -> None:
        app = get_parts()
        user = app.store.user(thing.pk)
        if user is not None:
            delete_account(app.store, app.permissions, user)


class AuthoredAdmin(LoggedAdmin):
    """Base of the models that have an author."""

    @admin.display(description="author", ordering="author__username")
    def author_name(self, thing: Any) -> str:
        return str(thing.author.username)


@admin.register(Article, site=site)
class Articles(AuthoredAdmin):
    """Articles, which staff can also publish for another author."""

    kind = "article"
    form = ArticleForm
    list_display = ("id", "title", "author_name", "slug", "created_at")
    list_display_links = ("id", "title")
    list_select_related = ("author",)
    search_fields = ("title", "slug", "description", "author__username")
    list_filter = ("created_at",)
    date_hierarchy = "created_at"
    ordering = ("-id",)
    autocomplete_fields = ("author",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("title", "description", "body") if obj else ("author", "title", "description", "body")

    def get_name(self, thing: Any) -> str:
        return str(thing.slug)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        app, filled = get_parts(), dict(form.cleaned_data)
        if change:
            article = the_article(app.store, None, obj.slug)
            article = revise(filled, app.store, app.viewer, article)
        else:
            author = app.store.user(filled.pop("author").pk)
            if author is None:
                raise NotFound("author")
            article = publish(filled, app.store, author)
        obj.pk, obj.slug = article.id, article.slug

    def remove(self, thing: Any) -> None:
        get_parts().store.remove(the_article(get_parts().store, None, thing.slug))


@admin.register(Comment, site=site)
class Comments(AuthoredAdmin):
    """Comments. Staff can view and delete them, not add or edit them."""

    kind = "comment"
    list_display = ("id", "body", "author_name", "article_slug", "created_at")
    list_select_related = ("author", "article")
    search_fields = ("body", "author__username")
    list_filter = ("created_at",)
    date_hierarchy = "created_at"
    ordering = ("-id",)
    fields = ("body", "author", "article", "created_at")

    @admin.display(description="article", ordering="article__slug")
    def article_slug(self, thing: Any) -> str:
        return str(thing.article.slug)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_name(self, thing: Any) -> str:
        return f"{thing.pk} on {thing.article.slug}"

    def remove(self, thing: Any) -> None:
        store = get_parts().store
        comment = store.comment(the_article(store, None, thing.article.slug), thing.pk, None)
        if comment is not None:
            store.remove_comment(comment)


@admin.register(Change, site=site)
class Changes(LoggedAdmin):
    """The log of changes, which is read-only."""

    kind = "change"
    list_display = ("at", "username", "action", "kind_of_thing", "name")
    search_fields = ("username", "name")
    list_filter = ("action", "kind")
    ordering = ("-id",)

    @admin.display(description="kind", ordering="kind")
    def kind_of_thing(self, thing: Any) -> str:
        return str(thing.kind)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.forms import UserChangeForm as DjangoUserChangeForm
from django.db.models import Count

from . import throttling
from .models import User


class LoginForm(AdminAuthenticationForm):
    """The form of the admin, with the limits of the site."""

    def clean(self):
        try:
            throttling.check_login(self.request, self.cleaned_data.get("username", ""))
        except throttling.TooManyAttempts as error:
            raise forms.ValidationError(str(error), code="throttled") from None
        return super().clean()


admin.site.login_form = LoginForm


class NormalizedEmailMixin:
    def clean_email(self):
        return User.objects.normalize_email(self.cleaned_data["email"])


class UserCreationForm(NormalizedEmailMixin, AdminUserCreationForm):
    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ["username", "email"]


class UserChangeForm(NormalizedEmailMixin, DjangoUserChangeForm):
    class Meta(DjangoUserChangeForm.Meta):
        model = User
        widgets = {"bio": forms.Textarea(attrs={"rows": 4})}


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    list_display = ["username", "email", "email_confirmed", "articles_count", "is_staff", "date_joined"]
    list_filter = ["is_staff", "is_active", "email_confirmed", "groups"]
    search_fields = ["username", "email"]
    ordering = ["-date_joined"]
    date_hierarchy = "date_joined"
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "email", "email_confirmed", "password"]}),
        ("Profile", {"fields": ["bio", "image"]}),
        ("Permissions", {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["username", "email", "usable_password", "password1", "password2"]})
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(articles_count=Count("articles"))

    @admin.display(description="articles", ordering="articles_count")
    def articles_count(self, user):
        return user.articles_count

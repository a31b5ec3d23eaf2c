from django.contrib import admin
from django.db.models import Count

from .models import Article, Comment, Tag, Tagging

admin.site.site_header = admin.site.site_title = "Conduit"


class TaggingInline(admin.TabularInline):
    model = Tagging
    extra = 0
    autocomplete_fields = ["tag"]


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    list_display = ["title", "author", "created_at", "updated_at"]
    list_filter = ["created_at"]
    list_select_related = ["author"]
    search_fields = ["title", "description", "author__username"]
    date_hierarchy = "created_at"
    autocomplete_fields = ["author"]
    readonly_fields = ["slug", "created_at", "updated_at"]
    fields = ["title", "slug", "author", "description", "body", "created_at", "updated_at"]
    inlines = [TaggingInline]
    show_full_result_count = False


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """Comments can be viewed and deleted, not edited."""

    list_display = ["__str__", "author", "article", "created_at"]
    list_select_related = ["author", "article"]
    search_fields = ["body", "author__username", "article__title"]
    date_hierarchy = "created_at"
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    list_display = ["name", "articles_count"]
    search_fields = ["name"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(articles_count=Count("taggings"))

    @admin.display(description="articles", ordering="articles_count")
    def articles_count(self, tag):
        return tag.articles_count

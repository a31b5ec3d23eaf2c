from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import CreateView, DeleteView, DetailView, ListView, UpdateView, View

from accounts.models import User
from conduit_django.unavailable import keep_form

from .forms import ArticleForm, CommentForm
from .models import Article, Comment, Tag

RECENT_TAGS = 20


def back(request, default):
    """Redirect to the page that a form names in ``next``."""
    target = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if allowed else default)


class ArticleListView(ListView):
    """A page of articles."""

    template_name = "articles/home.html"
    context_object_name = "articles"
    paginate_by = 10
    tab = "global"

    def get_queryset(self):
        return Article.objects.for_viewer(self.request.user).defer("body")

    def paginate_queryset(self, queryset, page_size):
        """Show the first or the last page for a number that is none."""
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get(self.page_kwarg))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(tab=self.tab, **kwargs)
        page = context["page_obj"]
        context["pages"] = page.paginator.get_elided_page_range(page.number, on_each_side=3, on_ends=1)
        return context


class HomeView(ArticleListView):
    """All articles, or those of the users whom the viewer follows."""

    def get(self, request, *args, **kwargs):
        if request.GET.get("feed") == "following":
            if not request.user.is_authenticated:
                return redirect("accounts:login")
            self.tab = "feed"
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        articles = super().get_queryset()
        return articles.feed(self.request.user) if self.tab == "feed" else articles

    def get_context_data(self, **kwargs):
        return super().get_context_data(recent_tags=Tag.objects.recent_names(RECENT_TAGS), **kwargs)


class TagView(HomeView):
    tab = "tag"

    def get(self, request, *args, **kwargs):
        return ArticleListView.get(self, request, *args, **kwargs)

    def get_queryset(self):
        return super().get_queryset().filter(tags__name=self.kwargs["tag"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(tag=self.kwargs["tag"], **kwargs)


class ProfileView(ArticleListView):
    """The articles of a user."""

    template_name = "articles/profile.html"
    tab = "own"

    def get_queryset(self):
        username = User.normalize_username(self.kwargs["username"])
        self.profile = get_object_or_404(User.objects.for_viewer(self.request.user), username=username)
        return self.filter_articles(super().get_queryset())

    def filter_articles(self, articles):
        return articles.filter(author=self.profile)

    def get_context_data(self, **kwargs):
        return super().get_context_data(profile=self.profile, **kwargs)


class FavoritesView(ProfileView):
    """The articles that a user likes."""

    tab = "favorites"

    def filter_articles(self, articles):
        return articles.filter(favorited_by=self.profile)


class FollowView(LoginRequiredMixin, View):
    follow = True

    def post(self, request, username):
        profile = get_object_or_404(User, username=User.normalize_username(username))
        if self.follow:
            request.user.follows.add(profile)
        else:
            request.user.follows.remove(profile)
        return back(request, profile)


class ArticlePageMixin:
    """The page of an article, with its comments and the form for another one."""

    template_name = "articles/article.html"

    def get_article(self):
        return get_object_or_404(Article.objects.for_viewer(self.request.user), slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            article=self.article,
            comments=self.article.comments.for_viewer(user),
            may_edit=may(user, "change", self.article),
            may_delete=may(user, "delete", self.article),
            moderates=user.has_perm("articles.delete_comment"),
            **kwargs,
        )


def may(user, action, obj):
    """Whether a user may do this: as the author, or as staff with the permission of the admin."""
    return obj.author_id == user.pk or user.has_perm(f"articles.{action}_{obj._meta.model_name}")


class ArticleView(ArticlePageMixin, DetailView):
    def get_object(self):
        self.article = self.get_article()
        return self.article

    def get_context_data(self, **kwargs):
        return super().get_context_data(form=CommentForm(), **kwargs)


class CommentView(LoginRequiredMixin, ArticlePageMixin, CreateView):
    """Comment on an article."""

    form_class = CommentForm
    http_method_names = ["post"]

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            self.article = self.get_article()
        return super().dispatch(request, *args, **kwargs)

    @keep_form
    def form_valid(self, form):
        form.instance.article = self.article
        form.instance.author = self.request.user
        with transaction.atomic():
            lock(self.article)
            form.save()
        return redirect(self.article)


def lock(article):
    """Lock an article; it is not found if it was deleted in the meantime."""
    try:
        article.lock()
    except Article.DoesNotExist:
        raise Http404 from None


class OwnMixin(LoginRequiredMixin):
    """For views of what only authors and moderators may change."""

    action = "change"

    def get_object(self, queryset=None):
        found = super().get_object(queryset)
        if not may(self.request.user, self.action, found):
            raise PermissionDenied
        return found


class DeleteCommentView(OwnMixin, DeleteView):
    action = "delete"
    http_method_names = ["post"]

    def get_queryset(self):
        return Comment.objects.select_related("article").filter(article__slug=self.kwargs["slug"])

    def get_success_url(self):
        return self.object.article.get_absolute_url()


class FavoriteView(LoginRequiredMixin, View):
    favorite = True

    def post(self, request, slug):
        article = get_object_or_404(Article.objects.defer("body"), slug=slug)
        with transaction.atomic():
            lock(article)
            if self.favorite:
                article.favorited_by.add(request.user)
            else:
                article.favorited_by.remove(request.user)
        return back(request, article)


class EditorMixin:
    """Save an article with its tags."""

    form_class = ArticleForm
    template_name = "articles/editor.html"

    @transaction.atomic
    def form_valid(self, form):
        self.object = form.save()
        self.object.set_tags(form.cleaned_data["tags"])
        messages.success(self.request, self.message)
        return redirect(self.object)


class PublishView(LoginRequiredMixin, EditorMixin, CreateView):
    message = "Published."

    @keep_form
    def form_valid(self, form):
        form.instance.author = self.request.user
        return super().form_valid(form)


class EditView(OwnMixin, EditorMixin, UpdateView):
    queryset = Article.objects.with_tags()
    message = "Saved."

    @keep_form
    @transaction.atomic
    def form_valid(self, form):
        # The form has written its values into the object, so another instance takes the lock.
        get_object_or_404(Article.objects.select_for_update(), pk=self.object.pk)
        return super().form_valid(form)


class DeleteArticleView(OwnMixin, DeleteView):
    model = Article
    action = "delete"
    http_method_names = ["post"]
    success_url = reverse_lazy("articles:home")

    def form_valid(self, form):
        with transaction.atomic():
            lock(self.object)
            self.object.delete()
        messages.success(self.request, "The article is deleted.")
        return redirect(self.success_url)

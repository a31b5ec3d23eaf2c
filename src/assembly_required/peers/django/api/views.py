from django.contrib.auth import authenticate
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, permissions, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, ParseError, Throttled, ValidationError
from rest_framework.generics import CreateAPIView, GenericAPIView, RetrieveAPIView, RetrieveUpdateAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import mail, throttling
from accounts.models import User
from articles.models import Article, Comment, Tag

from . import serializers
from .exceptions import Conflict, WrongCredentials
from .pagination import ArticlePagination
from .permissions import IsAuthorOrReadOnly


class EnvelopeMixin:
    """For views whose requests and responses wrap an object: ``{"article": {...}}``.

    ``envelope`` also names the object in the errors 403 and 404.
    """

    envelope = "request"

    def initial(self, request, *args, **kwargs):
        # bent: REST framework answers 401 and 403 before 405
        if request.method.lower() not in self.http_method_names or not hasattr(self, request.method.lower()):
            self.http_method_not_allowed(request)
        super().initial(request, *args, **kwargs)

    def get_serializer(self, *args, **kwargs):
        if "data" in kwargs:
            kwargs["data"] = self.unwrap(kwargs["data"])
        return super().get_serializer(*args, **kwargs)

    def unwrap(self, data):
        # bent: REST framework takes an empty body for an empty object, and reads objects without an envelope
        if self.request.content_type.startswith("application/json") and self.request.stream is None:
            raise ParseError
        payload = data.get(self.envelope) if isinstance(data, dict) else None
        if not isinstance(payload, dict):
            raise ValidationError({self.envelope: ["can't be blank"]})
        return payload


class RegisterView(EnvelopeMixin, CreateAPIView):
    """Register a new user."""

    envelope = "user"
    authentication_classes = []
    permission_classes = [permissions.AllowAny]
    serializer_class = serializers.UserSerializer
    errors = [Conflict]


class LoginView(EnvelopeMixin, GenericAPIView):
    envelope = "user"
    authentication_classes = []
    permission_classes = [permissions.AllowAny]
    serializer_class = serializers.LoginSerializer
    errors = [WrongCredentials, Throttled]

    @extend_schema(responses=serializers.UserSerializer)
    def post(self, request):
        """Sign in with email and password."""
        login = self.get_serializer(data=request.data)
        login.is_valid(raise_exception=True)
        email, password = login.validated_data["email"], login.validated_data["password"]
        throttling.check_login(request, email)
        user = authenticate(request._request, username=email, password=password)
        if user is None:
            raise WrongCredentials
        return Response(serializers.UserSerializer(user, context=self.get_serializer_context()).data)


@extend_schema_view(
    get=extend_schema(description="Read your own account."),
    put=extend_schema(description="Change your own account. Absent fields are not changed."),
)
class CurrentUserView(EnvelopeMixin, RetrieveUpdateAPIView):
    envelope = "user"
    permission_classes = [permissions.IsAuthenticated]
    serializer_class = serializers.UserSerializer
    http_method_names = ["get", "put", "options"]
    errors = [Conflict]

    def get_object(self):
        return self.request.user

    def put(self, request, *args, **kwargs):
        return self.partial_update(request, *args, **kwargs)  # bent: a PUT of the contract is REST framework's PATCH

    def perform_update(self, serializer):
        old_email = serializer.instance.email
        user = serializer.save()
        if user.email != old_email:
            mail.announce_new_email(self.request, user, old_email)


class ProfileView(EnvelopeMixin, RetrieveAPIView):
    """Read the profile of a user."""

    envelope = "profile"
    serializer_class = serializers.ProfileSerializer

    def get_queryset(self):
        return User.objects.for_viewer(self.request.user)

    def get_object(self):
        return get_object_or_404(self.get_queryset(), username=User.normalize_username(self.kwargs["username"]))


class FollowView(EnvelopeMixin, GenericAPIView):
    envelope = "profile"
    permission_classes = [permissions.IsAuthenticated]
    serializer_class = serializers.ProfileSerializer

    def get_object(self):
        return get_object_or_404(User, username=User.normalize_username(self.kwargs["username"]))

    @extend_schema(request=None)
    def post(self, request, username):
        """Follow a user."""
        profile = self.get_object()
        request.user.follows.add(profile)
        profile.following = True
        return Response(self.get_serializer(profile).data)

    @extend_schema(responses=serializers.ProfileSerializer)
    def delete(self, request, username):
        """Stop following a user."""
        profile = self.get_object()
        request.user.follows.remove(profile)
        profile.following = False
        return Response(self.get_serializer(profile).data)


@extend_schema_view(
    list=extend_schema(description="List articles, newest first.", parameters=[serializers.ArticleFilterSerializer]),
    retrieve=extend_schema(description="Read an article."),
    create=extend_schema(description="Publish an article."),
    partial_update=extend_schema(description="Change an article. Absent fields are not changed."),
    destroy=extend_schema(description="Delete an article with its comments and favorites."),
)
class ArticleViewSet(EnvelopeMixin, viewsets.ModelViewSet):
    envelope = "article"
    permission_classes = [permissions.IsAuthenticatedOrReadOnly, IsAuthorOrReadOnly]
    pagination_class = ArticlePagination
    lookup_field = "slug"

    def get_queryset(self):
        articles = Article.objects.for_viewer(self.request.user)
        return articles.defer("body") if self.action in ("list", "feed") else articles

    def get_serializer_class(self):
        in_list = self.action in ("list", "feed")
        return serializers.ArticlePreviewSerializer if in_list else serializers.ArticleSerializer

    def filter_queryset(self, articles):
        if self.action == "list":
            self.query = self.read_query(serializers.ArticleFilterSerializer)
            lookups = {
                "tag": "tags__name",
                "author": "author__username",
                "favorited": "favorited_by__username",
            }
            return articles.filter(**{lookups[name]: self.query[name] for name in lookups if name in self.query})
        return articles

    def read_query(self, serializer_class):
        query = serializer_class(data=self.request.query_params.dict())
        query.is_valid(raise_exception=True)
        return query.validated_data

    def perform_create(self, serializer):
        self.reload(serializer, serializer.save(author=self.request.user))

    def perform_update(self, serializer):
        self.reload(serializer, serializer.save())

    def reload(self, serializer, article):
        serializer.instance = get_object_or_404(self.get_queryset(), pk=article.pk)

    @transaction.atomic
    def perform_destroy(self, article):
        article.lock()
        article.delete()

    @extend_schema(
        description="List articles by the authors you follow, newest first.", parameters=[serializers.PageSerializer]
    )
    @action(detail=False, permission_classes=[permissions.IsAuthenticated])
    def feed(self, request):
        self.query = self.read_query(serializers.PageSerializer)
        page = self.paginate_queryset(self.get_queryset().feed(request.user))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(description="Mark an article as a favorite.", request=None)
    @action(detail=True, methods=["post"], permission_classes=[permissions.IsAuthenticated])
    def favorite(self, request, slug):
        article = self.get_object()
        with transaction.atomic():
            article.lock()
            article.favorited_by.add(request.user)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(
        description="Remove an article from your favorites.", request=None, responses=serializers.ArticleSerializer
    )
    @favorite.mapping.delete
    def unfavorite(self, request, slug):
        self.get_object().favorited_by.remove(request.user)
        return Response(self.get_serializer(self.get_object()).data)


@extend_schema_view(
    list=extend_schema(description="List the comments on an article, oldest first."),
    create=extend_schema(description="Comment on an article."),
    destroy=extend_schema(description="Delete a comment."),
)
class CommentViewSet(
    EnvelopeMixin, mixins.CreateModelMixin, mixins.ListModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet
):
    envelope = "comment"
    permission_classes = [permissions.IsAuthenticatedOrReadOnly, IsAuthorOrReadOnly]
    serializer_class = serializers.CommentSerializer
    queryset = Comment.objects.none()

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        try:
            self.article = Article.objects.defer("body").get(slug=kwargs["slug"])
        except Article.DoesNotExist:
            raise NotFound({"article": ["not found"]}) from None

    def get_queryset(self):
        return Comment.objects.for_viewer(self.request.user).filter(article=self.article)

    def get_object(self):
        if not (self.kwargs["pk"].isascii() and self.kwargs["pk"].isdigit()):
            raise Http404
        return super().get_object()

    def perform_create(self, serializer):
        comment = serializer.save(article=self.article, author=self.request.user)
        serializer.instance = get_object_or_404(self.get_queryset(), pk=comment.pk)


class TagsView(APIView):
    authentication_classes = []
    permission_classes = [permissions.AllowAny]

    @extend_schema(responses=serializers.TagsSerializer)
    def get(self, request):
        """List all tags in use."""
        return Response({"tags": sorted(Tag.objects.in_use().values_list("name", flat=True))})


class UnknownRouteView(EnvelopeMixin, APIView):
    """Any other URL below /api."""

    authentication_classes = []
    permission_classes = [permissions.AllowAny]

    def initial(self, request, *args, **kwargs):
        raise Http404

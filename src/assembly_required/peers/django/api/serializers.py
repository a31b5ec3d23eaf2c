from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from rest_framework import serializers

from accounts.models import User
from accounts.validators import validate_username
from articles.models import Article, Comment

from . import fields
from .models import Token


class ModelSerializer(serializers.ModelSerializer):
    """A serializer whose texts are not converted."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.CharField: fields.TextField,
        models.TextField: fields.TextField,
        models.EmailField: fields.EmailField,
    }


class UserSerializer(ModelSerializer):
    """The account of the caller, with a token."""

    username = fields.UsernameField(max_length=64, validators=[validate_username])
    bio = fields.OptionalTextField(max_length=1000, required=False, validators=User._meta.get_field("bio").validators)
    image = fields.OptionalTextField(max_length=2000, required=False)
    password = fields.TextField(write_only=True, min_length=8, max_length=1024)
    token = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ["username", "email", "bio", "image", "token", "password"]
        extra_kwargs = {"email": {"validators": []}}  # save_unique reports a taken address

    def get_token(self, user) -> str:
        """Return the token that was sent, or a new one."""
        return self.context["request"].auth or Token.objects.issue(user)

    def create(self, validated_data):
        user = User(**validated_data)
        user.set_password(validated_data["password"])
        user.save_unique()
        return user

    def update(self, user, validated_data):
        if "password" in validated_data:
            validated_data["password"] = make_password(validated_data["password"])
        if validated_data.get("email", user.email) != user.email:
            validated_data["email_confirmed"] = False
        for name, value in validated_data.items():
            setattr(user, name, value)
        user.save_unique(update_fields=validated_data)
        return user


class LoginSerializer(serializers.Serializer):
    email = fields.EmailField(max_length=254)
    password = fields.TextField(max_length=1024, write_only=True)


class ProfileSerializer(ModelSerializer):
    """A user as the viewer sees them."""

    bio = fields.OptionalTextField()
    image = fields.OptionalTextField()
    following = serializers.BooleanField(read_only=True)

    class Meta:
        model = User
        fields = ["username", "bio", "image", "following"]
        read_only_fields = fields


class AuthorSerializer(serializers.Serializer):
    """The profile of an author, from the columns that ``for_viewer`` has loaded with what they wrote."""

    username = serializers.CharField(source="author.username")
    bio = fields.OptionalTextField(source="author.bio")
    image = fields.OptionalTextField(source="author.image")
    following = serializers.BooleanField(source="author_followed")


class ArticlePreviewSerializer(ModelSerializer):
    """An article in a list."""

    tagList = serializers.ListField(source="tag_list", child=serializers.CharField(), read_only=True)
    createdAt = serializers.DateTimeField(source="created_at", read_only=True)
    updatedAt = serializers.DateTimeField(source="updated_at", read_only=True)
    favorited = serializers.BooleanField(read_only=True)
    favoritesCount = serializers.IntegerField(source="favorites_count", read_only=True)
    author = AuthorSerializer(source="*", read_only=True)

    class Meta:
        model = Article
        fields = [
            "slug",
            "title",
            "description",
            "tagList",
            "createdAt",
            "updatedAt",
            "favorited",
            "favoritesCount",
            "author",
        ]
        read_only_fields = ["slug"]


class ArticleSerializer(ArticlePreviewSerializer):
    tagList = fields.TagListField(source="tag_list", required=False)

    class Meta(ArticlePreviewSerializer.Meta):
        fields = [*ArticlePreviewSerializer.Meta.fields, "body"]

    @transaction.atomic
    def create(self, validated_data):
        tags = validated_data.pop("tag_list", [])
        article = Article.objects.create(**validated_data)
        article.set_tags(tags)
        return article

    @transaction.atomic
    def update(self, article, validated_data):
        article.lock()
        tags = validated_data.pop("tag_list", None)
        for name, value in validated_data.items():
            setattr(article, name, value)
        article.save()
        if tags is not None:
            article.set_tags(tags)
        return article


class CommentSerializer(ModelSerializer):
    createdAt = serializers.DateTimeField(source="created_at", read_only=True)
    updatedAt = serializers.DateTimeField(source="updated_at", read_only=True)
    author = AuthorSerializer(source="*", read_only=True)

    class Meta:
        model = Comment
        fields = ["id", "body", "createdAt", "updatedAt", "author"]

    @transaction.atomic
    def create(self, validated_data):
        validated_data["article"].lock()
        return super().create(validated_data)


class PageSerializer(serializers.Serializer):
    """The query of a list."""

    limit = fields.NumberField(default=20, min_value=1, max_value=100)
    offset = fields.NumberField(default=0, min_value=0, max_value=2**63 - 1)


class ArticleFilterSerializer(PageSerializer):
    tag = fields.TextField(required=False, allow_blank=True, help_text="A tag of the article.")
    author = fields.UsernameField(required=False, allow_blank=True, help_text="The username of the author.")
    favorited = fields.UsernameField(
        required=False, allow_blank=True, help_text="The username of a reader who likes it."
    )


class TagsSerializer(serializers.Serializer):
    tags = serializers.ListField(child=serializers.CharField())

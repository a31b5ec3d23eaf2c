from django import forms
from django.core.exceptions import ValidationError

from conduit_django.forms import MessagesMixin, Textarea
from conduit_django.validators import validate_line

from .models import Article, Comment, Tag

MOST_TAGS = 20
TAG_LENGTH = Tag._meta.get_field("name").max_length


class TagsField(forms.Field):
    """Tags, each a field of the same name."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value):
        return list(dict.fromkeys(tag for tag in value or [] if tag.strip()))

    def validate(self, value):
        if len(value) > MOST_TAGS or any(len(tag) > TAG_LENGTH for tag in value):
            raise ValidationError(f"may be {MOST_TAGS} at most, each of up to {TAG_LENGTH} characters")
        for tag in value:
            validate_line(tag)


class ArticleForm(MessagesMixin, forms.ModelForm):
    """Write or edit an article. Without scripts, commas separate the tags that are typed."""

    tags = TagsField(required=False)
    typed_tags = forms.CharField(
        label="Tags",
        required=False,
        help_text="Separate tags by commas. Untick a tag to remove it.",
        widget=forms.TextInput(attrs={"placeholder": "Enter tags", "autocomplete": "off"}),
    )

    class Meta:
        model = Article
        fields = ["title", "description", "body"]
        labels = {"body": "Text"}
        help_texts = {"description": "What is it about? One sentence.", "body": "In Markdown."}
        widgets = {"body": Textarea(attrs={"rows": 14})}

    def __init__(self, *args, instance=None, initial=None, **kwargs):
        tags = instance.tag_list if instance else []
        super().__init__(*args, instance=instance, initial={"tags": tags, **(initial or {})}, **kwargs)
        if self.is_bound:
            self.data = self.add_typed_tags(self.data.copy())

    def add_typed_tags(self, data):
        """Turn the typed tags into tags, so that a refused form shows them."""
        typed = [tag.strip() for tag in data.get("typed_tags", "").split(",")]
        data.setlist("tags", [*data.getlist("tags"), *filter(None, typed)])
        data["typed_tags"] = ""
        return data


class CommentForm(MessagesMixin, forms.ModelForm):
    class Meta:
        model = Comment
        fields = ["body"]
        labels = {"body": "Your comment"}
        widgets = {"body": Textarea(attrs={"rows": 3, "placeholder": "Write a comment..."})}

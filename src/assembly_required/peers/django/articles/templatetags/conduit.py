"""Filters of the templates: Markdown and pictures."""

from functools import cache
from urllib.parse import urlsplit

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from articles.markdown import render_markdown

register = template.Library()


@register.filter
def markdown(text):
    """Render Markdown, or show the text as it is if rendering it would cost too much."""
    html = render_markdown(text)
    return format_html('<p class="plain-text">{}</p>', text) if html is None else mark_safe(html)  # noqa: S308 - escaped


@register.filter
def avatar(image):
    """Return the URL of a picture; that of the default picture if its scheme is another than http or https."""
    return image if image and is_web_address(image) else default_avatar()


@cache
def default_avatar():
    return static("default-avatar.svg")


def is_web_address(text):
    try:
        return urlsplit(text).scheme.lower() in ("http", "https", "")
    except ValueError:
        return False

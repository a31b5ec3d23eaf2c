"""Pictures of the demo users: the initials of a name on a colour that depends on the name."""

import zlib
from colorsys import hls_to_rgb

from django.http import Http404, HttpResponse
from django.utils.html import format_html
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">'
    '<rect width="64" height="64" fill="{}"/>'
    '<text x="32" y="32" dy="0.35em" text-anchor="middle" font-family="sans-serif" font-size="{}" fill="#fff">'
    "{}</text></svg>\n"
)


@cache_control(public=True, max_age=7 * 24 * 60 * 60)
@conditional_page
def avatar(request, username):
    if len(username) > 64:
        raise Http404
    initials = choose_initials(username)
    size = 28 if len(initials) > 1 else 34
    return HttpResponse(format_html(SVG, choose_colour(username), size, initials), content_type="image/svg+xml")


def choose_initials(username):
    words = "".join(character if character.isalpha() else " " for character in username).split()
    return "".join(word[0].upper() for word in words[:2]) or "?"


def choose_colour(username):
    red, green, blue = hls_to_rgb(zlib.crc32(username.encode()) % 360 / 360, 0.28, 0.45)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"

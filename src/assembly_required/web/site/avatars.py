"""Generated pictures of users: the initials of a name on a colour that depends on the name, as SVG.

The demo users have them. The picture is computed from the URL alone, so no database is asked.
"""

import zlib
from colorsys import hls_to_rgb

from flask import Blueprint, Response, abort, make_response, request
from markupsafe import Markup

from ...conduit import limits

MAX_AGE = 7 * 24 * 60 * 60

SVG = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">'
    '<rect width="64" height="64" fill="{colour}"/>'
    '<text x="32" y="32" dy="0.35em" text-anchor="middle" font-family="sans-serif" font-size="{size}" fill="#fff">'
    "{initials}</text></svg>\n"
)


def add_pages(blueprint: Blueprint) -> None:
    """Add the pictures to the site."""

    @blueprint.get("/avatars/<username>.svg")
    def avatar(username: str) -> Response:
        if len(username) > limits.USERNAME:
            abort(404)
        response = make_response(render_avatar(username))
        response.mimetype = "image/svg+xml"
        response.cache_control.public = True
        response.cache_control.max_age = MAX_AGE
        response.add_etag()
        response.make_conditional(request)
        return response


def render_avatar(username: str) -> Markup:
    """Draw the picture for a name; what has a meaning in XML is escaped."""
    initials = choose_initials(username)
    return SVG.format(colour=choose_colour(username), initials=initials, size=28 if len(initials) > 1 else 34)


def choose_initials(username: str) -> str:
    """
    >>> choose_initials("ada"), choose_initials("grace_hopper-1"), choose_initials("<&>")
    ('A', 'GH', '?')
    """
    words = "".join(character if character.isalpha() else " " for character in username).split()
    return "".join(word[0].upper() for word in words[:2]) or "?"


def choose_colour(username: str) -> str:
    """Choose one of 360 hues, always the same for a name, dark enough for white letters.

    >>> choose_colour("ada") == choose_colour("ada") != choose_colour("grace")
    True
    """
    hue = zlib.crc32(username.encode()) % 360
    red, green, blue = hls_to_rgb(hue / 360, 0.28, 0.45)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"

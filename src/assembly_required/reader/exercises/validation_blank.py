"""Refuse a title of spaces.

``required=True`` only says that the field must be there. A title that is empty or has nothing but spaces is accepted.
Refuse it, and store titles without spaces around them. Django REST framework does both by default:
``allow_blank=False``, ``trim_whitespace=True``.
"""

import pytest
from marshmallow import Schema, ValidationError, fields, validate


# start
# class Title(fields.String):
#     """A text."""
# solution
class Title(fields.String):
    """A text without spaces around it."""

    def _deserialize(self, value, attr, data, **kwargs):
        return super()._deserialize(value, attr, data, **kwargs).strip()


# end


class ArticleSchema(Schema):
    # start
    # title = Title(required=True)
    # solution
    title = Title(required=True, validate=validate.Length(min=1, error="This field may not be blank."))
    # end


@pytest.mark.parametrize("title", ["", "   ", "\t\n"])
def test_a_blank_title(title):
    with pytest.raises(ValidationError) as caught:
        ArticleSchema().load({"title": title})
    assert caught.value.messages == {"title": ["This field may not be blank."]}


def test_spaces_are_removed():
    assert ArticleSchema().load({"title": "  A title "}) == {"title": "A title"}


def test_a_title_that_is_no_text():
    with pytest.raises(ValidationError) as caught:
        ArticleSchema().load({"title": 5})
    assert caught.value.messages == {"title": ["Not a valid string."]}

"""The longest texts, in characters. Models and schemas read them here."""

USERNAME = 64
EMAIL = 254
PASSWORD_MIN = 8
PASSWORD = 1_024
BIO = 1_000
IMAGE = 2_000
TITLE = 200
SLUG = TITLE + 9
"""A title, and a hyphen with eight random digits."""
DESCRIPTION = 500
BODY = 100_000
COMMENT = 10_000
TAG = 50
TAGS = 20

PAGE = 20
PAGE_MAX = 100
BIGINT = 2**63 - 1
BODY_BYTES = 1024 * 1024

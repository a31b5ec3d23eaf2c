"""The tables, as SQLAlchemy's ``MetaData`` describes them.

*In Django* the tables follow from the models.

*Here* a ``Table`` is a description of columns and nothing more. Statements are built from them: ``articles.c.title`` is
an expression. Only what statements use is described: types, keys and lengths. The check constraints and indexes are in
the migrations.

*What it costs*: one more description of the schema. A test compares it with the database.

*Next*: :mod:`assembly_required.adapters.orm.sqlalchemy_core.statements`.
"""

from sqlalchemy import Column, DateTime, ForeignKey, Integer, MetaData, String, Table, Text

from ....conduit import limits

metadata = MetaData()

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("username", String(limits.USERNAME), nullable=False),
    Column("email", String(limits.EMAIL), nullable=False),
    Column("password_hash", String(255), nullable=False),
    Column("bio", String(limits.BIO)),
    Column("image", String(limits.IMAGE)),
    Column("confirmed_email", String(limits.EMAIL)),
    Column("token_generation", Integer, nullable=False, default=0),
    Column("previous_email", String(limits.EMAIL)),
    Column("previous_email_until", DateTime),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key_hash", String(64), nullable=False),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("signed_in_at", DateTime, nullable=False),
    Column("expires_at", DateTime, nullable=False),
)

follows = Table(
    "follows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("follower_id", ForeignKey("users.id"), nullable=False),
    Column("followed_id", ForeignKey("users.id"), nullable=False),
)

grants = Table(
    "grants",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("name", String(limits.GRANT), nullable=False),
)

tags = Table(
    "tags",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(limits.TAG), nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String(255), nullable=False),
    Column("title", String(limits.TITLE), nullable=False),
    Column("description", String(limits.DESCRIPTION), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("updated_at", DateTime, nullable=False),
    Column("author_id", ForeignKey("users.id"), nullable=False),
)

article_tags = Table(
    "article_tags",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("tag_id", ForeignKey("tags.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("created_at", DateTime, nullable=False),
)

favorites = Table(
    "favorites",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("article_created_at", DateTime, nullable=False),
)

comments = Table(
    "comments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("body", Text, nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("updated_at", DateTime, nullable=False),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("author_id", ForeignKey("users.id"), nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("username", String(limits.USERNAME), nullable=False),
    Column("action", String(limits.ACTION), nullable=False),
    Column("kind", String(limits.KIND), nullable=False),
    Column("name", String(255), nullable=False),
)

"""Create the tables of the blog: users, follows, articles, tags, favorites and comments.

Every constraint has a name, because a constraint without a name cannot be dropped later. ``sqlite_autoincrement``
prevents SQLite from reusing the ids of deleted rows. Deleting a row also deletes the rows that belong to it.
``article_tags.created_at`` copies the date of the article, which never changes, so that one index can return a page of
the articles with a tag, newest first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("username", sa.String(64), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("bio", sa.String(1000)),
        sa.Column("image", sa.String(2000)),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("username", name="uq_users_username"),
        sa.UniqueConstraint("email", name="uq_users_email"),
        sa.CheckConstraint("length(username) BETWEEN 1 AND 64", name=op.f("ck_users_username")),
        sa.CheckConstraint("length(email) BETWEEN 1 AND 254", name=op.f("ck_users_email")),
        sa.CheckConstraint("length(bio) <= 1000", name=op.f("ck_users_bio")),
        sa.CheckConstraint("length(image) <= 2000", name=op.f("ck_users_image")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "follows",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("follower_id", sa.Integer, nullable=False),
        sa.Column("followed_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_follows"),
        sa.ForeignKeyConstraint(["follower_id"], ["users.id"], name="fk_follows_follower_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["followed_id"], ["users.id"], name="fk_follows_followed_id", ondelete="CASCADE"),
        sa.UniqueConstraint("follower_id", "followed_id", name="uq_follows_follower_id_followed_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_follows_followed_id", "follows", ["followed_id"])
    op.create_table(
        "tags",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(50), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tags"),
        sa.UniqueConstraint("name", name="uq_tags_name"),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 50", name=op.f("ck_tags_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("slug", sa.String(255), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("description", sa.String(500), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
        sa.Column("author_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name="fk_articles_author_id", ondelete="CASCADE"),
        sa.UniqueConstraint("slug", name="uq_articles_slug"),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 200", name=op.f("ck_articles_title")),
        sa.CheckConstraint("length(description) BETWEEN 1 AND 500", name=op.f("ck_articles_description")),
        sa.CheckConstraint("length(body) BETWEEN 1 AND 100000", name=op.f("ck_articles_body")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_created_at_id", "articles", ["created_at", "id"])
    op.create_index("ix_articles_author_id_created_at_id", "articles", ["author_id", "created_at", "id"])
    op.create_table(
        "article_tags",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("article_id", sa.Integer, nullable=False),
        sa.Column("tag_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_article_tags"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_article_tags_article_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name="fk_article_tags_tag_id", ondelete="CASCADE"),
        sa.UniqueConstraint("article_id", "tag_id", name="uq_article_tags_article_id_tag_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_article_tags_tag_id_created_at_article_id", "article_tags", ["tag_id", "created_at", "article_id"]
    )
    op.create_table(
        "favorites",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("article_id", sa.Integer, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_favorites"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_favorites_article_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_favorites_user_id", ondelete="CASCADE"),
        sa.UniqueConstraint("article_id", "user_id", name="uq_favorites_article_id_user_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_favorites_user_id_article_id", "favorites", ["user_id", "article_id"])
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
        sa.Column("article_id", sa.Integer, nullable=False),
        sa.Column("author_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_comments_article_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name="fk_comments_author_id", ondelete="CASCADE"),
        sa.CheckConstraint("length(body) BETWEEN 1 AND 10000", name=op.f("ck_comments_body")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_comments_article_id_id", "comments", ["article_id", "id"])
    op.create_index("ix_comments_author_id", "comments", ["author_id"])


def downgrade() -> None:
    for table in ("comments", "favorites", "article_tags", "articles", "tags", "follows", "users"):
        op.drop_table(table)

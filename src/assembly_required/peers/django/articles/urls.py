from django.urls import path

from . import avatars, feeds, views

app_name = "articles"

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("tag/<longtext:tag>", views.TagView.as_view(), name="tag"),
    path("article/<text:slug>", views.ArticleView.as_view(), name="article"),
    path("article/<text:slug>/delete", views.DeleteArticleView.as_view(), name="delete"),
    path("article/<text:slug>/favorite", views.FavoriteView.as_view(), name="favorite"),
    path("article/<text:slug>/unfavorite", views.FavoriteView.as_view(favorite=False), name="unfavorite"),
    path("article/<text:slug>/comments", views.CommentView.as_view(), name="comment"),
    path("article/<text:slug>/comments/<int:pk>/delete", views.DeleteCommentView.as_view(), name="delete_comment"),
    path("editor", views.PublishView.as_view(), name="publish"),
    path("editor/<text:slug>", views.EditView.as_view(), name="edit"),
    path("profile/<text:username>", views.ProfileView.as_view(), name="profile"),
    path("profile/<text:username>/favorites", views.FavoritesView.as_view(), name="favorites"),
    path("profile/<text:username>/follow", views.FollowView.as_view(), name="follow"),
    path("profile/<text:username>/unfollow", views.FollowView.as_view(follow=False), name="unfollow"),
    path("profile/<text:username>/feed.rss", feeds.AuthorRssFeed(), name="author_rss"),
    path("profile/<text:username>/feed.atom", feeds.AuthorAtomFeed(), name="author_atom"),
    path("feed.rss", feeds.RssFeed(), name="rss"),
    path("feed.atom", feeds.AtomFeed(), name="atom"),
    path("avatars/<text:username>.svg", avatars.avatar, name="avatar"),
]

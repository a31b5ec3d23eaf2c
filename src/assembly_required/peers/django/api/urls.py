from django.urls import path, re_path

from . import views

app_name = "api"

articles = views.ArticleViewSet
comments = views.CommentViewSet

# bent: the contract's PUT is REST framework's partial update, and no URL ends with a slash, so there is no router
urlpatterns = [
    path("/users", views.RegisterView.as_view(), name="register"),
    path("/users/login", views.LoginView.as_view(), name="login"),
    path("/user", views.CurrentUserView.as_view(), name="user"),
    path("/profiles/<text:username>", views.ProfileView.as_view(), name="profile"),
    path("/profiles/<text:username>/follow", views.FollowView.as_view(), name="follow"),
    path("/articles", articles.as_view({"get": "list", "post": "create"}), name="articles"),
    path("/articles/feed", articles.as_view({"get": "feed"}, **articles.feed.kwargs), name="feed"),
    path(
        "/articles/<text:slug>",
        articles.as_view({"get": "retrieve", "put": "partial_update", "delete": "destroy"}),
        name="article",
    ),
    path(
        "/articles/<text:slug>/favorite",
        articles.as_view({"post": "favorite", "delete": "unfavorite"}, **articles.favorite.kwargs),
        name="favorite",
    ),
    path("/articles/<text:slug>/comments", comments.as_view({"get": "list", "post": "create"}), name="comments"),
    path("/articles/<text:slug>/comments/<str:pk>", comments.as_view({"delete": "destroy"}), name="comment"),
    path("/tags", views.TagsView.as_view(), name="tags"),
    re_path("^(/.*)?$", views.UnknownRouteView.as_view()),
]

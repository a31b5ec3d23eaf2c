from django.contrib.auth.views import LogoutView
from django.urls import path

from . import views

app_name = "accounts"

urlpatterns = [
    path("register", views.RegisterView.as_view(), name="register"),
    path("login", views.LoginView.as_view(), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("settings", views.SettingsView.as_view(), name="settings"),
    path("email/confirm", views.SendConfirmationView.as_view(), name="send_confirmation"),
    path("email/confirm/<uidb64>/<token>", views.ConfirmEmailView.as_view(), name="confirm_email"),
    path("email/undo/<token>", views.UndoEmailView.as_view(), name="undo_email"),
    path("password/reset", views.PasswordResetView.as_view(), name="password_reset"),
    path("password/reset/sent", views.PasswordResetSentView.as_view(), name="password_reset_sent"),
    path("password/reset/<uidb64>/<token>", views.NewPasswordView.as_view(), name="password_new"),
    path("mail", views.SentMailView.as_view(), name="mail"),
]

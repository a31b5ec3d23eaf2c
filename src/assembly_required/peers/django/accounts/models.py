from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Value
from django.urls import reverse
from django.utils.crypto import salted_hmac

from conduit_django.validators import validate_text

from .validators import validate_username


class UserQuerySet(models.QuerySet):
    def for_viewer(self, viewer):
        """Annotate each user with ``following``: whether the viewer follows them."""
        if not viewer.is_authenticated:
            return self.annotate(following=Value(False))
        follows = User.follows.through.objects.filter(from_user=viewer, to_user=OuterRef("pk"))
        return self.annotate(following=Exists(follows))


class UserManager(DjangoUserManager.from_queryset(UserQuerySet)):
    @classmethod
    def normalize_email(cls, email):
        """Lower-case the whole address, so that an account has only one spelling."""
        return (email or "").lower()

    def get_by_natural_key(self, email):
        return self.get(email=self.normalize_email(email))


class User(AbstractUser):
    """An account. Users sign in with their email address."""

    first_name = None
    last_name = None
    username = models.CharField(
        max_length=64,
        unique=True,
        validators=[validate_username],
        error_messages={"unique": "has already been taken"},
    )
    email = models.EmailField(unique=True, error_messages={"unique": "has already been taken"})
    email_confirmed = models.BooleanField(default=False)
    bio = models.TextField(max_length=1000, blank=True, validators=[validate_text])
    image = models.CharField("address of a picture", max_length=2000, blank=True)
    session_version = models.PositiveIntegerField(default=0, editable=False)
    follows = models.ManyToManyField("self", symmetrical=False, related_name="followers", blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["username"]

    def __str__(self):
        return self.username

    def get_absolute_url(self):
        return reverse("articles:profile", args=[self.username])

    def _get_session_auth_hash(self, secret=None):
        """Let a new password or a new session version end all sessions."""
        value = f"{self.password}{self.session_version}"
        return salted_hmac("accounts.User.session", value, secret=secret, algorithm="sha256").hexdigest()

    def clean(self):
        super().clean()
        self.username = self.normalize_username(self.username)

    def save_unique(self, **kwargs):
        """Save, and report a taken username or email by its field.

        The database decides, because another request may take the name between a check and the save.

        :raises ValidationError: with the code ``unique``.
        """
        try:
            with transaction.atomic():
                self.save(**kwargs)
        except IntegrityError:
            self.validate_unique()
            raise

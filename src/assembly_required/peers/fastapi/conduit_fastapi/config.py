"""Settings from the environment, and the secret key from a file."""

import os
from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

DATA = Path(os.environ.get("CONDUIT_DATA", "data"))
"""The folder of the SQLite file and the secret key."""


class Settings(BaseSettings):
    """What differs between installations. Each field is an environment variable of the same name, or a file in DATA.

    Source: https://docs.pydantic.dev/latest/concepts/pydantic_settings/#secrets
    """

    model_config = SettingsConfigDict(secrets_dir=DATA)

    database_url: str = f"sqlite:///{DATA}/conduit.sqlite3"
    secret_key: str = Field(min_length=32)
    secret_key_fallbacks: list[str] = []
    token_days: int = Field(30, ge=1)
    password_checks: int = Field(max(1, (os.cpu_count() or 1) - 1), ge=1)
    """How many passwords are hashed at the same time."""
    cors_origins: list[str] = ["*"]


@lru_cache
def get_settings() -> Settings:
    return Settings()

"""Settings from the environment, or from a file ``.env`` in the working directory."""

from functools import lru_cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What differs between installations. Each field is an environment variable of the same name."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    database_url: str = "sqlite:///fastapi.sqlite3"
    secret_key: str = Field(min_length=32)
    secret_key_fallbacks: list[str] = []
    token_days: int = Field(30, ge=1)
    cors_origins: list[str] = ["*"]


@lru_cache
def get_settings() -> Settings:
    return Settings()

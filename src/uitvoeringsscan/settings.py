"""The environment, read once into a frozen value. Production refuses to start with an unsafe setting, and says which."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from uitvoeringsscan.resources import rubrics_dir


class Environment(StrEnum):
    DEMO = "demo"
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Every setting, with its default; each is an environment variable with the prefix UITVOERINGSSCAN_.

    environment    demo | development | production
    database_url   sqlite:///PATH or postgresql+psycopg://...
    rubrics_dir    folder with the questionnaires and the register of agencies
    public_url     where people reach the service, for links and the API document
    secret_key     production: at least 32 characters of chance; binds cookies and forms to this installation, and locks
                   the private key that publications are signed with
    allow_sqlite   production on SQLite only with this explicit word
    oidc_issuer    the identity provider through which people sign in, as it writes its own address; empty: none
    oidc_client_id, oidc_client_secret   what the provider knows this service by
    oidc_scope     what is asked of the provider; more words where roles want a scope of their own
    oidc_role_map  JSON: value of the role claim -> role, or role@agency; empty: people and roles are known here beforehand
    oidc_role_claim, oidc_agency_claim   the claims that hold these; a path with dots may lead there
    trusted_proxy  address of the proxy before this service, whose X-Forwarded-For is believed for the rate limits
    rate_limits    on | off; when it is not set: on in production and demo, off in development
    """

    model_config = SettingsConfigDict(env_prefix="UITVOERINGSSCAN_", frozen=True, extra="ignore")

    environment: Environment = Environment.DEVELOPMENT
    database_url: str = "sqlite:///var/uitvoeringsscan.sqlite3"
    rubrics_dir: Path = Field(default_factory=rubrics_dir)
    public_url: str = "http://127.0.0.1:8000"
    secret_key: str = ""
    allow_sqlite: bool = False
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_scope: str = "openid profile email"
    oidc_role_map: dict[str, str] = Field(default_factory=dict)
    oidc_role_claim: str = "roles"
    oidc_agency_claim: str = ""
    trusted_proxy: str = ""
    rate_limits: Literal["on", "off", ""] = ""

    @property
    def demo_sign_in(self) -> bool:
        return self.environment is not Environment.PRODUCTION

    @property
    def limited(self) -> bool:
        return self.rate_limits != "off" and (
            self.rate_limits == "on" or self.environment is not Environment.DEVELOPMENT
        )


class UnsafeSettings(Exception):
    """Production would start unsafe; the message has one sentence per setting that says what to do."""


def check_production(settings: Settings) -> None:
    """Refuse what must not happen in production. Other environments may do as they like, but for half a provider."""
    if settings.oidc_issuer and not (settings.oidc_client_id and settings.oidc_client_secret):
        lines = "  UITVOERINGSSCAN_OIDC_CLIENT_ID, OIDC_CLIENT_SECRET: set both, or leave OIDC_ISSUER empty."
        raise UnsafeSettings(f"This configuration is incomplete:\n{lines}")
    if settings.environment is not Environment.PRODUCTION:
        return
    faults = []
    if len(settings.secret_key) < 32 or len(set(settings.secret_key)) < 12:
        faults.append(
            "SECRET_KEY: set at least 32 characters of chance (python -c 'import secrets; print(secrets.token_urlsafe(48))')."
        )
    if not settings.public_url.startswith("https://"):
        faults.append("PUBLIC_URL: set the https:// address at which people reach the service.")
    if settings.database_url.startswith("sqlite") and not settings.allow_sqlite:
        faults.append(
            "DATABASE_URL: use PostgreSQL, or set ALLOW_SQLITE=true when one process on one machine is enough."
        )
    if settings.oidc_issuer and not settings.oidc_issuer.startswith("https://"):
        faults.append("OIDC_ISSUER: the identity provider must be reached over https://.")
    if faults:
        lines = "\n".join(f"  UITVOERINGSSCAN_{fault}" for fault in faults)
        raise UnsafeSettings(f"This configuration is not safe for production:\n{lines}")

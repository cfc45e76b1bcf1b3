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
    smtp_url       where mail is handed over: smtp://user:password@host:port (STARTTLS when offered, ?starttls=required: always)
                   or smtps://...; empty: mail is written to the log, which production refuses
    mail_from      who mail is from: an address, or `Name <address>`
    mail_bounces_to  the address that reports of undelivered mail come back to (Return-Path); empty: that of mail_from
    webhook_hosts  JSON: hosts to which webhooks may go although they are private, and without https
    event_source   the URN that events say they come from; empty: one with the host of public_url
    work           embedded | apart: whether serving does the background work too, or `worker` processes do; when it is not
                   set: embedded on SQLite, apart on PostgreSQL
    work_minute    seconds that the background work takes for a minute; fewer only to see it happen sooner
    log_format     text | json: lines for a person, or one JSON object each
    log_level      debug | info | warning: from where on the service speaks of what it does
    metrics_token  who sends it as a Bearer may read /metrics from elsewhere; empty: only this machine itself
    otlp_url       the collector that traces go to (OTLP over HTTP, as http://127.0.0.1:4318); empty: no traces
    parliament_url where the House's open data is followed, without a path (https://gegevensmagazijn.tweedekamer.nl); empty: it
                   is not followed
    parliament_minutes  how often
    parliament_days     how far back the first time begins
    parliament_rate     questions a second at most
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
    smtp_url: str = ""
    mail_from: str = "Uitvoeringsscan <niet-beantwoorden@localhost.localdomain>"
    mail_bounces_to: str = ""
    webhook_hosts: list[str] = Field(default_factory=list)
    event_source: str = ""
    work: Literal["embedded", "apart", ""] = ""
    work_minute: float = Field(default=60.0, gt=0, le=60)
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["debug", "info", "warning"] = "info"
    metrics_token: str = ""
    otlp_url: str = ""
    parliament_url: str = ""
    parliament_minutes: int = Field(default=5, ge=1, le=1440)
    parliament_days: int = Field(default=30, ge=1, le=730)
    parliament_rate: float = Field(default=2.0, gt=0, le=100_000)
    rate_limits: Literal["on", "off", ""] = ""

    @property
    def demo_sign_in(self) -> bool:
        return self.environment is not Environment.PRODUCTION

    @property
    def works_inside(self) -> bool:
        return self.work == "embedded" or (not self.work and self.database_url.startswith("sqlite"))

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
    if not settings.oidc_issuer:
        faults.append(
            "OIDC_ISSUER: set the identity provider (and OIDC_CLIENT_ID, OIDC_CLIENT_SECRET); without one nobody can sign in."
        )
    elif not settings.oidc_issuer.startswith("https://"):
        faults.append("OIDC_ISSUER: the identity provider must be reached over https://.")
    if not settings.smtp_url:
        faults.append(
            "SMTP_URL: set the mail server (smtp://user:password@host:587); a log is no place for mail to people."
        )
    elif settings.mail_from.rstrip(">").endswith("@localhost.localdomain"):
        faults.append("MAIL_FROM: set the address that mail is from, at a domain of yours.")
    if settings.parliament_url and not settings.parliament_url.startswith("https://"):
        faults.append("PARLIAMENT_URL: the House's open data must be reached over https://.")
    if settings.log_level == "debug":
        faults.append("LOG_LEVEL: set info or warning; debug writes down more of people than a log may hold.")
    if settings.rate_limits == "off":
        faults.append("RATE_LIMITS: leave it out, or set on; without limits anybody may guess and flood.")
    if settings.metrics_token and len(settings.metrics_token) < 32:
        faults.append("METRICS_TOKEN: set at least 32 characters of chance, or leave it empty.")
    if faults:
        lines = "\n".join(f"  UITVOERINGSSCAN_{fault}" for fault in faults)
        raise UnsafeSettings(f"This configuration is not safe for production:\n{lines}")

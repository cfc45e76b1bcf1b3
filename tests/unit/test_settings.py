"""Production refuses what is unsafe, and each refusal says what to do; half a provider is refused everywhere."""

from __future__ import annotations

from typing import Any

import pytest

from uitvoeringsscan.settings import Environment, Settings, UnsafeSettings, check_production

SAFE: dict[str, Any] = {
    "environment": Environment.PRODUCTION,
    "database_url": "postgresql+psycopg://scan@db/scan",
    "public_url": "https://scan.example",
    "secret_key": "9aG-2kq8Zr_w0VtYx7LmP4sEhJ6uBdCfN3Tz1QyRoKi5",
    "oidc_issuer": "https://inloggen.example",
    "oidc_client_id": "scan",
    "oidc_client_secret": "geheim",
    "smtp_url": "smtp://mail.example",
    "mail_from": "Uitvoeringsscan <scan@dienst.example>",
}


def test_a_safe_production_starts() -> None:
    check_production(Settings(**SAFE))
    check_production(Settings(**{**SAFE, "log_level": "warning", "rate_limits": "on", "metrics_token": "m" * 32}))
    check_production(Settings(**{**SAFE, "database_url": "sqlite:///x.sqlite3", "allow_sqlite": True}))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("secret_key", "", "SECRET_KEY: set at least 32 characters"),
        ("secret_key", "kort", "SECRET_KEY: set at least 32 characters"),
        ("secret_key", "a" * 64, "SECRET_KEY: set at least 32 characters"),
        ("public_url", "http://scan.example", "PUBLIC_URL: set the https:// address"),
        ("database_url", "sqlite:///x.sqlite3", "DATABASE_URL: use PostgreSQL, or set ALLOW_SQLITE=true"),
        ("smtp_url", "", "SMTP_URL: set the mail server"),
        ("mail_from", Settings.model_fields["mail_from"].default, "MAIL_FROM: set the address"),
        ("oidc_issuer", "", "OIDC_ISSUER: set the identity provider"),
        ("log_level", "debug", "LOG_LEVEL: set info or warning"),
        ("rate_limits", "off", "RATE_LIMITS: leave it out, or set on"),
        ("metrics_token", "kort", "METRICS_TOKEN: set at least 32 characters"),
        ("oidc_issuer", "http://inloggen.example", "OIDC_ISSUER: the identity provider must be reached over https"),
    ],
)
def test_what_is_unsafe_is_refused_in_production_alone(name: str, value: Any, words: str) -> None:
    with pytest.raises(UnsafeSettings) as refused:
        check_production(Settings(**{**SAFE, name: value}))
    assert words in str(refused.value)
    assert str(refused.value).count("UITVOERINGSSCAN_") == 1
    for environment in (Environment.DEMO, Environment.DEVELOPMENT):
        check_production(Settings(**{**SAFE, name: value, "environment": environment}))


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(UnsafeSettings) as refused:
        check_production(Settings(environment=Environment.PRODUCTION))
    assert str(refused.value).count("UITVOERINGSSCAN_") == 5


@pytest.mark.parametrize("missing", ["oidc_client_id", "oidc_client_secret"])
@pytest.mark.parametrize("environment", Environment)
def test_half_a_provider_is_refused_everywhere(environment: Environment, missing: str) -> None:
    with pytest.raises(UnsafeSettings, match="OIDC_CLIENT_ID, OIDC_CLIENT_SECRET: set both"):
        check_production(Settings(**{**SAFE, "environment": environment, missing: ""}))


def test_only_outside_production_may_one_choose_who_to_be() -> None:
    assert [Settings(environment=environment).demo_sign_in for environment in Environment] == [True, True, False]


def test_the_map_of_roles_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UITVOERINGSSCAN_OIDC_ROLE_MAP", '{"kamer": "indiener"}')
    assert Settings().oidc_role_map == {"kamer": "indiener"}

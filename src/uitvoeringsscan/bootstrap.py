"""The composition root: Settings -> Desk -> the ASGI application. The only place where everything meets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import anyio.to_thread
from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.types import ASGIApp

from uitvoeringsscan.adapters import chance, signing
from uitvoeringsscan.adapters.documents import read_document
from uitvoeringsscan.adapters.pdf import render_pdf
from uitvoeringsscan.adapters.register_files import read_register
from uitvoeringsscan.adapters.rubric_files import read_library
from uitvoeringsscan.api.app import API_VERSION
from uitvoeringsscan.api.app import mount as mount_api
from uitvoeringsscan.demo import fill
from uitvoeringsscan.people.claims import ClaimMap
from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.rubrics.library import Library
from uitvoeringsscan.settings import Environment, Settings, UnsafeSettings, check_production
from uitvoeringsscan.storage import schema
from uitvoeringsscan.storage.engine import open_engine
from uitvoeringsscan.storage.work import read_transaction, write_transaction
from uitvoeringsscan.use_cases import signing_keys
from uitvoeringsscan.use_cases.ports import Desk, IdentityProvider
from uitvoeringsscan.use_cases.reading import PARLIAMENT
from uitvoeringsscan.web.app import create_web
from uitvoeringsscan.web.shelf import Shelf

_THREADS = {"sqlite": 4, "postgresql": 16}
"""Few threads on SQLite: they wait for one lock and for each other (measured: see docs/benchmarks.md)."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is asked and who executes what: read and checked once, then shared by everything in this process."""

    register: Register
    library: Library


def read_knowledge(directory: Path) -> Knowledge:
    """Any fault in any file stops here, and names file and line."""
    return Knowledge(read_register(directory / "register"), read_library(directory))


def make_desk(settings: Settings, engine: Engine, knowledge: Knowledge | None = None) -> Desk:
    """Everything a use case may reach for, over one database."""
    known = knowledge or read_knowledge(settings.rubrics_dir)
    return Desk(
        writing=lambda: write_transaction(engine),
        reading=lambda: read_transaction(engine),
        now=chance.now,
        today=lambda: chance.now().astimezone(PARLIAMENT).date(),
        steady=chance.steady,
        below=chance.below,
        token=chance.token,
        hash=chance.digest,
        seal=chance.sealer(settings.secret_key),
        register=known.register,
        library=known.library,
        render_pdf=render_pdf,
        make_key=signing.key_maker(settings.secret_key, chance.some),
        sign=signing.signer(settings.secret_key),
        read_document=read_document,
        demo=settings.demo_sign_in,
        provider=_provider(settings) if settings.oidc_issuer else None,
    )


def _provider(settings: Settings) -> IdentityProvider:
    """Loaded here and nowhere else: without a provider nothing of it is in memory."""
    from uitvoeringsscan.adapters.oidc import OidcProvider, ProviderSettings

    claims = ClaimMap(
        role_claim=settings.oidc_role_claim, agency_claim=settings.oidc_agency_claim, roles=settings.oidc_role_map
    )
    if claims.faults():
        raise UnsafeSettings("\n".join(["UITVOERINGSSCAN_OIDC_ROLE_MAP:", *claims.faults()]))
    address = settings.public_url.rstrip("/")
    given = ProviderSettings(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        scope=settings.oidc_scope,
        redirect_uri=f"{address}/inloggen/terug",
        signed_out_uri=f"{address}/",
        claims=claims,
    )
    return OidcProvider(given, chance.steady)


def make_app(settings: Settings, knowledge: Knowledge | None = None) -> FastAPI:
    """The whole service as one ASGI application. The database must be at the newest schema already."""
    check_production(settings)
    engine = open_engine(settings.database_url)
    desk = make_desk(settings, engine, knowledge)
    threads = _THREADS[engine.dialect.name]

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = threads
        yield
        engine.dispose()

    limits = {"proxy": settings.trusted_proxy, "api_headers": {"API-Version": API_VERSION}}
    app = create_web(
        desk,
        demonstration=settings.environment is Environment.DEMO,
        public_url=settings.public_url,
        lifespan=lifespan,
        limits=limits if settings.limited else None,
    )
    mount_api(app, desk, settings.public_url)
    return app


def settings_from_environment() -> Settings:
    """The settings of this process."""
    return Settings()


def prepare(settings: Settings) -> None:
    """Once, before any worker starts: refuse what is unsafe, bring the database up to date, fill an empty demonstration."""
    check_production(settings)
    schema.upgrade(settings.database_url)
    engine = open_engine(settings.database_url)
    try:
        desk = make_desk(settings, engine)
        _prepare_signing(settings, desk)
        if settings.environment is Environment.DEMO:
            fill(desk)
    finally:
        engine.dispose()


def _prepare_signing(settings: Settings, desk: Desk) -> None:
    """The first start makes a key. A key that cannot be opened any more is replaced outside production only: there it is
    a sign that SECRET_KEY was lost, and somebody decides."""
    if settings.environment is not Environment.PRODUCTION or not signing_keys.every(desk):
        signing_keys.ensure(desk)
    fault = signing_keys.fault(desk)
    if fault is not None:
        raise UnsafeSettings(f"Production does not start without a key to sign publications with:\n  {fault}")


def serve_app(settings: Settings) -> ASGIApp:
    """What a server's worker process runs: the application, with published pages ready to hand in front of all of it."""
    return Shelf(make_app(settings), clock=chance.steady)


def app_from_environment() -> ASGIApp:
    """The same, for a server that starts workers by the name of this function."""
    return serve_app(settings_from_environment())

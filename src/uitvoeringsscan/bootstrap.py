"""The composition root: Settings -> Desk -> the ASGI application. The only place where everything meets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import anyio.to_thread
from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.types import ASGIApp

from uitvoeringsscan import __version__
from uitvoeringsscan.adapters import chance, logs, signing
from uitvoeringsscan.adapters.card import render_card
from uitvoeringsscan.adapters.documents import read_document
from uitvoeringsscan.adapters.metrics import CONTENT_TYPE, Metrics
from uitvoeringsscan.adapters.pdf import render_pdf
from uitvoeringsscan.adapters.register_files import read_register
from uitvoeringsscan.adapters.rubric_files import examples_of, read_library
from uitvoeringsscan.api.app import API_VERSION
from uitvoeringsscan.api.app import mount as mount_api
from uitvoeringsscan.demo import fill
from uitvoeringsscan.identifiers import RubricRef
from uitvoeringsscan.notices.cloud_events import source_of
from uitvoeringsscan.people.claims import ClaimMap
from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.rubrics.library import Library
from uitvoeringsscan.scoring.examples import Example
from uitvoeringsscan.settings import Environment, Settings, UnsafeSettings, check_production
from uitvoeringsscan.storage import schema
from uitvoeringsscan.storage.backlog import StoredBacklog
from uitvoeringsscan.storage.engine import open_engine
from uitvoeringsscan.storage.locks import open_locks
from uitvoeringsscan.storage.work import read_transaction, write_transaction
from uitvoeringsscan.use_cases import health, signing_keys
from uitvoeringsscan.use_cases.ports import Desk, IdentityProvider
from uitvoeringsscan.use_cases.ports_outside import Mailer, Post
from uitvoeringsscan.use_cases.ports_parliament import Parliament
from uitvoeringsscan.use_cases.reading import PARLIAMENT
from uitvoeringsscan.use_cases.telling import ANNOUNCED
from uitvoeringsscan.web.app import create_web
from uitvoeringsscan.web.shelf import Shelf
from uitvoeringsscan.web.watch import Watching

if TYPE_CHECKING:
    from uitvoeringsscan.adapters.tracing import Tracing
    from uitvoeringsscan.jobs.runtime import Runtime

_THREADS = {"sqlite": 4, "postgresql": 8}
"""Few threads on SQLite: they wait for one lock and for each other (measured: see docs/benchmarks.md)."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is asked and who executes what: read and checked once, then shared by everything in this process."""

    register: Register
    library: Library
    examples: Mapping[RubricRef, Sequence[Example]] = field(default_factory=dict)


def read_knowledge(directory: Path) -> Knowledge:
    """Any fault in any file stops here, and names file and line."""
    library = read_library(directory)
    return Knowledge(read_register(directory / "register"), library, examples_of(directory, library))


def make_desk(settings: Settings, engine: Engine, knowledge: Knowledge | None = None) -> Desk:
    """Everything a use case may reach for, over one database."""
    known = knowledge or read_knowledge(settings.rubrics_dir)
    return Desk(
        writing=lambda: write_transaction(engine, ANNOUNCED),
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
        examples=known.examples,
        render_pdf=render_pdf,
        render_card=partial(render_card, demonstration=settings.environment is Environment.DEMO),
        make_key=signing.key_maker(settings.secret_key, chance.some),
        sign=signing.signer(settings.secret_key),
        read_document=read_document,
        demo=settings.demo_sign_in,
        provider=_provider(settings) if settings.oidc_issuer else None,
        mailer=_mailer(settings),
        post=_post(settings),
        parliament=_parliament(settings) if settings.parliament_url else None,
        backlog=StoredBacklog(engine),
        source=settings.event_source or source_of(settings.public_url),
        address=settings.public_url.rstrip("/"),
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


def _mailer(settings: Settings) -> Mailer:
    """Over SMTP, or into the log where no server is configured."""
    from uitvoeringsscan.adapters.mail import ConsoleMailer, FaultyAddress, SmtpMailer, read_server

    sender, address = settings.mail_from, settings.public_url
    if not settings.smtp_url:
        return ConsoleMailer(sender=sender, public_url=address)
    try:
        server = read_server(settings.smtp_url)
        return SmtpMailer(server, sender=sender, public_url=address, bounces=settings.mail_bounces_to)
    except FaultyAddress as error:
        raise UnsafeSettings(f"UITVOERINGSSCAN_SMTP_URL cannot be read; expected: {error}") from None


def _post(settings: Settings) -> Post:
    from uitvoeringsscan.adapters.webhooks import Webhooks

    return Webhooks(settings.webhook_hosts)


def _parliament(settings: Settings) -> Parliament:
    """Loaded here and nowhere else, like the provider."""
    from uitvoeringsscan.adapters.parliament import OpenData

    return OpenData(
        settings.parliament_url,
        steady=chance.steady,
        every=timedelta(minutes=settings.parliament_minutes),
        since=timedelta(days=settings.parliament_days),
        rate=settings.parliament_rate,
    )


def make_app(settings: Settings, knowledge: Knowledge | None = None, *, working: bool = False) -> FastAPI:
    """The whole service as one ASGI application. The database must be at the newest schema already.

    working  do the background work too, from the first request that can be answered to the last that was
    """
    check_production(settings)
    engine = open_engine(settings.database_url)
    desk = make_desk(settings, engine, knowledge)
    threads = _THREADS[engine.dialect.name]
    metrics = Metrics(lambda: health.gauges(desk))
    tracing = make_tracing(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = threads
        runtime = make_runtime(settings, desk, tracing, alone=True) if working else None
        if runtime is not None:
            runtime.start()
        yield
        if runtime is not None:
            await anyio.to_thread.run_sync(runtime.stop)
        if tracing is not None:
            await anyio.to_thread.run_sync(tracing.close)
        engine.dispose()

    limits = {"proxy": settings.trusted_proxy, "api_headers": {"API-Version": API_VERSION}}
    app = create_web(
        desk,
        demonstration=settings.environment is Environment.DEMO,
        public_url=settings.public_url,
        lifespan=lifespan,
        limits=limits if settings.limited else None,
        watching=Watching(
            observe=metrics.observe,
            figures=metrics.page,
            media_type=CONTENT_TYPE,
            word=settings.metrics_token,
            span=tracing.request if tracing else None,
        ),
    )
    mount_api(app, desk, settings.public_url)
    return app


def make_tracing(settings: Settings) -> Tracing | None:
    """Loaded only where somebody wants traces."""
    if not settings.otlp_url:
        return None
    try:
        from uitvoeringsscan.adapters.tracing import Tracing
    except ModuleNotFoundError as error:
        raise UnsafeSettings(
            "UITVOERINGSSCAN_OTLP_URL: traces need more packages; install uitvoeringsscan[traces]."
        ) from error
    return Tracing(settings.otlp_url, __version__)


def configure_logs(settings: Settings) -> None:
    """How this process speaks of what it does: before anything else."""
    logs.configure(as_json=settings.log_format == "json", level=settings.log_level)


def make_runtime(settings: Settings, desk: Desk, tracing: Tracing | None = None, *, alone: bool = False) -> Runtime:
    """This process's part in the background work. `alone`: only while no other process that says so does it."""
    from uitvoeringsscan.jobs.runtime import Plan, Runtime

    sqlite = settings.database_url.startswith("sqlite")
    plan = Plan(url=settings.database_url, alone=alone, at_once=4 if sqlite else 16, minute=settings.work_minute)
    locks = open_locks(settings.database_url)
    return Runtime(desk, locks, plan, tracing.work) if tracing else Runtime(desk, locks, plan)


def make_worker(settings: Settings, tracing: Tracing | None = None) -> Runtime:
    """What a worker process runs: the background work alone. It brings the database up to date, as serving does."""
    check_production(settings)
    schema.upgrade(settings.database_url)
    return make_runtime(settings, make_desk(settings, open_engine(settings.database_url)), tracing)


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
    return Shelf(make_app(settings, working=settings.works_inside), clock=chance.steady)


def app_from_environment() -> ASGIApp:
    """The same, for a server that starts workers by the name of this function."""
    settings = settings_from_environment()
    configure_logs(settings)
    return serve_app(settings)

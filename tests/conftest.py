"""Fixtures for all tests. Databases, the browser and running services cost nothing until a test asks for them.

database_url    a migrated, empty database of its own per test; the test runs on SQLite and on PostgreSQL
sqlite_url      the same, SQLite only          postgres_database_url   the same, PostgreSQL only
postgres_url    the server's own database `postgres`, one server per session
live_server     starts the service as a process: live_server({"UITVOERINGSSCAN_DATABASE_URL": ...}) -> Service
chromium        a browser, one per session; page: a page in a context of its own, per test
axe             axe(page) -> list of violations, one line each
shared_data     the folder with collected amendments beside the repository
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page

from tests.support import browser, postgres, service
from tests.support.need import ROOT, absent, lacking

# The machine's speed is no property of the code: no deadline per example.
settings.register_profile("uitvoeringsscan", deadline=None, print_blob=True)
settings.load_profile("uitvoeringsscan")

# No setting of the developer's shell leaks into a test.
for _name in [name for name in os.environ if name.startswith("UITVOERINGSSCAN_")]:
    del os.environ[_name]

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    binary = postgres.binaries()
    if binary is None:
        lacking("PostgreSQL")
    with postgres.server(binary) as url:
        yield url


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from uitvoeringsscan.storage.schema import upgrade

    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    upgrade(f"sqlite:///{path}")
    if path.with_name(path.name + "-wal").exists():
        raise RuntimeError("migrating left a connection open: the template would be copied without its newest pages")
    return path


@pytest.fixture(scope="session")
def _postgres_template(postgres_url: str) -> str:
    from uitvoeringsscan.storage.schema import upgrade

    postgres.execute(postgres_url, "CREATE DATABASE template_migrated")
    upgrade(postgres.named(postgres_url, "template_migrated"))
    return "template_migrated"


@pytest.fixture
def sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "uitvoeringsscan.sqlite3"
    shutil.copyfile(_sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_database_url(postgres_url: str, _postgres_template: str) -> Iterator[str]:
    with postgres.copied(postgres_url, _postgres_template, f"test_{next(_numbers)}") as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    name = "sqlite_url" if request.param == "sqlite" else "postgres_database_url"
    return str(request.getfixturevalue(name))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        absent("the folder shared/data beside the repository")
    return folder


@pytest.fixture(scope="module")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[service.LiveServer]:
    """Services started through it live until the last test of the module."""
    folder = tmp_path_factory.mktemp("service")
    with ExitStack() as stack:
        yield lambda environment: stack.enter_context(service.running(folder, environment))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not browser.CHROMIUM.exists():
        lacking("chromium")
    with browser.browser() as started:
        yield started


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam")
    try:
        yield context.new_page()
    finally:
        context.close()


@pytest.fixture(scope="session")
def axe() -> browser.Axe:
    if not browser.AXE.exists():
        lacking("axe-core")
    source = browser.AXE.read_text("utf-8")
    return lambda page: browser.violations(page, source)

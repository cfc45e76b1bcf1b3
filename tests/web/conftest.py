"""One demonstration parliament per test of the web: the real application over a database of its own."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI

from tests.support.site import Site
from uitvoeringsscan.bootstrap import Knowledge, make_app, make_desk, read_knowledge
from uitvoeringsscan.demo import fill
from uitvoeringsscan.resources import rubrics_dir
from uitvoeringsscan.settings import Environment, Settings
from uitvoeringsscan.storage.engine import open_engine
from uitvoeringsscan.use_cases.ports import Desk, ScanFilter, Sight


@dataclass(frozen=True)
class Parliament:
    app: FastAPI
    desk: Desk

    def site(self, name: str | None = None) -> Site:
        """A visitor; signed in when a name is given."""
        site = Site(self.app)
        return site.as_person(self.person(name)) if name else site

    def person(self, name: str) -> str:
        with self.desk.reading() as work:
            return next(person.id for person in work.people.every() if person.name == name)

    def scan(self, dossier: str, paper: str | None) -> str:
        with self.desk.reading() as work:
            lines = work.scans.page(ScanFilter(dossier=dossier), Sight(everything=True), None, 50)
        return next(line.id for line in lines if line.paper_number == paper)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return read_knowledge(rubrics_dir())


@pytest.fixture(scope="session")
def _filled(_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Path:
    """The demonstration, filled once; each test gets a copy."""
    path = tmp_path_factory.mktemp("demonstration") / "filled.sqlite3"
    shutil.copyfile(_sqlite_template, path)
    engine = open_engine(f"sqlite:///{path}")
    fill(make_desk(Settings(environment=Environment.DEMO), engine, knowledge))
    engine.dispose()
    return path


@pytest.fixture
def parliament(_filled: Path, tmp_path: Path, knowledge: Knowledge) -> Parliament:
    path = tmp_path / "parliament.sqlite3"
    shutil.copyfile(_filled, path)
    settings = Settings(
        environment=Environment.DEMO,
        database_url=f"sqlite:///{path}",
        public_url="http://testserver",
        rate_limits="off",
    )
    app = make_app(settings, knowledge)
    return Parliament(app=app, desk=app.state.site.desk)

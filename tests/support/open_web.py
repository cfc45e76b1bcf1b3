"""The whole public service over a world's desk: web and API as they are mounted, nothing kept from an earlier one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.support.desk import World
from uitvoeringsscan.api.app import create_api
from uitvoeringsscan.web.app import create_web

SITE = "http://testserver"


@asynccontextmanager
async def _nothing(_app: FastAPI) -> AsyncIterator[None]:
    yield


def service_over(world: World, *, demonstration: bool = False) -> FastAPI:
    app = create_web(world.desk, demonstration=demonstration, public_url=SITE, lifespan=_nothing)
    app.mount("/api/v1", create_api(world.desk, SITE))
    return app


def reader_of(world: World, *, demonstration: bool = False) -> TestClient:
    """Somebody without any account, who follows no redirect by itself. Makes the service anew: its shelf is empty."""
    app = service_over(world, demonstration=demonstration)
    return TestClient(app, base_url=SITE, follow_redirects=False, raise_server_exceptions=False)


def addresses(app: Any, prefix: str = "") -> set[str]:
    """Every path template that answers to GET: of the web, of routers within routers, and of what is mounted beside it."""
    found: set[str] = set()
    while not hasattr(app, "routes") and hasattr(app, "_app"):
        app = app._app
    for route in getattr(app, "routes", ()):
        if hasattr(route, "original_router"):
            found |= addresses(route.original_router, prefix)
        elif "GET" in (getattr(route, "methods", None) or ()):
            found.add(prefix + route.path)
        elif hasattr(route, "app"):
            found |= addresses(route.app, prefix + route.path)
    return found

"""Which request this is all about: set where a request or a piece of work comes in, read where a line is logged or work is left.

It crosses every room without being an argument of each, and decides nothing: with nothing set, everything works the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_REQUEST: ContextVar[str | None] = ContextVar("request", default=None)


def request_id() -> str | None:
    """The id of the request that this is done for, also when it is done later and elsewhere; None when nobody asked."""
    return _REQUEST.get()


@contextmanager
def on_behalf_of(request: str | None) -> Iterator[None]:
    """What is done within is done for this request."""
    token = _REQUEST.set(request)
    try:
        yield
    finally:
        _REQUEST.reset(token)

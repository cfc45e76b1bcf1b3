"""The one place where a template environment is made: autoescape on, unknown names are errors, the same words everywhere.

    environment().get_template("publicatie.html").render(page_title=..., ...)

Templates know besides their own context: the filters and functions of `dutch`, the tables of `labels` (as `labels`), the
measures of `pictures` (as `pictures`), and `asset("app.css")`, the address of a static file with its digest.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from uitvoeringsscan.presentation import dutch, labels, pictures

STATIC = Path(__file__).parent / "static"


@cache
def asset(name: str) -> str:
    """`/static/app.css?v=3f2a...`: a new address when the content is new, so that browsers may keep what they have."""
    return f"/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


@cache
def environment() -> Environment:
    """The shared environment. It is cached: templates are compiled once per process."""
    made = Environment(
        loader=PackageLoader("uitvoeringsscan.presentation"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(dutch.FILTERS)
    made.globals.update(dutch.FUNCTIONS)
    made.globals.update(labels=labels, pictures=pictures, asset=asset)
    return made

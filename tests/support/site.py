"""The web as a browser without script sees it: a client that keeps cookies, and forms filled in and sent as they stand."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from httpx2 import Response
from starlette.testclient import TestClient


class _Forms(HTMLParser):
    """Every form of a page: where it goes, and what its fields hold."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self._textarea: str | None = None
        self._select: str | None = None
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({"action": given.get("action", ""), "fields": [], "buttons": []})
        elif not self.forms:
            return
        fields = self.forms[-1]["fields"]
        name = given.get("name", "")
        if tag == "input" and name:
            kind = given.get("type", "text")
            if kind not in ("checkbox", "radio", "file") or "checked" in given:
                fields.append((name, given.get("value", "on" if kind == "checkbox" else "")))
        elif tag == "textarea" and name:
            self._textarea, self._words = name, ""
        elif tag == "select" and name:
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            fields.append((self._select, given.get("value", "")))
        elif tag == "button" and given.get("type") == "submit" and name:
            self.forms[-1]["buttons"].append((name, given.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea is not None:
            self.forms[-1]["fields"].append((self._textarea, self._words.removeprefix("\n")))
            self._textarea = None
        elif tag == "select":
            self._select = None


class Site:
    """A visitor. `as_person` signs in by name, through the demonstration's page."""

    def __init__(self, app: Any) -> None:
        self.client = TestClient(app, base_url="http://testserver", follow_redirects=True)
        self.client.headers["Sec-Fetch-Site"] = "same-origin"
        self.page: Response | None = None

    def get(self, path: str) -> Response:
        self.page = self.client.get(path)
        return self.page

    def as_person(self, person_id: str) -> Site:
        page = self.get("/inloggen")
        assert person_id in page.text
        self.client.post("/inloggen", data={"persoon": person_id, "verder": "/", **self._hidden(page)})
        return self

    def _hidden(self, page: Response) -> dict[str, str]:
        return {name: value for form in forms(page) for name, value in form["fields"] if name == "csrf"}

    def send(self, action: str, changed: dict[str, Any] | None = None, *, files: Any = None) -> Response:
        """Fill in the form of the page at hand that goes to `action`, and send it as a browser would."""
        assert self.page is not None
        form = next(form for form in forms(self.page) if form["action"] == action)
        fields: dict[str, Any] = {}
        for name, value in form["fields"]:
            fields.setdefault(name, []).append(value)
        fields |= changed or {}
        self.page = self.client.post(urljoin(str(self.page.url), action), data=fields, files=files)
        return self.page


def forms(page: Response) -> list[dict[str, Any]]:
    parser = _Forms()
    parser.feed(page.text)
    return parser.forms

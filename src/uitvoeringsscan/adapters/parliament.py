"""The House's open data over HTTP: the SyncFeed (Atom) for what changed, OData for how it stands, resources for the files.

Polite: one question at a time, not more often than `rate`, a page is only asked for again if it changed, and when the House
asks to wait, we wait or stay away. Careful: nothing that comes back is trusted. An answer is counted while it comes in, has
a limit in bytes and in time, and is no use when it ends too early; XML may hold no DTD; of a link only its `skiptoken` is
taken, never its address, and a redirect is not followed.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from time import sleep as really_sleep
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element, ParseError

import httpx2
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from uitvoeringsscan.parliament.answers import GUID, read_moment
from uitvoeringsscan.parliament.feed import Category, Entry, FeedPage
from uitvoeringsscan.use_cases.ports_parliament import File, Unreachable

T = TypeVar("T")

FEED, FILE, DATA = "/SyncFeed/2.0/Feed", "/SyncFeed/2.0/Resources", "/OData/v4/2.0"

TIMEOUT = httpx2.Timeout(30.0, connect=10.0)
"""Seconds. A page of the feed has been seen to take twenty."""
LONGEST = 90.0
"""Seconds for one whole answer, however steadily it trickles in."""
PAGE_BYTES, CASE_BYTES, FILE_BYTES = 20_000_000, 8_000_000, 5_000_000
"""The last is also what `adapters.documents` reads at most."""

ATTEMPTS = 3
PATIENCE = 20.0
"""Seconds that one attempt may wait for the next. Who is asked to wait longer stays away, and comes back another time."""
_AGAIN = frozenset({429, 500, 502, 503, 504})
_PAGES = 4

CASE_EXPAND = ",".join(
    (
        "Kamerstukdossier($filter=Verwijderd eq false)",
        "ZaakActor($filter=Verwijderd eq false)",
        "Document($filter=Verwijderd eq false;$expand=HuidigeDocumentVersie,Kamerstukdossier)",
        "Agendapunt($filter=Verwijderd eq false;$expand=Activiteit($expand=VervangenDoor))",
        "Besluit($filter=Verwijderd eq false;$expand=Stemming($filter=Verwijderd eq false),Agendapunt($expand=Activiteit))",
        "VervangenVanuit($filter=Verwijderd eq false;$expand=Document($filter=Verwijderd eq false),Kamerstukdossier)",
        "VervangenDoor($filter=Verwijderd eq false)",
    )
)
"""One question for all that hangs on a case."""


class _Unusable(Exception):
    """An answer that came, and is not what it should be: worth another attempt."""


class OpenData:
    """Fits `use_cases.ports_parliament.Parliament`.

    address  scheme and host of the House's data, without a path
    rate     questions a second at most
    """

    def __init__(
        self,
        address: str,
        *,
        steady: Callable[[], float],
        every: timedelta = timedelta(minutes=5),
        since: timedelta = timedelta(days=30),
        rate: float = 2.0,
        sleep: Callable[[float], None] = really_sleep,
        timeout: httpx2.Timeout = TIMEOUT,
    ) -> None:
        self._address = address.rstrip("/")
        self._steady = steady
        self._every, self._since = every, since
        self._between = 1 / rate
        self._sleep = sleep
        self._timeout = timeout
        self._last = -1e9
        self._mine = threading.local()

    @property
    def every(self) -> timedelta:
        return self._every

    @property
    def since(self) -> timedelta:
        return self._since

    def rest(self) -> None:
        client: httpx2.Client | None = getattr(self._mine, "client", None)
        if client is not None:
            client.close()
            self._mine.client = None

    def _client(self) -> httpx2.Client:
        """Made at the first question and kept until `rest`, one per thread: one connection serves a whole turn."""
        client: httpx2.Client | None = getattr(self._mine, "client", None)
        if client is None:
            client = self._mine.client = self._connected()
        return client

    def _connected(self) -> httpx2.Client:
        return httpx2.Client(
            base_url=self._address,
            headers={"User-Agent": "uitvoeringsscan", "Accept-Language": "nl"},
            trust_env=False,
            follow_redirects=False,
            timeout=self._timeout,
        )

    # --- the feed ---

    def changes(self, category: Category, token: int | None, tag: str | None) -> FeedPage | None:
        query: dict[str, str] = {"category": category.value}
        if token is not None:
            query["skiptoken"] = str(token)
        headers = {"Accept": "application/atom+xml, application/xml"}
        if tag is not None:
            name, _, value = tag.partition(" ")
            headers[name] = value

        def read(answer: httpx2.Response, body: bytes) -> FeedPage | None:
            return None if answer.status_code == 304 else _page(body, _tag(answer))

        return self._ask(FEED, query, headers, PAGE_BYTES, read, also=(304,))

    # --- single things ---

    def case(self, case: str) -> Mapping[str, Any] | None:
        return self._ask(
            f"{DATA}/Zaak({_checked(case)})", {"$expand": CASE_EXPAND}, _JSON, CASE_BYTES, _one, also=(404, 410)
        )

    def documents_of(self, dossier: str, kinds: Collection[str]) -> Sequence[Mapping[str, Any]]:
        wanted = " or ".join(f"Soort eq '{kind.replace(chr(39), chr(39) * 2)}'" for kind in sorted(kinds))
        within = f"Kamerstukdossier/any(d: d/Id eq {_checked(dossier)})"
        query = {
            "$filter": f"Verwijderd eq false and {within} and ({wanted})",
            "$orderby": "Datum desc",
            "$top": "5",
            "$expand": "HuidigeDocumentVersie",
        }
        found: list[Mapping[str, Any]] = []
        for _ in range(_PAGES):
            page = self._ask(f"{DATA}/Document", query, _JSON, CASE_BYTES, _many)
            found += page["value"]
            following = page.get("@odata.nextLink")
            if not isinstance(following, str):
                break
            query = {name: values[-1] for name, values in parse_qs(urlsplit(following).query).items()}
        return found

    def file(self, document: str, size: int | None) -> File | None:
        if size is not None and size > FILE_BYTES:
            raise Unreachable(f"{size} bytes is more than is read ({FILE_BYTES})")

        def read(answer: httpx2.Response, body: bytes) -> File | None:
            if answer.status_code in (204, 404, 410) or not body:
                return None
            return File(body=body, content_type=answer.headers.get("content-type", "").partition(";")[0] or None)

        return self._ask(f"{FILE}/{_checked(document)}", {}, {}, FILE_BYTES, read, also=(204, 404, 410))

    # --- asking ---

    def _ask(
        self,
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        limit: int,
        read: Callable[[httpx2.Response, bytes], T],
        also: Collection[int] = (),
    ) -> T:
        """Ask until there is a usable answer, or none is to be had now."""
        wait = 1.0
        for attempt in range(1, ATTEMPTS + 1):
            last = attempt == ATTEMPTS
            try:
                answer, body = self._get(path, query, headers, limit)
                if answer.status_code == 200 or answer.status_code in also:
                    return read(answer, body)
            except (httpx2.TimeoutException, httpx2.ConnectError) as error:
                if last:
                    raise Unreachable(f"{path}: {type(error).__name__} {error}".strip(), everyone=True) from error
            except (httpx2.HTTPError, _Unusable) as error:
                if last:
                    raise Unreachable(f"{path}: {type(error).__name__} {error}".strip()) from error
            else:
                asked = _seconds(answer)
                what = f"{path}: HTTP {answer.status_code}"
                if answer.status_code not in _AGAIN:
                    raise Unreachable(what)
                busy = answer.status_code in (429, 503)
                if last or (asked is not None and asked > PATIENCE):
                    raise Unreachable(what, wait=asked, everyone=busy)
                wait = max(wait, asked or 0.0)
            self._sleep(min(wait, PATIENCE))
            wait *= 4
        raise AssertionError("the last attempt returns or raises")

    def _get(
        self, path: str, query: Mapping[str, str], headers: Mapping[str, str], limit: int
    ) -> tuple[httpx2.Response, bytes]:
        pause = self._last + self._between - self._steady()
        if pause > 0:
            self._sleep(pause)
        self._last = begun = self._steady()
        with self._client().stream("GET", path, params=dict(query), headers=dict(headers)) as answer:
            if answer.status_code >= 400:
                return answer, b""
            found, weight = [], 0
            for piece in answer.iter_bytes():
                weight += len(piece)
                if weight > limit:
                    raise _Unusable(f"more than {limit} bytes")
                if self._steady() - begun > LONGEST:
                    raise _Unusable(f"not there after {LONGEST:.0f} seconds")
                found.append(piece)
            return answer, b"".join(found)


_JSON = {"Accept": "application/json"}


def _checked(identifier: str) -> str:
    if GUID.fullmatch(identifier) is None:
        raise ValueError(f"not an id of the House: {identifier!r}")
    return identifier


def _seconds(answer: httpx2.Response) -> float | None:
    """`Retry-After` in seconds; a date is taken as a minute, which is nearly always what it comes to."""
    given = answer.headers.get("retry-after", "").strip()
    if not given:
        return None
    return float(given) if given.isdigit() else 60.0


def _tag(answer: httpx2.Response) -> str | None:
    """The header with which to ask whether the page changed."""
    if tag := answer.headers.get("etag"):
        return f"If-None-Match {tag}"
    if moment := answer.headers.get("last-modified"):
        return f"If-Modified-Since {moment}"
    return None


def _loaded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _Unusable("no JSON") from error


def _one(answer: httpx2.Response, body: bytes) -> Mapping[str, Any] | None:
    if answer.status_code in (404, 410):
        return None
    found = _loaded(body)
    if not isinstance(found, dict) or "error" in found:
        raise _Unusable("not one entity")
    return found


def _many(_answer: httpx2.Response, body: bytes) -> dict[str, Any]:
    found = _loaded(body)
    if not isinstance(found, dict) or not isinstance(found.get("value"), list):
        raise _Unusable("not a list of entities")
    return {**found, "value": [one for one in found["value"] if isinstance(one, dict)]}


# --- Atom -------------------------------------------------------------------------------------------------------------


def _page(body: bytes, tag: str | None) -> FeedPage:
    """Names are matched without their namespace: the feed has been seen to use more than one prefix for the same."""
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise _Unusable("no XML") from error
    if _local(root.tag) != "feed":
        raise _Unusable("no feed")
    entries: list[Entry] = []
    unreadable: list[str] = []
    for element in root:
        if _local(element.tag) == "entry":
            found = _entry(element)
            if isinstance(found, Entry):
                entries.append(found)
            else:
                unreadable.append(found)
    links = dict(_links(root))
    following = _token(links.get("next", ""))
    token = entries[-1].token if entries else following or _token(links.get("resume", ""))
    if unreadable and following is not None and (token is None or following > token):
        token = following  # the last entry could not be read: go on behind it
    caught_up = following is None or not (entries or unreadable)
    return FeedPage(entries=tuple(entries), token=token, caught_up=caught_up, tag=tag, unreadable=tuple(unreadable))


def _entry(element: Element) -> Entry | str:
    """The entry, or what is wrong with it."""
    parts = {_local(child.tag): child for child in element}
    name = (parts["title"].text or "").strip() if "title" in parts else ""
    token = _token(dict(_links(element)).get("next", ""))
    content = parts.get("content")
    entity = _entity(content) if content is not None else None
    identifier = (entity.get("id") if entity is not None else None) or name
    if entity is None or token is None or GUID.fullmatch(identifier.strip().lower()) is None:
        return f"{name or '?'}: {'no entity' if entity is None else 'no place to go on' if token is None else 'no id'}"
    deleted = any(_local(key) == "verwijderd" and value.lower() == "true" for key, value in entity.attrib.items())
    fields: dict[str, str] = {}
    refs: dict[str, list[str]] = {}
    for child in entity if not deleted else ():
        key, reference = _local(child.tag), child.get("ref")
        if reference is not None:
            if GUID.fullmatch(reference.strip().lower()):
                refs.setdefault(key, []).append(reference.strip().lower())
        elif child.text and child.text.strip():
            fields[key] = child.text.strip()
    return Entry(
        id=identifier.strip().lower(),
        token=token,
        at=read_moment(parts["updated"].text) if "updated" in parts else None,
        deleted=deleted,
        fields=fields,
        refs={key: tuple(found) for key, found in refs.items()},
    )


def _entity(content: Element) -> Element | None:
    if len(content):
        return content[0]
    try:  # the same, written as text
        return fromstring((content.text or "").strip(), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return None


def _links(element: Element) -> Iterator[tuple[str, str]]:
    for child in element:
        if _local(child.tag) == "link":
            yield child.get("rel", ""), child.get("href", "")


def _token(address: str) -> int | None:
    found = parse_qs(urlsplit(address).query).get("skiptoken", [""])[-1]
    return int(found) if found.isascii() and found.isdigit() and len(found) < 16 else None


def _local(name: str) -> str:
    return name.rpartition("}")[2]

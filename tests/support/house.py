"""A House on loopback: a server that speaks the SyncFeed, OData and resources of the House's open data, over a store that a
test fills. Names and shapes are the real ones (docs/parliament.md); people, parties and bills are invented.

    with house() as there:
        bill = there.dossier(99001, title="Wijziging van de Werkloosheidswet")
        case = there.amendment(bill, 14, TEXT)
        there.url                  what PARLIAMENT_URL is set to
        there.troubles             what goes wrong with the next answers: Trouble("/SyncFeed", status=429, headers={...})
        there.mangle               what is done to each page of the feed before it is sent
    there.asked                every request line, with the validators that came along
"""

from __future__ import annotations

import io
import json
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from tests.support.desk import START, TEXT
from tests.support.odata import Refused, Row, expand, ordered, select

HAGUE = ZoneInfo("Europe/Amsterdam")
XSD = "http://www.tweedekamer.nl/xsd/tkData/v1-0"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# entity -> relation -> (where its ids stand, the entity it leads to, whether it is one or many). "<" reads it backwards.
RELATIONS: dict[str, dict[str, tuple[str, str, bool]]] = {
    "Zaak": {
        "Kamerstukdossier": ("Kamerstukdossier", "Kamerstukdossier", True),
        "ZaakActor": ("<Zaak_Id", "ZaakActor", True),
        "Document": ("<Zaak", "Document", True),
        "Agendapunt": ("Agendapunt", "Agendapunt", True),
        "Besluit": ("<Zaak", "Besluit", True),
        "VervangenVanuit": ("VervangenVanuit", "Zaak", True),
        "VervangenDoor": ("<VervangenVanuit", "Zaak", True),
    },
    "ZaakActor": {"Zaak": ("Zaak_Id", "Zaak", False)},
    "Document": {
        "Zaak": ("Zaak", "Zaak", True),
        "Kamerstukdossier": ("Kamerstukdossier", "Kamerstukdossier", True),
        "HuidigeDocumentVersie": ("HuidigeDocumentVersie_Id", "DocumentVersie", False),
    },
    "Kamerstukdossier": {"Zaak": ("<Kamerstukdossier", "Zaak", True)},
    "Agendapunt": {
        "Activiteit": ("Activiteit_Id", "Activiteit", False),
        "Besluit": ("<Agendapunt_Id", "Besluit", True),
        "Document": ("Document", "Document", True),
        "Zaak": ("<Agendapunt", "Zaak", True),
    },
    "Activiteit": {"VervangenDoor": ("<VervangenVanuit", "Activiteit", True)},
    "Besluit": {
        "Stemming": ("<Besluit_Id", "Stemming", True),
        "Agendapunt": ("Agendapunt_Id", "Agendapunt", False),
        "Zaak": ("Zaak", "Zaak", True),
    },
    "Stemming": {"Besluit": ("Besluit_Id", "Besluit", False)},
    "DocumentVersie": {"Document": ("<HuidigeDocumentVersie_Id", "Document", True)},
}
# What the feed calls a reference, where that is not the name with a small letter.
_REFS = {name: name.removesuffix("_Id") for name in ("Zaak_Id", "Activiteit_Id", "Agendapunt_Id", "Besluit_Id")} | {
    "HuidigeDocumentVersie_Id": "huidigeDocumentVersie"
}


@dataclass(slots=True)
class Trouble:
    """What goes wrong with the next answers whose path begins so.

    cut      send only the first half of the body, and close
    slow     seconds before the answer
    garble   a body that is no XML and no JSON
    """

    path: str
    times: int = 1
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    slow: float = 0.0
    garble: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    token: int
    entity: str
    id: str
    at: datetime


@dataclass(slots=True)
class HouseThere:
    url: str = ""
    page: int = 250
    tokens: int = 100
    now: datetime = START
    prefixes: dict[str, str] = field(default_factory=dict)
    rows: dict[str, dict[str, Row]] = field(default_factory=lambda: {name: {} for name in RELATIONS})
    log: list[Change] = field(default_factory=list)
    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    mangle: Callable[[bytes], bytes] = bytes
    _made: int = 0

    # --- the store ---

    def guid(self) -> str:
        self._made += 1
        return str(UUID(bytes=sha256(f"{self._made}".encode()).digest()[:16]))

    def put(self, entity: str, identifier: str | None = None, **fields: Any) -> str:
        """A new entity, or changed fields of one that is there; either way it is the last change in the feed."""
        name = identifier or self.guid()
        row = self.rows[entity].setdefault(name, {"Id": name, "Verwijderd": False})
        row.update(fields)
        row["GewijzigdOp"] = self.now.astimezone(HAGUE).isoformat(timespec="milliseconds")
        row["ApiGewijzigdOp"] = self.now.astimezone(UTC).isoformat().replace("+00:00", "Z")
        self.touch(entity, name)
        return name

    def touch(self, entity: str, identifier: str, *, at: datetime | None = None) -> None:
        """The same entity again in the feed, as a correction in bulk does."""
        self.tokens += 1
        self.log = [change for change in self.log if change.id != identifier]
        self.log.append(Change(self.tokens, entity, identifier, at or self.now))

    def delete(self, entity: str, identifier: str) -> None:
        self.put(entity, identifier, Verwijderd=True)

    # --- what the House does ---

    def dossier(self, number: int, suffix: str | None = None, title: str = "Wijziging van de Werkloosheidswet") -> str:
        return self.put(
            "Kamerstukdossier", Nummer=number, Toevoeging=suffix, Titel=title, HoogsteVolgnummer=40, Afgesloten=False
        )

    def document(self, text: str | bytes, content_type: str = DOCX, **fields: Any) -> str:
        body = docx(text) if isinstance(text, str) else text
        version = self.put("DocumentVersie", Versienummer=1, Extensie="docx", Status="Vrijgegeven")
        number = f"2026D{1000 + self._made:05d}"
        given = {
            "DocumentNummer": number,
            "ContentType": content_type,
            "ContentLength": len(body),
            "Zaak": [],
            **fields,
        }
        given.setdefault("Datum", self.now.astimezone(HAGUE).date().isoformat() + "T00:00:00+01:00")
        identifier = self.put("Document", HuidigeDocumentVersie_Id=version, **given)
        self.files[identifier] = (body, content_type)
        return identifier

    def reprint(self, document: str, text: str) -> None:
        """Another version of the same paper."""
        version = self.put("DocumentVersie", Versienummer=2, Extensie="docx", Status="Vrijgegeven")
        body = docx(text)
        self.files[document] = (body, DOCX)
        self.put("Document", document, HuidigeDocumentVersie_Id=version, ContentLength=len(body))

    def amendment(
        self,
        dossier: str,
        number: int | None,
        text: str | bytes | None = TEXT,
        *,
        replaces: Sequence[str] = (),
        started: datetime | None = None,
        **fields: Any,
    ) -> str:
        """A case with its paper and two signatories. Without a text there is no paper."""
        bill = self.rows["Kamerstukdossier"][dossier]
        subject = "Amendement van het lid Voorbeeld c.s. over een kortere termijn"
        begun = (started or self.now).astimezone(HAGUE).replace(tzinfo=None).isoformat()
        given: dict[str, Any] = {
            "Nummer": f"2026Z{1000 + self._made:05d}", "Soort": "Amendement", "Titel": bill["Titel"], "Onderwerp": subject,
            "GestartOp": begun, "Organisatie": "Tweede Kamer", "Vergaderjaar": "2026-2027", "Volgnummer": 3,
            "Status": "Vrijgegeven", "Afgedaan": False, "Kabinetsappreciatie": "Nog niet bekend",
            **fields,
        }  # fmt: skip
        case = self.put("Zaak", **given, Kamerstukdossier=[dossier], Agendapunt=[], VervangenVanuit=list(replaces))
        for name, party, relation in (
            ("A. Medestander", "Fractie Boreas", "Medeindiener"),
            ("V. Voorbeeld", "Fractie Aurora", "Indiener"),
            ("vaste commissie voor Voorbeelden", None, "Voortouwcommissie"),
        ):
            self.put("ZaakActor", Zaak_Id=case, ActorNaam=name, ActorFractie=party, Relatie=relation, Functie=None)
        if text is not None:
            kind = "Amendement (gewijzigd/nader/vervangend)" if replaces else "Amendement"
            self.document(
                text, Soort=kind, Onderwerp=subject, Volgnummer=number, Kamerstukdossier=[dossier], Zaak=[case]
            )
        return case

    def paper_of(self, case: str) -> str:
        return next(name for name, row in self.rows["Document"].items() if case in row["Zaak"])

    def votes(self, at: datetime | None, *cases: str, status: str = "Gepland", **fields: Any) -> str:
        """A voting activity with these cases on its agenda."""
        local = at.astimezone(HAGUE) if at else None
        given = {
            "Soort": "Stemmingen", "Nummer": f"2026A{1000 + self._made:05d}", "Onderwerp": "Stemmingen", "Status": status,
            "DatumSoort": "Dag", "Datum": local.replace(hour=0, minute=0).isoformat() if local else None,
            "Aanvangstijd": local.isoformat() if local else None, "VervangenVanuit": [], "Kamer": "Tweede Kamer", **fields,
        }  # fmt: skip
        activity = self.put("Activiteit", **given)
        for case in cases:
            self.on_agenda(case, activity)
        return activity

    def on_agenda(self, case: str, activity: str) -> str:
        item = self.put(
            "Agendapunt", Activiteit_Id=activity, Onderwerp="Stemming over een amendement", Status="Vrijgegeven"
        )
        self.put("Zaak", case, Agendapunt=[*self.rows["Zaak"][case]["Agendapunt"], item])
        return item

    def item_of(self, case: str) -> str:
        return str(self.rows["Zaak"][case]["Agendapunt"][-1])

    def decide(
        self, case: str, kind: str, text: str, votes: Mapping[str, tuple[str, int]] | None = None, **fields: Any
    ) -> str:
        """`votes`: party -> (choice, seats)."""
        given = {
            "BesluitSoort": kind, "BesluitTekst": text, "Status": "Besluit", "Opmerking": None,
            "StemmingsSoort": "Met handopsteken" if votes else None, "AgendapuntZaakBesluitVolgorde": 1, **fields,
        }  # fmt: skip
        decision = self.put("Besluit", Zaak=[case], Agendapunt_Id=self.item_of(case), **given)
        for party, (choice, seats) in (votes or {}).items():
            fraction = str(UUID(bytes=sha256(party.encode()).digest()[:16]))
            self.put(
                "Stemming", Besluit_Id=decision, Soort=choice, FractieGrootte=seats, ActorFractie=party, ActorNaam=party,
                Fractie_Id=fraction, Persoon_Id=None, Vergissing=False,
            )  # fmt: skip
        return decision

    # --- the feed ---

    def feed(self, query: Mapping[str, str]) -> bytes:
        category, after = query.get("category", ""), int(query.get("skiptoken", "-1"))
        every = [change for change in self.log if change.entity == category and change.token > after]
        shown = every[: self.page]
        base = f"{self.url}/SyncFeed/2.0"
        links = f'<link rel="self" href="{base}/Feed?category={category}" />'
        if len(every) > len(shown):
            links += f'<link rel="next" href="{base}/Feed?skiptoken={shown[-1].token}&amp;category={category}" />'
        elif not shown:
            links += f'<link rel="resume" href="{base}/Feed?skiptoken={max(after, 0)}&amp;category={category}" />'
        entries = "".join(self._entry(change, base) for change in shown)
        return (
            '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
            f"<title>Feed</title><id>{base}/Feed?category={category}</id>{links}{entries}</feed>"
        ).encode()

    def _entry(self, change: Change, base: str) -> str:
        row = self.rows[change.entity][change.id]
        at = change.at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "0Z")  # seven decimals
        files = f'<link rel="enclosure" href="{base}/Resources/{change.id}" />' if change.id in self.files else ""
        following = f"{base}/Feed?skiptoken={change.token}&amp;category={change.entity}"
        return (
            f"<entry><title>{change.id}</title><id>{base}/Entiteiten/{change.id}</id><updated>{at}</updated>"
            f'<category term="{_small(change.entity)}" />{files}<link rel="next" href="{following}" />'
            f'<content type="application/xml">{self._xml(change, row)}</content></entry>'
        )

    def _xml(self, change: Change, row: Row) -> str:
        prefix = self.prefixes.get(change.entity, "")
        colon = f"{prefix}:" if prefix else ""
        mark = prefix or "tk"
        name = colon + _small(change.entity)
        moment = row["GewijzigdOp"][:19]  # without a zone, as the older systems write it
        gone = bool(row["Verwijderd"])
        head = (
            f'<{name} xmlns{colon and ":" + prefix}="{XSD}" xmlns:tk="{XSD}" '
            f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            f'id="{change.id}" {mark}:bijgewerkt="{moment}" {mark}:verwijderd="{str(gone).lower()}"'
        )
        if gone:
            return f"{head} />"
        references = {where for where, _, _ in RELATIONS[change.entity].values() if not where.startswith("<")}
        body = ""
        for key, value in row.items():
            if key in references:
                called = colon + _small(_REFS.get(key, key))
                for one in value if isinstance(value, list) else [value]:
                    body += f"<{called} ref={quoteattr(one)} />" if one else ""
            elif key not in ("Id", "Verwijderd", "GewijzigdOp", "ApiGewijzigdOp", "ContentType", "ContentLength"):
                called = colon + _small(key)
                text = str(value).lower() if isinstance(value, bool) else escape(str(value))
                body += f'<{called} xsi:nil="true" />' if value is None else f"<{called}>{text}</{called}>"
        return f"{head}>{body}</{name}>"

    # --- OData ---

    def related(self, entity: str, row: Row, name: str) -> list[Row]:
        if name not in RELATIONS[entity]:
            raise Refused(f"Could not find a property named '{name}' on type 'TK.DA.GGM.OData.{entity}'.")
        where, target, _ = RELATIONS[entity][name]
        others = self.rows[target]
        if where.startswith("<"):
            back = where[1:]
            return [one for one in others.values() if row["Id"] in _ids(one.get(back))]
        return [others[one] for one in _ids(row.get(where)) if one in others]

    def shown(self, entity: str, row: Row, options: Mapping[str, str], *, full: bool = False) -> Row:
        found = {key: value for key, value in row.items() if not isinstance(value, list)}
        if full:
            found["@odata.id"] = f"{self.url}/OData/v4/2.0/{entity}({row['Id']})"
            for name in RELATIONS[entity]:
                found[f"{name}@odata.navigationLink"] = f"{self.url}/OData/v4/2.0/{entity}({row['Id']})/{name}"
        for name, inner in expand(options.get("$expand", "")).items():
            target = RELATIONS[entity].get(name, ("", "", True))
            rows = self.related(entity, row, name)
            if "$filter" in inner:
                rows = select(rows, inner["$filter"], partial(self.related, target[1]))
            many = [self.shown(target[1], one, inner, full=full) for one in rows]
            found[name] = many if target[2] else (many[0] if many else None)
        return found

    def data(self, path: str, query: Mapping[str, str]) -> Row | None:
        full = "metadata=full" in query.get("$format", "")
        entity, bracket, rest = path.partition("(")
        identifier, _, relation = rest.partition(")")
        if bracket and relation:
            start = self.rows[entity].get(identifier)
            name = relation.removeprefix("/")
            if start is None:
                return None
            target, many = RELATIONS[entity][name][1:]
            rows = [self.shown(target, one, query, full=full) for one in self.related(entity, start, name)]
            return {"value": rows} if many else (rows[0] if rows else None)
        if bracket:
            row = self.rows[entity].get(identifier)
            return self.shown(entity, row, query, full=full) if row is not None else None
        if entity not in self.rows:
            return None
        rows = list(self.rows[entity].values())
        if "$filter" in query:
            rows = select(rows, query["$filter"], lambda one, relation: self.related(entity, one, relation))
        rows = ordered(rows, query.get("$orderby", "Id"))
        skip, top = int(query.get("$skip", "0")), int(query.get("$top", "250"))
        cut = min(top, self.page)
        shown = [self.shown(entity, row, query, full=full) for row in rows[skip : skip + cut]]
        answer: Row = {"value": shown}
        if len(shown) < min(top, len(rows) - skip):
            kept = {**query, "$skip": str(skip + cut), "$top": str(top - cut)}
            answer["@odata.nextLink"] = f"{self.url}/OData/v4/2.0/{entity}?" + "&".join(
                f"{key}={_quoted(value)}" for key, value in kept.items()
            )
        return answer


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")


def _ids(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _small(name: str) -> str:
    return name[0].lower() + name[1:]


def docx(text: str) -> bytes:
    """A Word file with a paragraph per line."""
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.splitlines())
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return target.getvalue()


@contextmanager
def house() -> Iterator[HouseThere]:
    """The server on a free port, until the block ends."""
    there = HouseThere()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1  # headers and body in one go

        def log_message(self, *_: Any) -> None:
            pass

        def handle(self) -> None:
            with suppress(ConnectionError):  # whoever gave up waiting is gone
                super().handle()

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
            with lock:
                there.asked.append(f"{unquote(self.path)} {self.headers.get('If-None-Match', '')}".strip())
                trouble = next((one for one in there.troubles if self.path.startswith(one.path)), None)
                if trouble is not None:
                    trouble.times -= 1
                    if trouble.times <= 0:
                        there.troubles.remove(trouble)
                if trouble is not None and trouble.status >= 300:
                    self._send(
                        trouble.status, b"<Error><Message>An error has occurred.</Message></Error>", {**trouble.headers}
                    )
                    return
                status, body, headers = self._answer(parts.path, query)
            if trouble is not None and trouble.slow:
                time.sleep(trouble.slow)
            if trouble is not None and trouble.garble:
                body = b"<html>Onderhoud"
            self._send(status, body, headers, cut=trouble is not None and trouble.cut)

        def _answer(self, path: str, query: Mapping[str, str]) -> tuple[int, bytes, dict[str, str]]:
            if path == "/SyncFeed/2.0/Feed":
                body = there.mangle(there.feed(query))
                tag = f'"{sha256(body).hexdigest()[:16]}"'
                if self.headers.get("If-None-Match") == tag:
                    return 304, b"", {"ETag": tag}
                return 200, body, {"Content-Type": "application/atom+xml; charset=utf-8", "ETag": tag}
            if path.startswith("/SyncFeed/2.0/Resources/"):
                found = there.files.get(path.rpartition("/")[2])
                return (200, found[0], {"Content-Type": found[1]}) if found else (404, b"", {})
            if path.startswith("/OData/v4/2.0/"):
                kind = {"Content-Type": "application/json; odata.metadata=minimal"}
                try:
                    answer = there.data(unquote(path.removeprefix("/OData/v4/2.0/")), query)
                except Refused as error:
                    return 400, json.dumps({"error": {"code": "", "message": str(error)}}).encode(), kind
                return (200, json.dumps(answer).encode(), kind) if answer is not None else (404, b"", kind)
            return 404, b"", {}

        def _send(self, status: int, body: bytes, headers: Mapping[str, str], *, cut: bool = False) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if cut else body)
            self.wfile.flush()
            if cut:
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    there.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)

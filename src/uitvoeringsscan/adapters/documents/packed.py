"""XML parts out of a zip file (docx, odt), counted while they unpack, and XML as a stream of events."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from uitvoeringsscan.adapters.documents.problems import DocumentProblem

MOST_DEPTH = 200
"""Elements inside each other. Real documents stay below fifty; deeper is made to hurt."""

_CHUNK = 65_536


class Package:
    """A zip file with a budget: all parts together may unpack to at most `limit` bytes."""

    def __init__(self, data: bytes, limit: int) -> None:
        self._left = limit
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, OverflowError) as error:
            raise DocumentProblem("bestand-beschadigd") from error
        self._names = frozenset(self._zip.namelist())

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def read(self, name: str) -> bytes:
        """One part. What the header says about its size is checked first, and what really comes out is counted."""
        info = self._zip.getinfo(name)
        if info.flag_bits & 0x1:
            raise DocumentProblem("bestand-versleuteld")
        if info.file_size > self._left:
            raise DocumentProblem("bestand-te-groot")
        pieces = []
        try:
            with self._zip.open(info) as part:
                while chunk := part.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise DocumentProblem("bestand-te-groot")
                    pieces.append(chunk)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise DocumentProblem("bestand-beschadigd") from error
        return b"".join(pieces)


class Event(NamedTuple):
    """`open` and `close` carry the element's local name; `text` carries the text. Attributes by local name."""

    kind: str
    name: str
    attributes: dict[str, str]


class _Collector(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.seen: deque[Event] = deque()
        self._depth = 0

    def startElement(self, name: str, attrs: Any) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise DocumentProblem("bestand-onveilig")
        self.seen.append(Event("open", _local(name), {_local(key): str(value) for key, value in attrs.items()}))

    def endElement(self, name: str) -> None:
        self._depth -= 1
        self.seen.append(Event("close", _local(name), {}))

    def characters(self, content: str) -> None:
        self.seen.append(Event("text", content, {}))


def events(source: bytes) -> Iterator[Event]:
    """Walks through XML without keeping it: no DTD, no entities, no deep nesting. Raises DocumentProblem."""
    collector = _Collector()
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(collector)
    try:
        for begin in range(0, len(source), _CHUNK):
            parser.feed(source[begin : begin + _CHUNK])
            while collector.seen:
                yield collector.seen.popleft()
        parser.close()
    except DefusedXmlException as error:
        raise DocumentProblem("bestand-onveilig") from error
    except (SAXException, ValueError, LookupError) as error:
        raise DocumentProblem("bestand-beschadigd") from error
    yield from collector.seen


def _local(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]

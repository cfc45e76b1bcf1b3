"""What the process says while it runs: to standard error, as text for a person or as JSON lines for a machine.

Each line carries the id of the request it belongs to, also where the work is done later by another process. No line carries
the text of an amendment, an answer, an address of a person or a secret: what is logged is named, never quoted.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from uitvoeringsscan.correlation import request_id

FIELDS = ("method", "route", "status", "ms", "work")
"""What a line may carry beside its message, given as `extra` where it is logged."""


class JsonLines(logging.Formatter):
    """One JSON object per line, whatever is in the message: a line break in it begins no new line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (request := request_id()) is not None:
            line["request"] = request
        line |= {name: value for name in FIELDS if (value := getattr(record, name, None)) is not None}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class Text(logging.Formatter):
    """For a person at a terminal; control characters are shown rather than obeyed."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).astimezone().strftime("%H:%M:%S")
        more = "".join(f" {name}={value}" for name in FIELDS if (value := getattr(record, name, None)) is not None)
        request = f" [{found}]" if (found := request_id()) is not None else ""
        message = (
            record.getMessage().encode("unicode_escape").decode()
            if not record.getMessage().isprintable()
            else record.getMessage()
        )
        line = f"{moment} {record.levelname:7} {record.name}: {message}{more}{request}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def configure(*, as_json: bool, level: str) -> None:
    """For the whole process, once, before anything is said. What libraries say is shown from a warning on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if as_json else Text())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("uitvoeringsscan").setLevel(level.upper())
    for name in ("uvicorn", "uvicorn.error"):  # its own lines in our form: one way to read them
        logger = logging.getLogger(name)
        logger.handlers[:] = []
        logger.propagate = True
        logger.setLevel(logging.INFO)

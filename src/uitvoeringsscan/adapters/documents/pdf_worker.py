"""Reads one PDF from standard input and writes its text to standard output. Runs as a process of its own.

The PDF library is large and written in C++; a file made to break it must not reach the service. So this file imports
nothing of ours, takes little memory and time, and says by its exit status what went wrong.

    python pdf_worker.py PAGES MEMORY_BYTES CPU_SECONDS
"""

from __future__ import annotations

import sys

OK, LOCKED, BROKEN, TOO_LONG = 0, 10, 11, 12
_PASSWORD = 4  # the library's own code: a password is asked


def _bounded(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # pragma: no cover - a system without limits still has the time-out of the parent
        return
    for limit, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(limit, (value, value))
        except (OSError, ValueError):  # pragma: no cover - not every system knows every limit
            continue


def main() -> int:
    pages, memory, seconds = map(int, sys.argv[1:4])
    _bounded(memory, seconds)
    import pypdfium2  # type: ignore[import-untyped]

    data = sys.stdin.buffer.read()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return LOCKED if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower() else BROKEN
    if len(document) > pages:
        return TOO_LONG
    texts = []
    for index in range(len(document)):
        try:
            page = document[index]
            texts.append(page.get_textpage().get_text_range())
        except pypdfium2.PdfiumError:
            return BROKEN
    sys.stdout.buffer.write("\n".join(texts).encode("utf-8", "replace"))
    return OK


if __name__ == "__main__":
    sys.exit(main())

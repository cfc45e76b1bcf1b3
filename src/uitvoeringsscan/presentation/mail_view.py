"""A mail in words: subject, plain text and HTML, from the same lines. Only numbers of scans and what to do: never a title, a
text or an answer, whether the scan is confidential or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from jinja2 import Environment

from uitvoeringsscan.notices.letter import Item, Letter
from uitvoeringsscan.presentation import dutch, labels
from uitvoeringsscan.presentation.templating import environment


@dataclass(frozen=True, slots=True)
class Written:
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Line:
    """`moment` is a sentence of its own, empty where there is none; `turn_off` an address, None where it is duty."""

    words: str
    moment: str
    link: str
    link_words: str
    turn_off: str | None
    kind_words: str


@dataclass(frozen=True, slots=True)
class Part:
    """What there is about one scan; `scan` is None for what is about none."""

    heading: str
    lines: Sequence[Line]


def written(letter: Letter, public_url: str) -> Written:
    """`public_url` has no slash at the end."""
    words = {
        "subject": subject(letter),
        "name": letter.name,
        "parts": _parts(letter, public_url),
        "account": f"{public_url}/mijn-account/berichten",
        "turn_off": f"{public_url}{letter.turn_off}" if letter.turn_off else None,
    }
    return Written(
        subject=subject(letter),
        text=_plain().get_template("mail/digest.txt").render(words),
        html=environment().get_template("mail/digest.html").render(words),
    )


def subject(letter: Letter) -> str:
    scans = {item.scan for item in letter.items}
    if len(letter.items) == 1:
        item = letter.items[0]
        about = f"Scan {item.scan}" if item.scan else "Uitvoeringsscan"
        return f"{about}: {labels.NOTICES[item.kind].short}"
    if len(scans) == 1 and None not in scans:
        return f"Scan {next(iter(scans))}: {len(letter.items)} berichten"
    return f"Uitvoeringsscan: {len(letter.items)} berichten"


@cache
def _plain() -> Environment:
    """The same environment for plain text, where nothing is markup and a sign stays what it is."""
    return environment().overlay(autoescape=False)


def _parts(letter: Letter, public_url: str) -> list[Part]:
    found: dict[str | None, list[Line]] = {}
    for item in letter.items:
        line = _line(item, public_url)
        lines = found.setdefault(item.scan, [])
        if line not in lines:  # the same twice is no news
            lines.append(line)
    return [Part(heading=f"Scan {scan}" if scan else "De dienst", lines=lines) for scan, lines in found.items()]


def _line(item: Item, public_url: str) -> Line:
    label = labels.NOTICES[item.kind]
    return Line(
        words=label.label,
        moment=_moment(item),
        link=f"{public_url}{item.place}",
        link_words=f"Ga naar scan {item.scan}" if item.scan else "Ga naar de pagina",
        turn_off=f"{public_url}{item.turn_off}" if item.turn_off else None,
        kind_words=label.explanation,
    )


def _moment(item: Item) -> str:
    if item.moment is None:
        return ""
    what = labels.NOTICE_MOMENTS.get(item.kind)
    return f"{what.label if what else 'Antwoord uiterlijk'}: {_said(item.moment)}."


def _said(moment: datetime) -> str:
    return dutch.long_moment(moment)

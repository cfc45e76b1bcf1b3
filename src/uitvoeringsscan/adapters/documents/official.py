"""The official XML of a parliamentary paper (root `kamerstuk`): head, text, lists and notes in reading order."""

from __future__ import annotations

from uitvoeringsscan.adapters.documents.packed import events
from uitvoeringsscan.adapters.documents.problems import DocumentProblem

_ROOTS = frozenset({"kamerstuk", "officiele-publicatie"})
_BLOCKS = frozenset(
    "al titel subtitel tekstregel dossier dossiernummer stuknr datumtekst kop li row naam ondertekenaar "
    "ondertekening functie "
    "tussenkop p amendement amendement-lid divisie tekst alinea wat wijzig-artikel wijzig-lid wijzig-divisie "
    "artikel lid".split()
)
_INLINE = frozenset(
    {"li.nr", "lidnr", "label", "nr", "entry", "ondernummer", "dossiernr", "begrotingshoofdstuk", "achternaam"}
)
_LONGEST_LABEL = 8
_DROPPED = frozenset({"metadata", "meta", "plaatje", "noot.nr", "noot.lijst", "colspec"})


def read_official(data: bytes) -> str:
    """The text. Raises DocumentProblem for other XML (also for the metadata file that goes with a paper)."""
    lines: list[list[str]] = [[]]
    notes: list[list[str]] = []
    path: list[str] = []
    dropped = in_note = 0

    def line_end() -> None:
        if any(piece.strip() for piece in lines[-1]):
            lines.append([])

    for kind, name, _ in events(data):
        if kind == "text":
            if not dropped:
                (notes[-1] if in_note else lines[-1]).append(name)
            continue
        if kind == "open":
            if not path and name not in _ROOTS:
                raise DocumentProblem("bestand-andere-xml")
            path.append(name)
        else:
            path.pop()
        if name in _DROPPED:
            dropped += 1 if kind == "open" else -1
        elif dropped:
            continue
        elif name == "noot":
            in_note += 1 if kind == "open" else -1
            if kind == "open":
                notes.append([])
                lines[-1].append(f" [{len(notes)}]")
        elif in_note:
            notes[-1].append(" ")
        elif (
            name in _BLOCKS and not (kind == "open" and _goes_on(name, path, lines[-1])) and not _held(kind, name, path)
        ):
            line_end()
        elif name in _BLOCKS or name in _INLINE:
            lines[-1].append(" | " if name == "entry" and kind == "close" else " ")
    shown = [" ".join("".join(pieces).split()).removesuffix(" |").strip() for pieces in lines]
    below = [f"[{place}] {' '.join(''.join(note).split())}" for place, note in enumerate(notes, 1)]
    return "\n".join([line for line in [*shown, *below] if line])


def _goes_on(name: str, path: list[str], line: list[str]) -> bool:
    """A block that starts on the line it finds: a title after its number, the first paragraph after an item's number."""
    parent = path[-2] if len(path) > 1 else ""
    if parent in {"kop", "entry"} or (name == "titel" and parent in {"dossier", "stuk"}):
        return True
    return name == "al" and parent in {"li", "lid"} and len("".join(line).strip()) < _LONGEST_LABEL


def _held(kind: str, name: str, path: list[str]) -> bool:
    """A block after whose end the line stays open: the number that its title follows."""
    parent = path[-1] if kind == "close" and path else ""
    return kind == "close" and (
        parent in {"kop", "entry"} or (name in {"dossiernummer", "stuknr"} and parent in {"dossier", "stuk"})
    )

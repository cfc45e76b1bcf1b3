"""What goes out, and what is stored."""

from __future__ import annotations

from tests.unit.amendments.papers import TITLE, paper
from uitvoeringsscan.amendments.laws import LawIndex, LawName
from uitvoeringsscan.amendments.parsing import parse
from uitvoeringsscan.amendments.wire import to_wire
from uitvoeringsscan.storage.documents import PARSED


def test_the_document_for_outsiders() -> None:
    text = paper(
        "In artikel II, onderdeel B, vervalt «a».",
        heading="GEWIJZIGD AMENDEMENT VAN HET LID JANSEN TER VERVANGING VAN DAT GEDRUKT ONDER NR. 8",
    )
    laws = LawIndex.of([LawName(name="Dijkwet", bwb="BWBR0000001")])
    body = text.index("In artikel II")
    assert to_wire(parse(text, laws), text) == {
        "dossiernummer": "39812",
        "toevoeging": None,
        "ondernummer": "12",
        "soort": "gewijzigd amendement",
        "vervangt": "8",
        "indieners": ["Jansen"],
        "ontvangen": "2024-02-05",
        "titel": TITLE,
        "begroting": False,
        "wijzigingen": [
            {
                "nummer": None,
                "tekst": "In artikel II, onderdeel B, vervalt «a».",
                "doel": "artikel II, onderdeel B",
                "begin": body,
                "einde": body + len("In artikel II, onderdeel B, vervalt «a»."),
            }
        ],
        "wetten": [
            {
                "naam": name,
                "bwb": bwb,
                "bron": "titel",
                "begin": TITLE.index(name),
                "einde": TITLE.index(name) + len(name),
            }
            for name, bwb in (("Wet op de proefvelden 1998", None), ("Dijkwet", "BWBR0000001"), ("Regenmeterwet", None))
        ],
        "toelichting": "Dit amendement regelt dat vaker wordt gemeten.",
    }


def test_nothing_read_is_null_and_empty() -> None:
    empty = to_wire(parse(""), "")
    assert {key: value for key, value in empty.items() if value not in (None, [], False)} == {"soort": "amendement"}


def test_there_and_back() -> None:
    parsed = parse(
        paper("I\n\nArtikel 3 van de Gaswet komt te luiden:\n\nArtikel 3\n\nNieuw.\n\nII\n\nArtikel 4 vervalt.")
    )
    assert PARSED.load(PARSED.dump(parsed)) == parsed

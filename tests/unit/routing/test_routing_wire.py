from __future__ import annotations

from tests.unit.routing.conftest import Route
from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.routing.wire import to_wire
from uitvoeringsscan.storage.documents import ROUTING

TEXT = (
    "De ondergetekende stelt het volgende amendement voor:\nArtikel 5 van de Steunwet vervalt.\nToelichting\nBeter.\n"
)


def test_what_route_prints(route: Route, small: Register) -> None:
    wire = to_wire(route(TEXT), small)
    assert wire["geenUitvoerder"] is None
    bank = wire["organisaties"][0]
    assert (bank["code"], bank["naam"], bank["advies"]) == ("bank", "Uitkeringsbank", "uitvragen")
    begin = TEXT.index("Steunwet")
    assert bank["onderbouwing"] == [
        {
            "signaal": "wet:steunwet",
            "uitleg": "De bank betaalt de steun.",
            "citaat": "Steunwet",
            "bron": "wijziging",
            "begin": begin,
            "einde": begin + len("Steunwet"),
            "beslissend": True,
        }
    ]


def test_nobody_is_explained(route: Route, small: Register) -> None:
    text = TEXT.replace("Artikel 5 van de Steunwet vervalt.", "In het opschrift vervalt «vis».")
    wire = to_wire(route(text), small)
    assert wire == {"organisaties": [], "geenUitvoerder": {"uitleg": "Alleen het opschrift verandert."}}


def test_storage_keeps_everything(route: Route) -> None:
    routing = route(TEXT)
    assert ROUTING.load(ROUTING.dump(routing)) == routing

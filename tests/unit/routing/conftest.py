"""A small register for the mechanism, and the register that ships for everything else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.need import ROOT
from uitvoeringsscan.adapters.register_files import read_register
from uitvoeringsscan.amendments.bill import BillTable
from uitvoeringsscan.amendments.parsing import parse
from uitvoeringsscan.routing.matching import propose
from uitvoeringsscan.routing.register import Register, load_register
from uitvoeringsscan.routing.routing import Routing

Route = Callable[..., Routing]

SMALL: dict[str, str] = {
    "agencies.yaml": """\
- {code: bank, naam: Uitkeringsbank, korteNaam: Bank, soort: zbo, ministerie: SZW, bron: algemeen bekend,
   aliassen: [Uitkeringsbank, UB], voorgangers: [{naam: Oude Bank, tot: 2001-01-01}]}
- {code: dorpen, naam: Dorpen, korteNaam: Dorpen, soort: sector-collectief, ministerie: BZK, bron: algemeen bekend,
   collectief: true, aliassen: [dorpsbestuur],
   formuleringen: [{tekst: het college, alsUitvoerder: true}, {tekst: dorp, zwak: true}, {tekst: dorpen, zwak: true}]}
- {code: keuring, naam: Keuringsdienst Vis, korteNaam: Keuring, soort: rijksdienst, ministerie: LVVN,
   bron: algemeen bekend, aliassen: [Keuringsdienst Vis],
   formuleringen: [{tekst: de inspecteur, alsUitvoerder: true}, {tekst: de keurmeester, alleenIn: [viswet]}]}
- {code: hof, naam: Hof, korteNaam: Hof, soort: rechtspraak, ministerie: JenV, bron: algemeen bekend, aliassen: [vishof]}
- {code: kaart, naam: Kaartendienst, korteNaam: Kaart, soort: agentschap, ministerie: BZK, bron: algemeen bekend,
   aliassen: [Kaartendienst]}
- {code: gilde, naam: Gilde, korteNaam: Gilde, soort: privaat, ministerie: SZW, bron: algemeen bekend, deelnemer: false,
   aliassen: [gildemeester]}
""",
    "laws/werk.yaml": """\
- code: steunwet
  naam: Steunwet
  afkortingen: [SteW]
  bwb: BWBR0000001
  bron: https://wetten.overheid.nl/BWBR0000001
  uitvoerders:
    - {organisatie: bank, uitleg: De bank betaalt de steun., rol: uitvoerder, advies: uitvragen}
    - {organisatie: dorpen, uitleg: Dorpen begeleiden., rol: uitvoerder, advies: uitvragen, artikelen: ["10-19"]}
    - {organisatie: hof, uitleg: Het hof legt boetes op., rol: rechter, advies: uitvragen, alsTekst: [boete]}
- code: viswet
  naam: Viswet 2004
  bron: algemeen bekend
  uitvoerders:
    - {organisatie: keuring, uitleg: De keuring keurt vis., rol: toezichthouder, advies: uitvragen, tot: 2020-01-01}
    - {organisatie: kaart, uitleg: De kaartendienst houdt de visserijkaart., rol: uitvoerder, advies: overwegen}
- code: ambachtswet
  naam: Ambachtswet
  bron: algemeen bekend
  uitvoerders:
    - {organisatie: kaart, uitleg: De kaartendienst tekent., rol: uitvoerder, advies: uitvragen, alsTekst: [tekening*]}
    - {organisatie: hof, uitleg: Het hof beslist., rol: rechter, advies: uitvragen, artikelen: ["40-49"]}
- code: opschriftwet
  naam: Opschriftwet
  bron: algemeen bekend
  geenUitvoerder: Deze wet bindt alleen ministers.
""",
    "topics.yaml": """\
- {code: vis, woorden: [visserij*], organisaties: [{organisatie: keuring}], uitleg: De keuring keurt vis.}
- {code: kaarten, woorden: [zeekaart*], organisaties: [{organisatie: kaart, advies: overwegen}], uitleg: Kaarten.}
- {code: steun, woorden: [steunuitkering*], organisaties: [{organisatie: bank}], uitleg: De bank betaalt., begroting: true}
""",
    "budgets.yaml": """\
- {hoofdstuk: XV, naam: Steun en hulp, organisaties: [{organisatie: bank, advies: overwegen}], uitleg: Steun uit dit artikel.}
""",
    "wording.yaml": """\
aangehaald: [bedoeld in, op grond van]
geenTaak: [geen rol]
alsBron: [cijfers van, monitor]
geraadpleegd: [gehoord, advies van]
handelend: [kan, moet, beoordeelt]
taakwoorden: [houdt toezicht]
middelen: [miljoen, extra]
dekking: [dekking]
wijziging: [verhoogd]
""",
    "nobody.yaml": """\
- {code: opschrift, uitleg: Alleen het opschrift verandert., inWijziging: [in het opschrift]}
- {code: evaluatie, uitleg: Alleen een evaluatie., inWijziging: [verslag over de doeltreffendheid],
   inToelichting: [evaluatie], alleenTermijn: true}
- {code: redactie, uitleg: Alleen een fout hersteld., inToelichting: [louter redactioneel]}
""",
    "chains.yaml": """\
- {leverancier: kaart, ontvanger: bank, wetten: [steunwet], uitleg: De kaartendienst levert adressen.}
""",
}


@pytest.fixture
def small_files() -> dict[str, bytes]:
    return {name: content.encode() for name, content in SMALL.items()}


@pytest.fixture(scope="session")
def small() -> Register:
    return load_register({name: content.encode() for name, content in SMALL.items()})


@pytest.fixture(scope="session")
def shipped() -> Register:
    """The register that ships with the service."""
    return read_register(ROOT / "rubrics" / "register")


@pytest.fixture(scope="session")
def route(small: Register) -> Route:
    """text, title -> Routing, with the small register and the real parser."""

    def routed(text: str, title: str | None = None, bill: BillTable | None = None) -> Routing:
        return propose(text, title, parse(text, small.law_index(), title), small, bill)

    return routed

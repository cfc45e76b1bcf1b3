"""The shapes of what `routes_collaboration` answers; see `schemas`."""

from __future__ import annotations

from uitvoeringsscan.api.schemas import DAY, FLAG, MOMENT, TEXT, WHOLE, Schema, many, maybe, page, ref, thing

OWN: dict[str, Schema] = {
    "Gebeurtenis": thing(
        "Wat er gebeurde, en door wie.", op=MOMENT, gebeurtenis=TEXT, organisatie=maybe(TEXT), door=TEXT, keer=WHOLE
    ),
    "Gebeurtenissen": page(ref("Gebeurtenis"), "Wat er gebeurde, het oudste eerst."),
    "Opmerking": thing(
        "Een opmerking voor collega's bij een vraag.",
        nummer=WHOLE,
        vraag=TEXT,
        tekst=TEXT,
        door=TEXT,
        op=MOMENT,
        opgelost=FLAG,
    ),
    "Toewijzing": thing("Bij wie iets ligt.", onderdeel=maybe(TEXT), aan=TEXT, naam=TEXT, vraag=TEXT),
    "Collega": thing("Iemand van uw organisatie.", id=TEXT, naam=TEXT),
    "Samenwerking": thing(
        "Wat collega's rond een uitvraag afspraken.",
        opmerkingen=many(ref("Opmerking")),
        toewijzingen=many(ref("Toewijzing")),
        collegas=many(ref("Collega")),
    ),
    "EerderAntwoord": thing(
        "Een eerder antwoord van uw organisatie op dezelfde vraag.",
        vraag=TEXT,
        antwoord={},
        toelichting=maybe(TEXT),
        scan=TEXT,
        vastgesteldOp=MOMENT,
    ),
    "EerdereAntwoorden": page(ref("EerderAntwoord"), "Eerdere antwoorden, van elke vraag het nieuwste."),
    "Kengetal": thing("Een standaardprijs van uw organisatie.", jaar=WHOLE, naam=TEXT, bedrag=WHOLE, bron=TEXT),
    "Kengetallen": page(ref("Kengetal"), "De standaardprijzen van uw organisatie."),
    "BewaardeUitvoeringstoets": thing(
        "Wat een organisatie over het wetsvoorstel zelf zei.",
        dossiernummer=TEXT,
        organisatie=TEXT,
        volgnummer=WHOLE,
        titel=TEXT,
        datum=DAY,
        link=maybe(TEXT),
        tekst=maybe(TEXT),
        ontvangenOp=MOMENT,
    ),
    "Uitvoeringstoetsen": page(ref("BewaardeUitvoeringstoets"), "De uitvoeringstoetsen op een wetsvoorstel."),
}

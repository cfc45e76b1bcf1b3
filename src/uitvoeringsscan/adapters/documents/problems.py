"""What can be wrong with a file, each with its code and the sentence for the person who chose it."""

from __future__ import annotations

from uitvoeringsscan.errors import InvalidInput, Problem

_OTHERWISE = "Lever het aan als .docx, .odt, .pdf, .xml of .txt, of plak de tekst in het tekstveld."

MESSAGES = {
    "bestand-leeg": "Het bestand is leeg. Kies een ander bestand of plak de tekst in het tekstveld.",
    "bestand-te-groot": "Het bestand is te groot. Haal afbeeldingen eruit of plak de tekst in het tekstveld.",
    "bestand-te-lang": "Het document heeft te veel pagina's. Lever alleen het amendement zelf aan.",
    "bestand-zonder-tekst": (
        "In dit bestand staat geen tekst die wij kunnen lezen. Is het een scan? Plak de tekst dan in het tekstveld."
    ),
    "bestand-beschadigd": "Het bestand is beschadigd. Open het, sla het opnieuw op en probeer het nog eens.",
    "bestand-versleuteld": "Het bestand is beveiligd met een wachtwoord. Haal de beveiliging eraf en probeer het "
    "opnieuw.",
    "bestand-onveilig": (
        "Het bestand bevat onderdelen die wij om veiligheidsredenen niet openen. Sla het opnieuw op of plak de "
        "tekst in het tekstveld."
    ),
    "bestand-te-traag": "Het lezen van dit bestand duurt te lang. Plak de tekst in het tekstveld.",
    "bestand-oud-word": "Dit is een oud Word-bestand (.doc). Sla het op als .docx en probeer het opnieuw.",
    "bestand-webpagina": "Dit is een webpagina. Kopieer de tekst van de pagina en plak die in het tekstveld.",
    "bestand-andere-xml": (
        "Dit is geen Kamerstuk in XML. Kies het XML-bestand van het Kamerstuk zelf, of plak de tekst in het tekstveld."
    ),
    "bestand-onbekend": f"Wij kennen dit soort bestand niet. {_OTHERWISE}",
    "bestand-verkeerd-type": f"De inhoud van het bestand past niet bij de naam. {_OTHERWISE}",
}


class DocumentProblem(InvalidInput):
    """A file that cannot be read. `code` says why; the message says how to go on."""

    def __init__(self, code: str) -> None:
        message = MESSAGES[code]
        super().__init__([Problem(code=code, message=message, field="bestand")], message)
        self.code = code

"""Laws by the form of their names: "Wet op de ...", "...wet 2000", "Wetboek van ...", "Algemene wet ...".

Where a name begins is plain: a capital. Where it ends is not, so a name stops at the first word that no name of a law
goes on with (a verb, "in verband met", "en de"). Decisions and regulations ("Besluit ...", "Regeling ...") are not laws
and are left out; "deze wet" and a bare "Invoeringswet" name nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from uitvoeringsscan.amendments.amendment import Span


class Mention(NamedTuple):
    """A law named in a text."""

    name: str
    bwb: str | None
    span: Span


_GENERIC_START = re.compile(
    r"(?<![\w-])(?:"
    r"(?P<code>Wetboek\s{1,3}van\s{1,3}(?:Burgerlijke\s{1,3}[Rr]echtsvordering|Militair\s{1,3}Strafrecht|"
    r"[A-Z][a-z]{3,30}|strafrecht|strafvordering|koophandel)"
    r"|Burgerlijk\s{1,3}Wetboek(?:\s{1,3}(?:BES|Boek\s{1,3}\d{1,2}))?)"
    r"|(?P<single>(?:Algemene\s{1,3}|Tijdelijke\s{1,3}|"
    r"Nieuwe\s{1,3})?[A-Z][a-zëïöé]{1,40}wet(?:\s{1,3}BES)?(?:\s{1,3}(?:19|20)\d\d(?!\d))?(?![\w-]))"
    r"|(?P<open>(?:Algemene|Tijdelijke|Nieuwe|Experimentele)\s{1,3}(?:rijks)?wet|Wet)(?=\s{1,3}\w)"
    r")"
)
_BARE = frozenset(
    "Rijkswet Invoeringswet Aanpassingswet Wijzigingswet Verzamelwet Reparatiewet Veegwet Spoedwet Kaderwet Raamwet "
    "Initiatiefwet Uitvoeringswet Implementatiewet Goedkeuringswet Belastingwet Begrotingswet Strafwet Overgangswet "
    "Intrekkingswet Noodwet Novellewet Evaluatiewet Experimentenwet Zorgwet Bestemmingswet Basiswet Machtigingswet "
    "Moederwet Hoofdwet Koepelwet".split()
)
_WITH_SMALL_LETTERS = frozenset("Rijkswet Invoeringswet Uitvoeringswet Kaderwet Raamwet Experimentenwet".split())
_NEXT_WORD = re.compile(r"(?P<gap>[ \u00a0]{1,3}|\s?\n\s?)(?P<word>(?:19|20)\d\d(?!\d)|20\.{1,2}|[^\W\d_][\w'’-]*)")
_FIRST_WORD_TOO = frozenset("op van inzake tot ter voor houdende betreffende bij tegen aan".split())
_JOINING = frozenset("van de het der den des tot ter op in inzake voor en".split())
_STOPS = frozenset(
    "wordt worden vervalt vervallen is zijn was waren werd werden heeft hebben had kan kunnen moet moeten mag mogen "
    "zal zullen zou zouden wil willen die dat dit deze zoals bedoeld genoemd als met waarin waarbij waardoor "
    "waarmee regelt bepaalt geldt gelden voorziet biedt bevat kent maakt beoogt blijft gaat krijgt stelt geeft komt "
    "luidt luidde treedt vereist verplicht staat niet ook wel reeds al nog er dan om te door uit over per binnen "
    "sinds zonder tijdens volgens naar hier daar onder bij aan tegen omdat indien artikel artikelen of alsmede "
    "respectievelijk wijzigt regelen opgenomen neergelegd vastgelegd gewijzigd ingevoerd ingetrokken toegepast heet "
    "gesteld mogelijk noodzakelijk nodig reeds thans".split()
)
_AFTER_OF = frozenset("toepassing kracht rechtswege belang oordeel mening plan".split())
_AFTER_AND = frozenset(
    "de het enige enkele andere van in tot een daarmee dat dit die is wordt worden om zijn vervanging intrekking "
    "wijziging".split()
)
_AFTER_IN = frozenset(
    "verband werking de het artikel dit deze die een geval strijd plaats combinatie zijn haar hun lijn 2 nederland".split()
)
_AFTER_ON = frozenset("grond basis het de dit deze een die orde aanvraag verzoek termijn dat zijn haar hun".split())
_MOST_WORDS = 18


def _open_name_end(text: str, begin: int) -> int:
    """Where "Wet op het hoger onderwijs en wetenschappelijk onderzoek" ends; `begin` again when it is no name."""
    end = safe = begin
    previous = ""
    for count in range(_MOST_WORDS):
        match = _NEXT_WORD.match(text, end)
        if match is None:
            break
        word = match["word"]
        after = _NEXT_WORD.match(text, match.end())
        following = after["word"].lower() if after else ""
        small = word.lower()
        if word[0].isdigit():
            return match.end()
        if small in _STOPS and not (count == 0 and small in _FIRST_WORD_TOO):
            break
        if small == "wet" or (count and small.endswith("wet") and word[0].isupper()):
            break
        if small == "en" and (
            count == 0 or following in _AFTER_AND or following in _STOPS or following == "wet" or not following
        ):
            break
        if count and small == "van" and following in _AFTER_OF:
            break
        if count and (
            (small == "in" and following in _AFTER_IN)
            or (small == "op" and following in _AFTER_ON)
            or (small in {"tot", "voor"} and previous not in _JOINING)
        ):
            break
        end = match.end()
        if small not in _JOINING and small not in _FIRST_WORD_TOO:
            safe = end
        previous = small
    return safe


def find_generic(text: str) -> tuple[Mention, ...]:
    """Laws by the form of their names, in order, without overlap; `bwb` is None."""
    found: list[Mention] = []
    position = 0
    while (match := _GENERIC_START.search(text, position)) is not None:
        begin, end = match.span()
        position = end
        if match["open"] is not None:
            closed = _open_name_end(text, end)
            if closed == end:
                continue
            end = closed
        elif match["single"] in _BARE:
            following = _NEXT_WORD.match(text, end)
            if following is None or not (following["word"][0].isupper() or match["single"] in _WITH_SMALL_LETTERS):
                continue
            closed = _open_name_end(text, end)
            if closed == end:
                continue
            end = closed
        found.append(Mention(" ".join(text[begin:end].split()), None, Span(begin, end)))
        position = end
    return tuple(found)

"""Names of members: from capitals to normal case, and from one line of signatures to separate people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

PARTICLES = frozenset(
    "van de der den ten ter te het 't 's in op von zu zum el la le du da dos di of aan uit tot thoe bij onder".split()
)
_GIVEN = frozenset(  # printed before a surname to tell two members apart: the common ones
    "adriaan albert alex alexander andré anja anna anne annemarie anouk arie arno barbara bart ben bert bram "
    "caroline carla casper chris christine cora daan dennis dick dirk eddy eline els emile eric erik esther eva "
    "evert femke fleur floor frank frans fred gerard gert gijs hans harm harry helga hendrik henk henny herman "
    "hugo inge ingrid jaap jacques jan jasper jeroen jesse job joep johan john joost joris jos joyce judith "
    "karin kees klaas koen laura lars lea leo lisa luc lucas luuk maarten marcel margreet maria marianne marijke "
    "marja mark martijn martin mees merel michiel mieke monique nico nicole niels olaf patrick paul peter piet "
    "pieter pim rene richard rik rob robert roel roelof ronald ruben ruud sander sandra saskia simon sjoerd "
    "stefan stijn suzanne sven teun theo thijs thomas tim tom ton vera vincent wendy willem wim wouter yvonne".split()
)
_HEADINGS = frozenset(
    "toelichting algemeen status ingediend aangenomen verworpen voor tegen artikelsgewijs dekking inleiding artikel "
    "onderdeel noot kamerstuk stemming amendement motie bijlage print delen terug deel home zoeken contact".split()
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]))*")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.){1,6}")
_SEPARATORS = re.compile(r"\s*[,;/&]\s*|\s+(?:EN|En|en)\s+")
_CS = re.compile(r"[\s,]+[cC]\.?\s?[sS]\.?$")


def folded(name: str) -> str:
    """For comparing: without diacritics, case, and differences in spacing (`M.B.` is `M. B.`)."""
    bare = unicodedata.normalize("NFD", name.replace("İ", "I").replace("ı", "i").replace("’", "'"))
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign)).casefold()
    return " ".join(bare.replace(".", ". ").split())


def _lower(text: str) -> str:
    return text.replace("İ", "i").lower()


def _capital(word: str) -> str:
    word = _lower(word)
    if word.startswith("ij"):
        return f"IJ{word[2:]}"
    if len(word) > 2 and word[1] in "'’" and word[0] in "do":
        return f"{word[0].upper()}{word[1]}{word[2:].capitalize()}"
    return word[:1].upper() + word[1:]


def normal_case(name: str) -> str:
    """`VAN DER STAAIJ` -> `Van der Staaij`; a name that is in normal case already only loses double spaces."""
    words = name.split()
    if any(sign.islower() for sign in name):
        return " ".join(words)
    done: list[str] = []
    for word in words:
        if _INITIALS.fullmatch(word):
            done.append(word)
        elif done and _lower(word).replace("’", "'") in PARTICLES:
            done.append(_lower(word))
        elif not done and word[:1] in "'’" and len(word) == 2:
            done.append(_lower(word))
        else:
            first, *rest = word.split("-")
            done.append(
                "-".join([_capital(first), *(_lower(p) if _lower(p) in PARTICLES else _capital(p) for p in rest)])
            )
    return " ".join(done)


def split_listed(text: str, begin: int) -> tuple[list[tuple[str, int, int]], bool]:
    """Names in `A, B EN C C.S.` as (name, begin, end), and whether `c.s.` says that there are more."""
    people: list[tuple[str, int, int]] = []
    others = False
    position = 0
    for separator in [*_SEPARATORS.finditer(text), None]:
        end = separator.start() if separator else len(text)
        raw = text[position:end]
        start = position
        position = separator.end() if separator else end
        bare = re.sub(r"\([^()]{0,40}\)", "", raw).rstrip(" .,;:0123456789\n\r")
        if _CS.search(f" {bare}"):
            others = True
            bare = _CS.sub("", f" {bare}")[1:].rstrip()
        lead = len(bare) - len(bare.lstrip())
        for role in ("het lid ", "de leden ", "de heer ", "mevrouw "):
            if bare[lead : lead + len(role)].lower() == role:
                lead += len(role)
        name = bare[lead:]
        if 1 < len(name) <= 80 and any(sign.isalpha() for sign in name):
            people.append((name, begin + start + lead, begin + start + lead + len(name)))
    return people, others


def is_name_line(text: str) -> bool:
    """Whether a line holds nothing but one or more names, as under a note."""
    if len(text) > 220 or text[:1].islower():
        return False
    words = text.split()
    if len(words) > 30 or _lower(words[0]).rstrip(":") in _HEADINGS:
        return False
    surname = False
    for word in words:
        bare = word.rstrip(",") if word != words[-1] else word
        if bare.lower() in PARTICLES or _INITIALS.fullmatch(bare) or bare in {"en", "c.s.", "C.S.", "’t", "’s"}:
            continue
        if _WORD.fullmatch(bare) is None or not bare[0].isupper() or (bare.isupper() and len(bare) < 3):
            return False
        surname = True
    return surname


def _loose_names(words: list[str]) -> list[list[str]]:
    """Words in a row, without knowing who signed: a new name begins at a capital that nothing before it claims."""
    people: list[list[str]] = []
    open_name = False
    for place, word in enumerate(words):
        particle = word.lower().replace("’", "'") in PARTICLES
        following = words[place + 1] if place + 1 < len(words) else ""
        if not people or (word[0].isupper() and particle and not open_name) or not (particle or open_name):
            people.append([])
        elif word[0].islower() and not open_name and len(people[-1]) > 1:
            people.append([people[-1].pop()])  # "Voortman Gijs van Dijk": the word before the particle opens the name
        people[-1].append(word)
        open_name = (
            particle
            or _INITIALS.fullmatch(word) is not None
            or folded(word) in _GIVEN
            or word.lower().rpartition("-")[2] in PARTICLES
            or (following[:1].islower() and following.lower() in PARTICLES)
        )
    return people


def split_signatures(text: str, known: Sequence[str], *, single: bool) -> list[str]:
    """The people on one line of signatures. `known` are names from the heading; `single`: only one person signs."""
    if "," in text or " en " in text:
        return [name for name, _, _ in split_listed(text, 0)[0]]
    if (columns := re.split(r"\s{3,}", text))[1:]:
        return columns
    words = text.split()
    if single or len(words) == 1:
        return [" ".join(words)]
    heading = {tuple(folded(name).split()) for name in known}
    people: list[str] = []
    loose: list[str] = []
    place = 0
    while place < len(words):
        for length in range(min(6, len(words) - place), 0, -1):
            if tuple(folded(word) for word in words[place : place + length]) in heading:
                people.extend(" ".join(name) for name in _loose_names(loose))
                loose = []
                people.append(" ".join(words[place : place + length]))
                place += length
                break
        else:
            loose.append(words[place])
            place += 1
    people.extend(" ".join(name) for name in _loose_names(loose))
    return people

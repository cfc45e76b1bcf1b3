"""The head of the paper: which bill, which number, what kind, by whom, when.

Each reader takes the head (the text before the amendment's opening sentence, in plain spaces) and gives a value with
its place, or None. They are tables of patterns in order of trust: the printed paper first, what a site writes around
it later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from uitvoeringsscan.amendments.amendment import Found, Span
from uitvoeringsscan.amendments.lines import collapsed, trimmed
from uitvoeringsscan.amendments.names import normal_case, split_listed
from uitvoeringsscan.amendments.numerals import ORDINAL

_DOSSIER = r"(?P<dossier>(?<!\d)\d{2}\s?\d{3})(?!\d)"
_SUFFIX = r"(?:(?:\s|\s?-\s?|\s?-?\s?\(\s?)(?P<suffix>[IVX]{1,6}[A-F]?|[A-J]|R\s?\d{3,4})(?![\w'’])\)?)?"

_DOSSIERS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"^\s{{0,9}}{_DOSSIER}{_SUFFIX}(?=\s{{0,9}}$|\s{{1,9}}[A-Z(]|[A-Z(])",
        rf"[Vv]ergaderjaar\s{{1,5}}\d{{4}}.{{1,3}}\d{{2,4}},?\s{{0,9}}{_DOSSIER}{_SUFFIX}",
        r"(?:19|20)\d\d[-–](?:19|20)?\d\d(?P<dossier>\d{5})(?:-(?P<suffix>[IVX]{1,6}[A-F]?|[A-J]))?\snr",
        rf"(?:[Kk]amerstuk(?:ken)?|KAMERSTUK|[Dd]ossier(?:nummer)?|ID|[Kk]st|[Kk]enmerk|"
        rf"[Ww]etsvoorstel)[\s:-]{{1,5}}{_DOSSIER}{_SUFFIX}",
        rf"(?<!\d\s){_DOSSIER}{_SUFFIX},?\snr\.\s?\d",
    )
)
_ELSEWHERE = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"[Vv]ergaderjaar\s{{1,5}}\d{{4}}.{{1,3}}\d{{2,4}},"
        rf"\s{{1,5}}{_DOSSIER}{_SUFFIX},?\s{{1,5}}nr\.\s{{0,3}}(?P<number>\d{{1,4}})\b",
        r"^\s{0,9}(?:Bron\s?:[^\n]{0,80}?|ID\s?:\s{0,3}|Kamerstuk\s)?(?:kst-?)?"
        r"(?P<dossier>\d{5})-(?:(?P<suffix>[IVX]{1,6}[A-F]?|[A-J])-)?(?P<number>\d{1,4})(?=\s{0,9}$|\.html|\.xml|\.pdf)",
        r"^\s{0,9}Dossier\s?:\s{0,3}(?P<dossier>\d{2}\s?\d{3})(?:-(?P<suffix>[IVX]{1,6}[A-F]?|[A-J]))?"
        r"(?P<number>)\s{0,9}$",
    )
)
"""Where a page says which paper it is outside the head: the foot of a printed page, and what a site puts below it."""

_NUMBER_BEFORE_KIND = re.compile(r"(?<![^\W\d_])[Nn][RrOo]s?\.?\s{0,9}(?P<number>\d(?:\s?\d){0,3})\s{0,9}$")
_NUMBERS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"^\s{0,9}[Nn][Rr]\.?\s{0,9}(?P<number>\d{1,4})(?!\d)",
        r"\d{5}(?:-(?:[IVX]{1,6}[A-F]?|[A-J]))?,?\snr\.\s?(?P<number>\d{1,4})(?!\d)",
        r"(?:[Kk]amerstuk|KAMERSTUK|ID|[Kk]st)[\s:-]{1,3}\d{2}\s?\d{3}(?:[- ](?:[IVX]{1,6}[A-F]?|[A-J]))?"
        r"(?:-|,?\snr\.\s?)(?P<number>\d{1,4})(?!\d)",
        r"(?<![^\W\d_])(?<!onder )(?<!ONDER )(?<!op )(?<!OP )(?<!van )(?<!VAN )(?<!stuk )(?<!STUK )"
        r"[Nn]r\.\s{0,3}(?P<number>\d{1,4})(?![\d/])",
    )
)

_KIND = re.compile(
    rf"(?<![\w-])(?:(?P<turn>{ORDINAL})\s{{1,9}})?(?:(?P<again>nader|verder)\s{{1,9}})?"
    r"(?:(?P<changed>gewijzigde?|vervangende?|herzien)\s{1,9})?(?P<sub>sub)?-?amendement(?![\w-])",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\s{1,9}van\s{1,9}(?:het\s{1,9}lid|de\s{1,9}leden|de\s{1,9}heer|de\s{1,9}heren|mevrouw|mw\.|dhr\.)\s{1,9}",
    re.IGNORECASE,
)
_SITE_KIND = re.compile(r"\s?\((?:gewijzigd|nader|vervangend)(?:/\w{1,20}){0,3}\)", re.IGNORECASE)
_LINE_SO_FAR = re.compile(r"\s{0,40}(?:[Nn]r\.?\s{0,5}\d{1,4})?\s{0,9}")
_WORD = re.compile(r"\S{1,80}")
_AFTER_NAMES = re.compile(
    r"(?:TER\s{1,9}VERVANGING|T\.\s?V\.\s?V\.|TVV\s|OVER\s|GEDRUKT\s|OP\s{1,9}(?:HET|DAT|STUK)\s|IN\s{1,9}PLAATS|"
    r"DAT\s|STREKKENDE\s|Nr\.?\s)"
)
_END_OF_NAMES = re.compile(
    r"\s(?:over|ter\s{1,9}vervanging|t\.?v\.?v\.?|dat|die|om|waarmee|waarin|voor|inzake|tot|houdende|strekkende|"
    r"ontvangen|gedrukt)(?![\w])"
    r"|[:;\n\r]|\s[-–]\s|$",
    re.IGNORECASE,
)
_BARE_BY = re.compile(r"\s{1,3}(?P<names>(?:[^\W\d_][\w'’.-]{0,40}\s){1,6}?(?:c\.s\.\s)?)(?=over\s)")

_REPLACES = re.compile(
    r"(?:ter\s{1,9}vervanging\s{1,9}van|t\.\s?v\.\s?v\.|\btvv\b|in\s{1,9}plaats\s{1,9}van)"
    r"(?:[^.;:\n]|\.(?!\s{1,9}[A-Z][a-z])|\n(?!\s{0,9}\n)){0,90}?"
    r"(?<![^\W\d_])n(?:r|o|rs|ummer|ummers)\b\.?\s{0,9}(?P<number>\d{1,5})(?!\d|\s\d{3})",
    re.IGNORECASE,
)
_REPLACES_BARE = re.compile(r"(?:t\.\s?v\.\s?v\.|\btvv\b)\s{1,9}(?P<number>\d{1,4})\b", re.IGNORECASE)
_NOTE_MARK = re.compile(
    r"^\s{0,9}(?:X\s?)?Noot\b|^\s{0,9}1\)?\s{1,9}(?:Vervanging|Herdruk|I\.v\.m\.|In verband met)", re.MULTILINE
)

_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_WRITTEN_DATE = re.compile(rf"(\d{{1,2}})({'|'.join(_MONTHS)})((?:19|20)\d\d)", re.IGNORECASE)
_DIGIT_DATE = re.compile(r"(\d{1,2})-(\d{1,2})-((?:19|20)\d\d)")
_RECEIVED = re.compile(
    r"(?<![^\W\d_])(?:Ontvangen|ontvangen|ONTVANGEN|Voorgesteld|VOORGESTELD|Ingediend|Ingezonden)\s{0,9}(?:op|:|"
    r"d\.d\.)?\s{0,9}(?=\d)"
)
_DATE_LINE = re.compile(
    rf"^\s{{0,9}}(\d{{1,2}}\s(?:{'|'.join(_MONTHS)})\s(?:19|20)\d\d)\s{{0,9}}$", re.MULTILINE | re.IGNORECASE
)
_DATE_LABEL = re.compile(r"^\s{0,9}(?:Datum|Documentdatum)(?:\sontvangst)?\s{0,3}:?\s{1,9}(?=\d)", re.MULTILINE)
_DATE_LENGTH = 40

_TITLE_STOP = re.compile(
    r"(?<![^\W\d_])[Nn][Rr]\.?\s{0,5}\d{1,4}(?![\d/])|^\s{0,9}(?:Ontvangen|Kamerstuk|Dossier|Tweede Kamer der|De ondergetekende|"
    r"[A-Z][\w()]{2,30}\s{0,3}:\s)",
    re.MULTILINE,
)
_TITLES = (
    re.compile(r"[Oo]ffici[eë]le titel:?\s{1,3}(?P<title>[^\n;]{10,2000})"),
    re.compile(r"(?:^|\n)\s{0,9}(?:Dossier|Wetsvoorstel)\s{0,3}:\s{0,3}(?P<title>[A-Z][^\n;]{10,2000})"),
    re.compile(r"(?:^|\n)\s{0,9}(?P<title>[A-Z][^\n;]{10,2000});\s{1,3}(?:\w{1,20}\s){0,4}?[Aa]mendement\b"),
    re.compile(
        r"\bbij\s{1,9}het\s{1,9}(?:voorstel\s{1,9}van\s{1,9}wet|"
        r"wetsvoorstel)\s{0,3}:?\s{1,9}(?P<title>[A-Z][^\n]{10,1500}?)\s{0,9}(?:$|\n|:\s)"
    ),
    re.compile(
        r"(?<![^\W\d_])(?P<title>(?:Wijziging van (?:de|het|enkele|verschillende|enige|diverse)|"
        r"Vaststelling van de begrotingssta|Regels (?:over|omtrent|inzake|ten behoeve van|met betrekking tot|voor)|"
        r"Wijziging van de begrotingssta|"
        r"Tijdelijke (?:bepalingen|regels))[^\n;]{10,1500})"
    ),
)
_TITLE_LIMIT = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The line that says what this is: `NADER GEWIJZIGD AMENDEMENT VAN DE LEDEN X EN Y TER VERVANGING VAN ...`."""

    begin: int
    end: int
    kind: Found[str]
    submitters: tuple[Found[str], ...]
    more: bool  # "c.s.": others sign too
    single: bool  # "het lid X" without c.s.


def _kind(match: re.Match[str], text: str) -> Found[str]:
    again = match["again"] is not None or match["turn"] is not None
    begin = (
        match.start() if match["changed"] else match.start("sub") if match["sub"] else match.end() - len("amendement")
    )
    words = []
    if match["changed"]:
        words = [*([match["turn"].lower()] if match["turn"] else []), *(["nader"] if again else []), "gewijzigd"]
    words.append("subamendement" if match["sub"] else "amendement")
    site = None if match["changed"] else _SITE_KIND.match(text, match.end())
    if site is not None:
        words.insert(0, "gewijzigd")
    return Found(value=" ".join(words), span=Span(begin, site.end() if site else match.end()))


def _capital_run(text: str, begin: int) -> int:
    """Where the capitals of a heading stop: at a word in small letters, an empty line, or the words after the names."""
    end, last = begin, ""
    for count, word in enumerate(_WORD.finditer(text, begin, begin + 1200)):
        token = word.group()
        gap = text[end : word.start()]
        if gap.count("\n") > 1 and not last.endswith((",", "EN")):
            break
        if count > 60 or _AFTER_NAMES.match(text, word.start()):
            break
        if any(sign.islower() for sign in token) and token.lower() not in {"c.s.", "en", "c.s.,"}:
            break
        if gap.count("\n") and last == "C.S.":
            break
        end, last = word.end(), token
    return end


def read_heading(text: str, begin: int, end: int) -> Heading | None:
    """The heading between two offsets. One in capitals goes before one in small letters (a site's description)."""
    candidates = []
    for match in _KIND.finditer(text, begin, end):
        word = match.group()
        by = _BY.match(text, match.end())
        at_line = (
            _LINE_SO_FAR.fullmatch(text[max(begin, text.rfind("\n", begin, match.start()) + 1) : match.start()])
            is not None
        )
        capitals = word[-10:].isupper()
        if not (capitals or by or at_line):
            continue
        candidates.append((not (capitals and by), not capitals, by is None, not at_line, match.start(), match, by))
        if capitals and by:
            break
        if len(candidates) > 200:
            break
    if not candidates:
        return None
    _, _, _, _, _, match, by = min(candidates, key=lambda c: c[:5])
    kind = _kind(match, text)
    names_begin = names_end = match.end()
    if by is not None:
        names_begin = by.end()
        if match.group()[-10:].isupper():
            names_end = _capital_run(text, names_begin)
        else:
            stop = _END_OF_NAMES.search(text, names_begin, names_begin + 300)
            names_end = stop.start() if stop else names_begin
    else:
        bare = _BARE_BY.match(text, match.end())
        if bare is not None and all(w[0].isupper() or w.islower() for w in bare["names"].split()):
            names_begin, names_end = bare.span("names")
    people, more = split_listed(text[names_begin:names_end], names_begin)
    single = by is not None and "lid" in by.group().lower() and not more and len(people) == 1
    return Heading(
        begin=match.start(),
        end=names_end,
        kind=kind,
        submitters=tuple(Found(value=normal_case(n), span=Span(b, e)) for n, b, e in people),
        more=more,
        single=single,
    )


def read_dossier(text: str, begin: int, end: int) -> tuple[Found[str] | None, Found[str] | None]:
    """The dossier number and its addition (`34 300 XV` -> 34300 and XV; `23 327 (R 1483)` -> 23327 and R1483)."""
    match = next((m for pattern in _DOSSIERS if (m := pattern.search(text, begin, end))), None)
    match = match or next((m for pattern in _ELSEWHERE if (m := pattern.search(text))), None)
    if match is None:
        return None, None
    dossier = Found(value="".join(match["dossier"].split()), span=Span(*match.span("dossier")))
    if match["suffix"] is None:
        return dossier, None
    return dossier, Found(value="".join(match["suffix"].split()), span=Span(*match.span("suffix")))


def read_number(text: str, begin: int, end: int, heading: Heading | None) -> Found[str] | None:
    """The paper's own number, never the one it replaces."""
    match = None
    if heading is not None:
        match = _NUMBER_BEFORE_KIND.search(text, max(begin, heading.begin - 40), heading.begin)
    for pattern in _NUMBERS:
        match = match or pattern.search(text, begin, end)
    match = match or next((m for pattern in _ELSEWHERE if (m := pattern.search(text)) and m["number"]), None)
    return None if match is None else Found(value="".join(match["number"].split()), span=Span(*match.span("number")))


def read_replaces(text: str, begin: int, end: int, number: Found[str] | None) -> Found[str] | None:
    """The number this one comes in the place of, without the mark of a footnote glued to it (`NR. 691` is 69, note 1).

    A replaced paper is older, so its number is lower than our own; one that is not has a mark behind it. A last 1 is
    also a mark when the text holds the note it points at.
    """
    match = _REPLACES.search(text, begin, end) or _REPLACES_BARE.search(text, begin, end)
    if match is None:
        return None
    digits, start = match["number"], match.start("number")
    own = int(number.value) if number is not None else None
    too_high = own is not None and int(digits) >= own
    noted = digits.endswith("1") and _NOTE_MARK.search(text, end) is not None
    if len(digits) > 1 and (too_high or noted) and (own is None or int(digits[:-1]) < own):
        digits = digits[:-1]
    return Found(value=digits, span=Span(start, start + len(digits)))


def _date_at(text: str, begin: int) -> Found[date] | None:
    """A date that starts here, also when a scan broke it over lines."""
    places = [i for i in range(begin, min(len(text), begin + _DATE_LENGTH)) if not text[i].isspace()]
    squeezed = "".join(text[i] for i in places)
    match = _WRITTEN_DATE.match(squeezed)
    month = _MONTHS.index(match[2].lower()) + 1 if match else 0
    if match is None:
        match = _DIGIT_DATE.match(squeezed)
        month = int(match[2]) if match else 0
    if match is None:
        return None
    try:
        value = date(int(match[3]), month, int(match[1]))
    except ValueError:
        return None
    return Found(value=value, span=Span(begin, places[match.end() - 1] + 1))


def read_received(text: str, begin: int, end: int) -> Found[date] | None:
    """The date after `Ontvangen`; else a line in the head that is nothing but a date; else what a site calls its date."""
    for match in _RECEIVED.finditer(text, begin, end):
        if (found := _date_at(text, match.end())) is not None:
            return found
    if (line := _DATE_LINE.search(text, begin, end)) is not None:
        return _date_at(text, line.start(1))
    labelled = _DATE_LABEL.search(text, begin, end)
    return _date_at(text, labelled.end()) if labelled else None


def read_title(
    text: str, end: int, dossier: Found[str] | None, suffix: Found[str] | None, heading: Heading | None
) -> Found[str] | None:
    """The title of the bill: what stands between the dossier number and the paper's number, else where a site puts it."""
    last = dossier
    for found in (suffix, dossier):
        if found is not None and found.span is not None:
            last = found
            break
    if last is not None and last.span is not None and last.span.end < end:
        stop = min(
            end, last.span.end + _TITLE_LIMIT, heading.begin if heading and heading.begin > last.span.end else end
        )
        mark = _TITLE_STOP.search(text, last.span.end, stop)
        region_end = mark.start() if mark else stop
        begin = last.span.end
        while begin < region_end and text[begin] in " )\n\r.,;-–":
            begin += 1
        span = trimmed(text, begin, region_end)
        if (
            (mark or stop < end or heading)
            and span is not None
            and text[span.begin].isupper()
            and span.end - span.begin >= 8
        ):
            return Found(value=collapsed(span.quote(text)), span=span)
    for pattern in _TITLES:
        match = pattern.search(text, 0, end)
        if match and (span := trimmed(text, *match.span("title"))) is not None:
            return Found(value=collapsed(span.quote(text)), span=span)
    return None

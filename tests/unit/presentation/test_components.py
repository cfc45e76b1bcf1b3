"""Every part is drawn by itself and read back: sound HTML, ids that lead somewhere, nothing inline, nothing unescaped."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from jinja2 import UndefinedError

from uitvoeringsscan.presentation.templating import STATIC, asset, environment

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
NASTY = "<script>\"x\"&'y'</script>"


class Page(HTMLParser):
    """What a page holds: (tag, attributes) in order, its text, and a complaint for every tag that does not close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.open: list[str] = []
        self.complaints: list[str] = []
        self.feed(html)
        self.close()
        self.complaints += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.complaints += [
            f"{name} twice in <{tag}>" for name, n in Counter(name for name, _ in attrs).items() if n > 1
        ]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.complaints.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def one(self, tag: str) -> dict[str, str]:
        (found,) = self.all(tag)
        return found


def draw(source: str, **context: Any) -> Page:
    """Render a piece of template and read it; whatever is unsound fails here."""
    page = Page(environment().from_string(source).render(**context))
    ids = Counter(attributes["id"] for _, attributes in page.elements if "id" in attributes)
    complaints = page.complaints + [f"id {name} twice" for name, n in ids.items() if n > 1]
    for tag, attributes in page.elements:
        complaints += [f"{name} in <{tag}>" for name in attributes if name == "style" or name.startswith("on")]
        own = tag == "script" and attributes.get("src", "").startswith("/static/") and "defer" in attributes
        complaints += [f"<{tag}>"] if tag in ("script", "style") and not own else []
        for name in ("aria-describedby", "aria-labelledby", "for"):
            complaints += [f"{name} to {target}" for target in attributes.get(name, "").split() if target not in ids]
    assert complaints == []
    return page


def use(macro: str, call: str, file: str, **context: Any) -> Page:
    return draw(f'{{% from "{file}" import {macro} %}}{call}', **context)


# --- fields -----------------------------------------------------------------------------------------------------------

FIELDS = {
    "text_field": '{{ text_field("amendement.titel", "Titel", value, hint=hint, error=error, required=required) }}',
    "date_field": '{{ date_field("amendement.titel", "Titel", value, hint=hint, error=error, required=required) }}',
    "textarea_field": '{{ textarea_field("amendement.titel", "Titel", value, hint=hint, error=error, required=required) }}',
    "file_field": '{{ file_field("amendement.titel", "Titel", hint=hint, error=error, required=required) }}',
    "select_field": '{{ select_field("amendement.titel", "Titel", options, value, hint=hint, error=error, required=required) }}',
}
CHOICES = {
    "radios": '{{ radios("amendement.titel", "Titel", options, value, hint=hint, error=error, required=required) }}',
    "checkboxes": '{{ checkboxes("amendement.titel", "Titel", options, [value], hint=hint, error=error, required=required) }}',
}
OPTIONS = [{"value": "a", "label": "Eerste", "level": 2}, {"value": NASTY, "label": NASTY, "hint": "Uitleg"}]


@pytest.mark.parametrize("hint", [None, "Hulp"])
@pytest.mark.parametrize("error", [None, "vul dit in"])
@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("macro", FIELDS)
def test_a_field_ties_its_words_to_its_control(macro: str, hint: str | None, error: str | None, required: bool) -> None:
    page = use(
        macro, FIELDS[macro], "components/fields.html",
        value=NASTY, hint=hint, error=error, required=required, options=OPTIONS,
    )  # fmt: skip
    (control,) = page.all("input") + page.all("textarea") + page.all("select")
    assert control["id"] == page.one("label")["for"] == "veld-amendement-titel"
    assert control["name"] == "amendement.titel"
    wanted = (["veld-amendement-titel-uitleg"] if hint else []) + (["veld-amendement-titel-fout"] if error else [])
    assert control.get("aria-describedby", "").split() == wanted
    assert control.get("aria-invalid") == ("true" if error else None)
    assert ("(niet verplicht)" in page.text) is not required
    assert ("Fout: vul dit in" in page.text) is bool(error)
    assert "required" not in control


@pytest.mark.parametrize("value", [NASTY, "\n twee regels\n", "", 0, None])
def test_what_was_typed_comes_back_to_the_letter(value: object) -> None:
    context = {"value": value, "hint": None, "error": None, "required": True}
    wanted = "" if value is None else str(value)
    page = use("text_field", FIELDS["text_field"], "components/fields.html", **context)
    assert page.one("input")["value"] == wanted
    source = '{% from "components/fields.html" import textarea_field %}' + FIELDS["textarea_field"]
    # A browser drops one line break right after the tag, so the template sends one of its own.
    sent = environment().from_string(source).render(context).split("<textarea", 1)[1].split(">", 1)[1]
    assert unescape(sent.split("</textarea>")[0]) == "\n" + wanted


@pytest.mark.parametrize("error", [None, "kies een antwoord"])
@pytest.mark.parametrize("macro", CHOICES)
def test_a_choice_is_one_question_with_options(macro: str, error: str | None) -> None:
    page = use(
        macro, CHOICES[macro], "components/fields.html",
        value=NASTY, hint="Hulp", error=error, required=False, options=OPTIONS,
    )  # fmt: skip
    controls = page.all("input")
    assert [control["value"] for control in controls] == ["a", NASTY]
    assert ["checked" in control for control in controls] == [False, True]
    assert controls[0]["id"] == "veld-amendement-titel"
    assert [label["for"] for label in page.all("label")] == [control["id"] for control in controls]
    ids = ["veld-amendement-titel-uitleg"] + (["veld-amendement-titel-fout"] if error else [])
    assert page.one("fieldset")["aria-describedby"].split() == ids
    assert page.one("legend")
    assert "telt als  middelgroot" in page.text
    assert "Titel (niet verplicht)" in page.text


def test_a_choice_shows_what_its_call_brings_between_question_and_options() -> None:
    page = use(
        "radios",
        '{% call radios("q", "Vraag", options) %}<p>eerder</p>{% endcall %}',
        "components/fields.html",
        options=OPTIONS,
    )
    tags = [tag for tag, _ in page.elements]
    assert tags.index("legend") < tags.index("p") < tags.index("input")


def test_a_select_keeps_its_choice_and_can_go_without_an_empty_one() -> None:
    call = '{{ select_field("q", "Vraag", options, "a", empty=none) }}'
    options = use("select_field", call, "components/fields.html", options=OPTIONS).all("option")
    assert [("selected" in option, option["value"]) for option in options] == [(True, "a"), (False, NASTY)]


# --- messages, lists, tables ------------------------------------------------------------------------------------------


def test_the_error_summary_leads_to_the_fields() -> None:
    errors = [{"message": "Kies een datum", "anchor": "veld-datum"}, {"message": NASTY, "anchor": None}]
    page = use("error_summary", "{{ error_summary(errors) }}", "components/feedback.html", errors=errors)
    box = page.elements[0][1]
    assert (box["id"], box["tabindex"], "autofocus" in box) == ("fouten", "-1", True)
    assert [link["href"] for link in page.all("a")] == ["#veld-datum"]
    assert NASTY in page.text


@pytest.mark.parametrize(
    ("tone", "live", "role"), [("info", False, None), ("ok", True, "status"), ("error", True, "alert")]
)
def test_alert(tone: str, live: bool, role: str | None) -> None:
    page = use(
        "alert",
        '{% call alert(tone, title="Let op", live=live) %}<p>tekst</p>{% endcall %}',
        "components/feedback.html",
        tone=tone,
        live=live,
    )
    assert page.elements[0][1].get("role") == role
    assert f"utrecht-alert--{tone}" in page.elements[0][1]["class"]


def test_confirmation_and_empty_state() -> None:
    page = use("confirmation", '{{ confirmation("Ingediend", number="2026-4821") }}', "components/feedback.html")
    assert "Nummer: 2026-4821" in page.text
    assert page.one("h1") == {}
    page = use(
        "confirmation",
        '{% call confirmation("Klaar") %}<p>U krijgt een e-mail.</p>{% endcall %}',
        "components/feedback.html",
    )
    assert "U krijgt een e-mail." in page.text
    page = use(
        "empty_state", '{{ empty_state("Niets", "Nog niet.", href="/x", link="Kijk") }}', "components/feedback.html"
    )
    assert page.one("a")["href"] == "/x"


def test_buttons() -> None:
    page = use(
        "button",
        '{{ button("Verwijder", negative=true, name="stap", value="weg", hidden_words="vraag 3") }}',
        "components/buttons.html",
    )
    assert page.one("button")["type"] == "submit"
    assert (page.one("button")["name"], page.one("button")["value"]) == ("stap", "weg")
    assert page.text.strip() == "Verwijder vraag 3"
    call = '{% call button_group() %}{{ link_button("Verder", "/verder", kind="primary") }}{% endcall %}'
    assert use("button_group, link_button", call, "components/buttons.html").one("a")["href"] == "/verder"


def test_every_status_has_a_badge_and_a_symbol() -> None:
    from uitvoeringsscan.presentation import labels

    for code, words in labels.SCAN_STATES.items():
        assert words.label in use("scan_status", "{{ scan_status(code) }}", "components/status.html", code=code).text
    for code, words in labels.ASSESSMENT_STATUSES.items():
        page = use("assessment_status", "{{ assessment_status(code) }}", "components/status.html", code=code)
        assert words.label in page.text
        page = use("status_symbol", "{{ status_symbol(code) }}", "pictures/symbols.html", code=code)
        assert words.short in page.text
        assert page.one("svg")["aria-hidden"] == "true"
    late = use("assessment_status", '{{ assessment_status("open", late=true) }}', "components/status.html")
    assert "te laat" in late.text
    assert "utrecht-status-badge--warning" in late.elements[0][1]["class"]


def test_no_two_statuses_are_drawn_alike() -> None:
    codes = ["open", "ingediend", "vastgesteld", "geen-gevolgen", "niet-van-toepassing", "geen-reactie", "te-laat"]
    drawings = {
        code: str(use("status_symbol", "{{ status_symbol(code) }}", "pictures/symbols.html", code=code).elements[1:-1])
        for code in codes
    }
    assert len(set(drawings.values())) == len(codes)


def test_table_has_a_caption_and_scopes() -> None:
    call = '{% call table("Kosten", ["Wie", ["Bedrag", "number"]]) %}<tr><th scope="row">SVB</th><td>1</td></tr>{% endcall %}'
    page = use("table", call, "components/tables.html")
    assert "Kosten" in page.text
    assert [cell.get("scope") for cell in page.all("th")] == ["col", "col", "row"]
    assert page.all("div")[0]["tabindex"] == "0"
    call = (
        '{% call table("Kosten", ["Wie", "Bedrag"], stack=true) %}{% call row(sum=true) %}{% call row_head() %}SVB{% endcall %}'
        '{% call cell("Bedrag", number=true) %}1{% endcall %}{% endcall %}{% endcall %}'
    )
    page = use("table, row, row_head, cell", call, "components/tables.html")
    assert page.one("table")["role"] == "table"
    assert page.one("td")["data-label"] == "Bedrag"


def test_task_list_links_only_what_can_be_done() -> None:
    items = [
        {"label": "Kosten", "href": "/kosten", "status": "bezig", "current": True, "note": "S. werkt hieraan"},
        {"label": "Indienen", "href": "/indienen", "status": "kan-nog-niet"},
    ]
    page = use("task_list", "{{ task_list(items) }}", "components/lists.html", items=items)
    assert [(link["href"], link["aria-current"]) for link in page.all("a")] == [("/kosten", "step")]
    assert "bezig" in page.text
    assert "kan nog niet" in page.text


def test_check_answers_says_what_was_not_filled_in() -> None:
    rows = [{"question": "Kosten?", "answer": None, "href": "#kosten"}, {"question": "Fte?", "answer": 0}]
    page = use("check_answers", "{{ check_answers(rows) }}", "components/lists.html", rows=rows)
    assert page.text.count("niet ingevuld") == 1
    assert "Wijzig het antwoord op: Kosten?" in page.text
    assert len(page.all("a")) == 1


def test_breadcrumb_pagination_and_track() -> None:
    page = use(
        "breadcrumb", '{{ breadcrumb([{"label": "Begin", "href": "/"}, {"label": "Hier"}]) }}', "components/lists.html"
    )
    assert [link["href"] for link in page.all("a")] == ["/"]
    assert page.one("span")["aria-current"] == "page"
    assert [
        a["rel"]
        for a in use("pagination", '{{ pagination(next="/n", previous="/p") }}', "components/lists.html").all("a")
    ] == ["prev", "next"]
    assert use("pagination", "{{ pagination() }}", "components/lists.html").elements == []
    items = [
        {"label": "A", "state": "done"},
        {"label": "B", "state": "current", "note": "nu"},
        {"label": "C", "state": "todo"},
    ]
    page = use("track", "{{ track(items) }}", "components/lists.html", items=items)
    assert [item.get("aria-current") for item in page.all("li")] == [None, "step", None]
    assert "A (klaar)" in page.text


def test_facts_and_details() -> None:
    page = use(
        "facts", '{{ facts([{"term": "Kosten", "value": "€ 1 mln", "note": "minimaal"}]) }}', "components/lists.html"
    )
    assert "€ 1 mln" in page.text
    page = use("details", '{% call details("Meer", open=true) %}<p>tekst</p>{% endcall %}', "components/details.html")
    assert "open" in page.one("details")


# --- evidence ---------------------------------------------------------------------------------------------------------


def test_evidence_quotes_and_explains() -> None:
    page = use(
        "evidence",
        '{{ evidence(q, "SVB doet dit", source="wijziging", before="Vóór ", after=" na") }}',
        "components/details.html",
        q=NASTY,
    )
    assert f"Vóór {NASTY} na" in page.text
    assert "SVB doet dit (wijziging)" in page.text


def test_marked_text_is_the_text_with_marks() -> None:
    text = "Artikel 3 <b>vervalt</b> 👍 en artikel 4 ook"
    spans = [
        {"begin": 0, "end": 9, "note": "eerste"},
        {"begin": 5, "end": 12, "note": "overlapt"},
        {"begin": text.index("artikel 4"), "end": text.index(" ook"), "note": "tweede"},
    ]
    page = use("marked_text", "{{ marked_text(text, spans) }}", "components/details.html", text=text, spans=spans)
    assert len(page.all("mark")) == 2
    assert [item["id"] for item in page.all("li")] == ["tekst-noot-1", "tekst-noot-2", "tekst-noot-3"]
    words = page.text.split("\n")[0]
    assert words.replace("Artikel 31", "Artikel 3").replace("artikel 43", "artikel 4") == text


# --- pictures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "filled", "word"), [(0, 0, "geen"), (1, 1, "beperkt"), (2, 2, "middelgroot"), (3, 3, "ingrijpend")]
)
def test_a_level_is_bars_and_a_word(level: int, filled: int, word: str) -> None:
    page = use("level_symbol", "{{ level_symbol(level) }}", "pictures/symbols.html", level=level)
    assert sum("us-step--on" in bar["class"] for bar in page.all("rect")) == filled
    assert page.text.strip() == word
    hidden = use(
        "level_symbol", "{{ level_symbol(level, hide=true, at_least=true) }}", "pictures/symbols.html", level=level
    )
    assert hidden.all("span")[-1]["class"] == "us-hidden"
    assert sum("us-step--maybe" in bar["class"] for bar in hidden.all("rect")) == 3 - filled


def test_an_unknown_level_has_no_bars() -> None:
    page = use("level_symbol", "{{ level_symbol(none) }}", "pictures/symbols.html")
    assert "onbekend" in page.text
    assert not any("us-step" in bar["class"] for bar in page.all("rect"))


def test_the_response_strip_counts_in_words() -> None:
    call = '{{ response_strip(["vastgesteld", "open", "vastgesteld", "te-laat", "geen-reactie"]) }}'
    page = use("response_strip", call, "pictures/symbols.html")
    assert page.text.strip() == "2 vastgesteld, 1 te laat, 1 open, 1 geen reactie"
    assert len(page.all("svg")) == 5


HEAT = [
    {
        "name": "SVB", "levels": [3, 2, None, 0], "at_least": [False, True, False, False],
        "feasible": "2028-07-01", "verdict": "uitvoerbaar-mits",
    },
    {"name": NASTY, "levels": [0, 0, 0, 0], "href": "#x"},
    {"name": "Kadaster", "status": "geen-gevolgen"},
    {"name": "Toeslagen", "status": "geen-reactie"},
]  # fmt: skip


@pytest.mark.parametrize("dates", [True, False])
def test_the_heat_table_shows_silence_as_one_cell(dates: bool) -> None:
    worst = {"levels": [3, 2, 0, 0], "feasible": "2028-07-01", "verdict": "uitvoerbaar-mits"}
    page = use(
        "heat_table",
        "{{ heat_table(rows, worst=worst, dates=dates) }}",
        "pictures/heat.html",
        rows=HEAT,
        worst=worst,
        dates=dates,
    )
    assert [cell["scope"] for cell in page.all("th")].count("row") == 5
    assert [cell["scope"] for cell in page.all("th")].count("col") == (7 if dates else 5)
    assert sum(cell.get("colspan") == "4" for cell in page.all("td")) == 2
    assert "geen reactie ontvangen" in page.text
    assert "ten minste middelgroot" in page.text
    assert NASTY in page.text
    assert "niet gemiddeld" in page.text
    assert ("1 jul 2028" in page.text) is dates


def test_the_timeline_tells_its_dates_to_who_listens() -> None:
    call = '{{ timeline_svg("2027-01-01", [["SVB", "2028-07-01"], [name, none, "geen reactie ontvangen"]]) }}'
    page = use("timeline_svg", call, "pictures/timeline.html", name=NASTY)
    assert [svg["role"] for svg in page.all("svg")] == ["img", "img"]
    assert page.text.count("SVB: 1 juli 2028.") == 2
    assert NASTY in page.text
    assert (
        use("timeline_svg", '{{ timeline_svg(none, [["SVB", none]]) }}', "pictures/timeline.html").text.count(
            "noemt geen datum"
        )
        == 2
    )


def test_the_road_and_the_load() -> None:
    call = (
        '{{ road([["ingediend", "2026-11-26", true], ["stemming", "2026-12-08T16:00:00+01:00", false]], '
        '"Stemming op dinsdag.") }}'
    )
    page = use("road", call, "pictures/road.html")
    assert "Stemming op dinsdag." in page.text
    assert [circle["class"] for circle in page.all("circle")] == ["us-stop us-stop--done", "us-stop"]
    page = use(
        "load_bars_svg", '{{ load_bars_svg([["SVB", 9, 2], ["CAK", 0, 0]], note="Druk.") }}', "pictures/load.html"
    )
    assert page.text.count("SVB 9, waarvan 2 te laat; CAK 0.") == 2
    assert len(page.all("rect")) == 4


# --- the frame --------------------------------------------------------------------------------------------------------

FRAME = '{% extends "base.html" %}{% block content %}<h1>Kop</h1>{% endblock %}'


def test_the_frame_of_a_visitor() -> None:
    page = draw(FRAME, page_title="Stemmingen", demo=False, person=None, nav=[], errors=[])
    assert page.one("html")["lang"] == "nl"
    assert "Stemmingen – Uitvoeringsscan" in page.text
    assert "Demonstratie" not in page.text
    assert page.all("a")[0]["href"] == "#inhoud"
    assert page.one("main")["id"] == "inhoud"
    assert "wenselijkheid" in page.text


def test_the_frame_of_somebody_with_an_error() -> None:
    person = {"name": NASTY, "role_label": "behandelaar", "agency_name": "SVB"}
    nav = [{"href": "/uitvragen", "label": "Ons werk", "current": True}]
    errors = [{"message": "Kies een datum", "anchor": "veld-datum"}]
    page = draw(FRAME, page_title="Uitvraag", demo=True, person=person, nav=nav, errors=errors, csrf="geheim")
    assert "Fout: Uitvraag – Uitvoeringsscan" in page.text
    assert "Demonstratie: alle amendementen, personen en antwoorden op deze site zijn verzonnen." in page.text
    assert (page.one("input")["name"], page.one("input")["value"]) == ("csrf", "geheim")
    assert [link.get("aria-current") for link in page.all("a") if link["href"] == "/uitvragen"] == ["page"]
    assert NASTY in page.text


@pytest.mark.parametrize("missing", ["page_title", "demo"])
def test_no_page_forgets_its_title_or_that_it_is_a_demonstration(missing: str) -> None:
    context = {"page_title": "x", "demo": False}
    del context[missing]
    with pytest.raises(UndefinedError, match=missing):
        draw(FRAME, **context)


def test_the_style_guide_is_sound_and_shows_every_part() -> None:
    draw('{% include "stijlgids.html" %}')


def test_a_static_file_has_an_address_of_its_content() -> None:
    assert asset("app.css").startswith("/static/app.css?v=")
    assert asset("app.css") != asset("favicon.svg").replace("favicon.svg", "app.css")


def test_the_licences_travel_with_what_they_cover() -> None:
    text = (STATIC / "LICENTIES.txt").read_text("utf-8")
    assert "EUROPEAN UNION PUBLIC LICENCE" in text
    assert "SIL OPEN FONT LICENSE" in text.upper()
    assert "@utrecht/table-css" in text


def test_a_first_public_page_weighs_at_most_60_kilobytes() -> None:
    """Stylesheet and HTML gzipped, the letters as they are; the page has every picture that a summary has."""
    page = environment().from_string(
        '{% extends "base.html" %}{% from "pictures/heat.html" import heat_table %}'
        '{% from "pictures/timeline.html" import timeline_svg %}{% from "pictures/road.html" import road %}'
        "{% block content %}<h1>Samenvatting</h1>{{ heat_table(rows, worst=rows[0]) }}{{ timeline_svg('2027-01-01', dates) }}"
        "{{ road([['ingediend', '2026-11-26', true], ['stemming', '2026-12-08', false]], 'Stemming op dinsdag.') }}{% endblock %}"
    )
    rows = [
        {"name": f"Organisatie {n}", "levels": [3, 2, 1, 0], "feasible": "2028-07-01", "verdict": "uitvoerbaar"}
        for n in range(8)
    ]
    html = page.render(
        page_title="Samenvatting", demo=True, rows=rows, dates=[(row["name"], "2028-07-01") for row in rows]
    )
    weight = len(gzip.compress(html.encode())) + len(gzip.compress((STATIC / "app.css").read_bytes()))
    weight += sum(len(font.read_bytes()) for font in (STATIC / "fonts").iterdir())
    assert weight <= 60_000


def test_the_style_guide_shows_every_part() -> None:
    """Whatever a page can be made of stands in the guide, where it is looked at in every way."""
    folder = STATIC.parent / "templates"
    guide = (folder / "stijlgids.html").read_text("utf-8")
    parts = {
        name
        for path in (*folder.glob("components/*.html"), *folder.glob("pictures/*.html"))
        for name in re.findall(r"\{% macro ([a-z]\w*)\(", path.read_text("utf-8"))
    }
    used = set(re.findall(r"(?:\{\{|\{% call|~) ?(\w+)\(", guide)) | set(re.findall(r"\b(\w+)\(", guide))
    inside = {"field_id", "diff_text"}  # only called by other parts
    assert len(parts) > 30
    assert sorted(parts - used - inside) == []

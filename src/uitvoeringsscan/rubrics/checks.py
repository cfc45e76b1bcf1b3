"""Does a questionnaire make sense as a whole? Every rule is one small generator of faults; all of them always run.

The rules look at the merged questionnaire, so an addition is judged together with what it extends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from uitvoeringsscan.rubrics.conditions import leaves
from uitvoeringsscan.rubrics.kinds import KINDS
from uitvoeringsscan.rubrics.model import (
    MEANING_KINDS,
    UNKNOWN_CODE,
    AllOf,
    AnyOf,
    Condition,
    Is,
    Kind,
    LevelFrom,
    Meaning,
    Question,
)
from uitvoeringsscan.rubrics.scales import Dimension, Touched, Verdict
from uitvoeringsscan.rubrics.source import Fault, Path, Source


@dataclass(frozen=True, slots=True)
class Placed:
    """A question and where it stands, so that a fault can point at it."""

    question: Question
    source: Source
    path: Path

    def fault(self, message: str, *inside: str | int) -> Fault:
        return Fault(self.source.file, self.source.line((*self.path, *inside)), self.question.code, message)


def faults_in(placed: Sequence[Placed], file: str) -> Iterator[Fault]:
    """Every fault in the questions of one whole questionnaire, given in its order; `file` is told what it lacks."""
    yield from _repeated(placed)
    for item in placed:
        yield from _settings(item)
        yield from _options(item)
        yield from _meaning(item)
    yield from _meanings_once(placed, file)
    yield from _conditions(placed)
    yield from _monotone(placed)
    yield from _dimensions(placed, file)


def _repeated(placed: Iterable[Placed]) -> Iterator[Fault]:
    seen: dict[str, Placed] = {}
    for item in placed:
        first = seen.setdefault(item.question.code, item)
        if first is not item:
            place = f"{first.source.file}:{first.source.line((*first.path, 'code'))}"
            yield item.fault(f"de code '{item.question.code}' is al gebruikt ({place})", "code")


def _settings(item: Placed) -> Iterator[Fault]:
    """Bounds, lengths and options only where the type has them."""
    question, rules = item.question, KINDS[item.question.kind]
    if rules.decimals is None:
        for name, bound in (("minimum", question.minimum), ("maximum", question.maximum)):
            if bound is not None:
                yield item.fault(f"'{name}' past niet bij een vraag van soort {question.kind}", name)
    elif question.minimum is not None and question.maximum is not None and question.minimum > question.maximum:
        yield item.fault("'minimum' is hoger dan 'maximum'", "minimum")
    if question.max_length is not None and not rules.length:
        yield item.fault(f"'maximumlengte' past niet bij een vraag van soort {question.kind}", "maximumlengte")
    if question.options and not rules.options:
        yield item.fault(f"'opties' past niet bij een vraag van soort {question.kind}", "opties")
    if rules.options and len(question.options) < 2:
        yield item.fault("een keuze heeft ten minste twee opties", "opties")


def _options(item: Placed) -> Iterator[Fault]:
    seen: set[str] = set()
    dimension = item.question.dimension
    if dimension is not None and not KINDS[item.question.kind].options:
        yield item.fault("alleen een keuze kan een dimensie hebben", "dimensie")
    for index, option in enumerate(item.question.options):
        if option.code in seen:
            yield item.fault(f"de optie '{option.code}' staat er twee keer", "opties", index, "code")
        seen.add(option.code)
        if option.code == UNKNOWN_CODE:
            yield item.fault("de optie 'onbekend' bestaat al bij elke vraag; laat haar weg", "opties", index, "code")
        if dimension is None and option.level is not None:
            yield item.fault(
                "een optie heeft alleen een niveau als de vraag een dimensie heeft", "opties", index, "niveau"
            )
        if dimension is not None and option.level is None:
            yield item.fault(f"de optie '{option.code}' heeft geen niveau", "opties", index)


_MEANING_OPTIONS: Mapping[Meaning, tuple[str, ...]] = {
    Meaning.VERDICT: tuple(Verdict),
    Meaning.TOUCHED: tuple(Touched),
}
"""Where the rest of the house must understand the answer, the codes of the options are given."""


def _meaning(item: Placed) -> Iterator[Fault]:
    meaning = item.question.gives
    if meaning is None:
        return
    kind = MEANING_KINDS[meaning]
    if item.question.kind is not kind:
        yield item.fault(f"wie '{meaning}' levert, is van soort {kind}", "levert")
    codes = _MEANING_OPTIONS.get(meaning)
    if codes is not None and {option.code for option in item.question.options} != set(codes):
        yield item.fault(f"wie '{meaning}' levert, heeft precies deze opties: {', '.join(codes)}", "opties")


def _meanings_once(placed: Sequence[Placed], file: str) -> Iterator[Fault]:
    seen: dict[Meaning, str] = {}
    for item in placed:
        meaning = item.question.gives
        if meaning is not None and seen.setdefault(meaning, item.question.code) != item.question.code:
            yield item.fault(f"'{meaning}' wordt al geleverd door de vraag {seen[meaning]}", "levert")
    for meaning in (Meaning.TOUCHED, Meaning.VERDICT):
        if meaning not in seen:
            yield Fault(file, 1, "", f"geen vraag levert '{meaning}'; elke vragenlijst heeft die nodig")


def _dimensions(placed: Sequence[Placed], file: str) -> Iterator[Fault]:
    asked = {item.question.dimension for item in placed}
    for dimension in Dimension:
        if dimension not in asked:
            yield Fault(file, 1, "", f"geen vraag geeft een niveau op de dimensie {dimension}")


# Conditions: known questions, looking back, answers that exist, and a way to make them true.

_Term = Mapping[str, frozenset[str | bool]]
"""One way to satisfy a condition: for each question it looks at, the answers that will do."""

_SOME = "#een optie"
"""Stands for any options of a `meerkeuze`: two wishes about those can always be met together."""

MAX_TERMS = 500


def _conditions(placed: Sequence[Placed]) -> Iterator[Fault]:
    all_codes = {item.question.code for item in placed}
    earlier: dict[str, Question] = {}
    ways: dict[str, tuple[_Term, ...]] = {}
    for item in placed:
        code, condition = item.question.code, item.question.condition
        found = [
            item.fault(message, "toonAls")
            for leaf in leaves(condition)
            if (message := _leaf_fault(leaf, earlier, all_codes)) is not None
        ]
        yield from found
        ways[code] = ({},)
        if condition is not None and not found:
            reachable = _ways(condition, earlier, ways)
            if reachable is None:
                yield item.fault("de voorwaarde is te ingewikkeld om na te rekenen; maak haar eenvoudiger", "toonAls")
            elif not reachable:
                yield item.fault("deze vraag kan nooit verschijnen: de voorwaarde is nooit waar", "toonAls")
            ways[code] = reachable or ({},)
        earlier[code] = item.question


def _monotone(placed: Sequence[Placed]) -> Iterator[Fault]:
    """A worse answer may never lower a level, so it may not hide a question that could give a worse one.

    Judged leaf by leaf: whoever names one option of a question with levels, names the heavier ones too.
    """
    questions = {item.question.code: item.question for item in placed}
    behind: dict[str, tuple[Is, ...]] = {}
    for item in placed:
        question = item.question
        own = [leaf for leaf in leaves(question.condition) if leaf.question in behind]
        wishes = [leaf for leaf in own if isinstance(leaf, Is)]
        behind[question.code] = tuple(dict.fromkeys([*wishes, *(one for leaf in own for one in behind[leaf.question])]))
        for wish in behind[question.code] if question.dimension else ():
            hiding = _hiding(wish, questions[wish.question], question)
            if hiding:
                message = f"een zwaarder antwoord op '{wish.question}' ({', '.join(hiding)}) verbergt deze vraag"
                yield item.fault(f"{message}; dan zou het niveau kunnen dalen", "toonAls")


def _hiding(wish: Is, asked: Question, weighs: Question) -> list[str]:
    """The options of `asked` that are heavier than one wished for and make the wish fail, where that can lower a level."""
    mildest = min((option.level or 0 for option in asked.options if option.code in wish.one_of), default=4)
    # On its own dimension an answer makes up for what it hides, when nothing there could have been worse.
    worst = max((option.level or 0 for option in weighs.options), default=0)
    enough = worst if asked.dimension is weighs.dimension else 4
    return [
        option.code
        for option in asked.options
        if mildest < (option.level or 0) < enough and option.code not in wish.one_of
    ]


def _leaf_fault(leaf: Is | LevelFrom, earlier: Mapping[str, Question], known: set[str]) -> str | None:
    question = earlier.get(leaf.question)
    if question is None:
        if leaf.question in known:
            return f"de voorwaarde kijkt vooruit naar '{leaf.question}'; dat mag alleen terug"
        return f"de voorwaarde noemt een vraag die niet bestaat: '{leaf.question}'"
    if isinstance(leaf, LevelFrom):
        if not any((option.level or 0) >= leaf.level for option in question.options):
            return f"geen optie van '{leaf.question}' heeft niveau {leaf.level} of hoger"
        return None
    possible: set[str | bool] = {UNKNOWN_CODE, *(option.code for option in question.options)}
    if question.kind is Kind.YES_NO:
        possible |= {True, False}
    unknown = [str(wanted) for wanted in leaf.one_of if wanted not in possible]
    return f"'{leaf.question}' kent dit antwoord niet: {', '.join(unknown)}" if unknown else None


def _ways(
    condition: Condition, questions: Mapping[str, Question], ways: Mapping[str, tuple[_Term, ...]]
) -> tuple[_Term, ...] | None:
    """Every way to make the condition true, the questions it looks at being asked; None when there are too many."""
    if isinstance(condition, AnyOf):
        found: list[_Term] = []
        for part in condition.parts:
            inner = _ways(part, questions, ways)
            if inner is None:
                return None
            found.extend(inner)
        return tuple(found) if len(found) <= MAX_TERMS else None
    if isinstance(condition, AllOf):
        terms: tuple[_Term, ...] | None = ({},)
        for part in condition.parts:
            inner = _ways(part, questions, ways)
            if inner is None or terms is None:
                return None
            terms = _both(terms, inner)
        return terms
    return _both(ways[condition.question], ({condition.question: _answers(condition, questions[condition.question])},))


def _both(left: tuple[_Term, ...], right: tuple[_Term, ...]) -> tuple[_Term, ...] | None:
    if len(left) * len(right) > MAX_TERMS:
        return None
    merged: list[_Term] = []
    for one in left:
        for other in right:
            term = {
                code: one.get(code, other.get(code, frozenset())) & other.get(code, one.get(code, frozenset()))
                for code in {*one, *other}
            }
            if all(term.values()):
                merged.append(term)
    return tuple(merged)


def _answers(leaf: Is | LevelFrom, question: Question) -> frozenset[str | bool]:
    if isinstance(leaf, Is):
        wanted = frozenset(leaf.one_of)
    else:
        wanted = frozenset(option.code for option in question.options if (option.level or 0) >= leaf.level)
    if KINDS[question.kind].several:
        return frozenset(UNKNOWN_CODE if answer == UNKNOWN_CODE else _SOME for answer in wanted)
    return wanted

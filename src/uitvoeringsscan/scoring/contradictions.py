"""Answers that do not go well together. They warn the people who sign, one sentence each, and never block.

One row a contradiction: its code, its sentence, and what to look at. The last gives the questions to look at again, or
nothing when all is well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from uitvoeringsscan.assessments.answers import Answers
from uitvoeringsscan.rubrics.model import Meaning, Rubric
from uitvoeringsscan.scoring.score import AgencyScore, Dimension, Level, Range, TraceLine, Verdict, Warning


@dataclass(frozen=True, slots=True)
class _Facts:
    rubric: Rubric
    answers: Answers
    shown: frozenset[str]
    score: AgencyScore

    def asked(self, *meanings: Meaning) -> tuple[str, ...]:
        """The questions with these meanings that apply."""
        found = (self.rubric.giving(meaning) for meaning in meanings)
        return tuple(question.code for question in found if question and question.code in self.shown)

    def heavy(self, level: Level, dimensions: Iterable[Dimension] = tuple(Dimension)) -> tuple[str, ...]:
        """The questions on these dimensions that were answered with this level or worse."""
        wanted = set(dimensions)
        return _codes(
            line
            for part in self.score.dimensions
            if part.dimension in wanted
            for line in part.trace
            if line.level is not None and line.level >= level
        )


def warnings_for(rubric: Rubric, answers: Answers, shown: frozenset[str], score: AgencyScore) -> AgencyScore:
    """The score with its warnings, in the order of the table."""
    facts = _Facts(rubric, answers, shown, score)
    found = ((code, message, look(facts)) for code, (message, look) in CONTRADICTIONS.items())
    return replace(
        score,
        warnings=tuple(Warning(code=code, message=message, questions=where) for code, message, where in found if where),
    )


def _feasible_but_major(facts: _Facts) -> tuple[str, ...]:
    heavy = facts.heavy(Level.MAJOR)
    return (*heavy, *facts.asked(Meaning.VERDICT)) if facts.score.verdict is Verdict.FEASIBLE and heavy else ()


def _feasible_but_later(facts: _Facts) -> tuple[str, ...]:
    late = facts.heavy(Level.MEDIUM, [Dimension.TIMELINE])
    return (*late, *facts.asked(Meaning.VERDICT)) if facts.score.verdict is Verdict.FEASIBLE and late else ()


def _later_without_date(facts: _Facts) -> tuple[str, ...]:
    return facts.asked(Meaning.FEASIBLE_FROM) if facts.score.feasible_from is None else ()


def _it_without_costs(facts: _Facts) -> tuple[str, ...]:
    heavy = facts.heavy(Level.MEDIUM, [Dimension.IT_SYSTEMS])
    costs = facts.asked(Meaning.COSTS_ONCE, Meaning.COSTS_YEARLY)
    paid = _positive(facts.score.costs_once) or _positive(facts.score.costs_yearly)
    return (*heavy, *costs) if heavy and costs and not paid else ()


def _staff_without_fte(facts: _Facts) -> tuple[str, ...]:
    heavy = facts.heavy(Level.MEDIUM, [Dimension.STAFF])
    fte = facts.asked(Meaning.FTE_YEARLY, Meaning.FTE_ONCE)
    counted = _positive(facts.score.fte_yearly) or _positive(facts.score.fte_once)
    return (*heavy, *fte) if heavy and fte and not counted else ()


def _not_feasible_but_light(facts: _Facts) -> tuple[str, ...]:
    known = all(part.level is not None and not part.at_least for part in facts.score.dimensions)
    light = known and not facts.heavy(Level.MEDIUM)
    return facts.asked(Meaning.VERDICT) if facts.score.verdict is Verdict.NOT_FEASIBLE and light else ()


def _not_feasible_without_alternative(facts: _Facts) -> tuple[str, ...]:
    bare = facts.score.verdict is Verdict.NOT_FEASIBLE and facts.score.alternative is None
    return facts.asked(Meaning.ALTERNATIVE) if bare else ()


def _heavy_without_explanation(facts: _Facts) -> tuple[str, ...]:
    return tuple(code for code in facts.heavy(Level.MEDIUM) if code not in facts.answers.explanations)


CONTRADICTIONS: Mapping[str, tuple[str, Callable[[_Facts], tuple[str, ...]]]] = MappingProxyType(
    {
        "uitvoerbaar-met-ingrijpend-gevolg": (
            "U noemt het uitvoerbaar, maar een van de gevolgen is ingrijpend. Klopt het oordeel, of is het 'uitvoerbaar, mits'?",
            _feasible_but_major,
        ),
        "uitvoerbaar-maar-later": (
            "U noemt het uitvoerbaar, maar de datum in de tekst haalt u niet. Een latere datum is een voorwaarde.",
            _feasible_but_later,
        ),
        "later-zonder-datum": (
            "U zegt dat het pas later kan, maar niet vanaf wanneer. Kunt u toch een datum noemen?",
            _later_without_date,
        ),
        "it-zonder-kosten": (
            "U verwacht veel werk aan systemen, maar noemt geen kosten. Kunt u een schatting geven, van laag tot hoog?",
            _it_without_costs,
        ),
        "personeel-zonder-fte": (
            "U hebt extra mensen nodig, maar noemt geen aantal. Kunt u een schatting geven, van laag tot hoog?",
            _staff_without_fte,
        ),
        "niet-uitvoerbaar-zonder-zwaar-gevolg": (
            "U noemt het niet uitvoerbaar, maar alle gevolgen zijn geen of beperkt. Klopt dat?",
            _not_feasible_but_light,
        ),
        "niet-uitvoerbaar-zonder-alternatief": (
            "Is er een kleine aanpassing van de tekst of de datum waarmee het wel kan? De Kamer is daarmee geholpen.",
            _not_feasible_without_alternative,
        ),
        "zwaar-zonder-toelichting": (
            "Een middelgroot of ingrijpend gevolg zonder toelichting overtuigt niet. Schrijf twee of drie zinnen.",
            _heavy_without_explanation,
        ),
    }
)


def _positive(figure: Range | None) -> bool:
    return figure is not None and figure.high > 0


def _codes(lines: Iterable[TraceLine]) -> tuple[str, ...]:
    return tuple(line.question for line in lines)

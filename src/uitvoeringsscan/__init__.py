"""Uitvoeringsscan: what an amendment means for the agencies that must carry it out, known before the vote.

The line, from left to right; every room is pure, and a use case carries one value to the next:

    text -parse-> ParsedAmendment -propose-> Routing (with evidence) -confirm-> Assessments -pin-> RubricRef
         -read_answers-> Answers -score-> AgencyScore (with trace) -aggregate-> ImpactProfile
         -compose-> ImpactSummary -publish-> Publication -> HTML, PDF, JSON
"""

__version__ = "0.1.0"

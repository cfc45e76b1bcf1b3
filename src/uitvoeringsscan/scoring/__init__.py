"""5 WHAT IT WEIGHS: a rubric and an agency's answers give an AgencyScore with a trace; scores give an ImpactProfile.

Rules: the worst answer wins, per dimension and over agencies; never an average; a silent agency never improves anything.

    score           the values                        rules           answers -> AgencyScore
    contradictions  what warns, never blocks          aggregation     contributions -> ImpactProfile
"""

"""3 WHAT WE ASK: questionnaires in YAML that check themselves, and which of their questions apply.

    bytes -source-> data with lines -document-> shape -loading-> Rubric (merged, checked, pinned) -library-> who gets which

    scales      the four dimensions, levels, verdicts: fixed, no rubric has its own
    values      what an answer can be once it is read: codes, Range, date, text, UNKNOWN
    model       Question, Option, Section, Condition, Rubric; every Dutch field name is an alias here
    kinds       the types of question as one table: read, write, show; `typed` reads what people type
    conditions  which questions apply, given the answers so far
    checks      does the whole make sense; every fault with file, line and question

How to write one: docs/rubrics.md.
"""

"""2 WHO EXECUTES IT, AND WHY: the register of agencies and mandates, and the matching that gives proposals with evidence.

The knowledge is data (`rubrics/register/`), read once, checked whole, pinned by its digest. Matching is a pure function.
"""

"""What the House says about its own work, as values: its cases, papers, votes and decisions, and what is odd about them.

    SyncFeed page -> Entry (what changed)            feed
    OData answer  -> Case (how it stands now)        answers, into the values of `records`
    Case          -> amendment, vote, outcome, appraisal, oddities      judging

The feed only says *that* something changed; a case is then always read anew and whole. So nothing depends on the order in
which entries come, on an entry that comes twice, or on one that was missed. What is odd is a value like any other
(`anomalies`): nothing is skipped in silence.
"""

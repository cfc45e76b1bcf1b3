"""All that is not a request: work left behind by a transaction (`kinds`), and looking for what is due (`sweeps`).

`runtime` has it done, by DBOS: nothing is lost, whatever process dies. What is done here is a use case like any other.
"""

"""The tests; helpers that several of them use stand in tests.support."""

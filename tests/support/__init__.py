"""What the tests lean on: database servers, a browser, a running service. The fixtures are in tests/conftest.py."""

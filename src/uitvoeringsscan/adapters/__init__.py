"""The outside world behind the ports: files, documents, PDF, secrets."""

"""Shared by web, mail and PDF: every Dutch word for a code, problems, rendering, templates, static files."""

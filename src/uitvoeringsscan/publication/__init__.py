"""6 WHAT PARLIAMENT READS: the summary (public JSON contract), composing it, and the record nobody can bend."""

"""WHO: people, machine clients, the Actor a request comes from, and the one table that says who may do what."""

"""Floor 1: tables, transactions, queries and full-text search. The only place with SQL."""

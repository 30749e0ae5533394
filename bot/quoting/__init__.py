"""Article to quotes and speakers."""

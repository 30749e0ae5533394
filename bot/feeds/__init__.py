"""Feeds: from an address to the articles that it brings, day and night."""

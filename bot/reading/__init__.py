"""Bytes to article: files, pages and streams become clean text in paragraphs."""

"""Posting what is due, once, in any number of processes."""

"""The `verbatim` command."""

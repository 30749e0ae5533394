"""Floor 3: the ways in. Each turns its platform's events into commands and replies into its platform's form."""

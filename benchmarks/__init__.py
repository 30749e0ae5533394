"""How fast Verbatim is, and how well it finds quotes, against named baselines in the same run. Measures; judges nothing."""

"""How the weights in bot/quoting/weights were made. Run by hand: `python -m training`."""

"""What channels asked for: set up, listed, changed, looked at."""

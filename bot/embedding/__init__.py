"""Text to meaning: vectors of quotes, of the paragraphs around them and of questions, in one space."""

"""Headlines and labels: capitals that make no name."""

from bot.quoting.sentences import Sentence

_LONGEST_LABEL, _SHORTEST_HEADLINE, _MOSTLY = 2, 4, 0.6


def is_label(sentence: Sentence) -> bool:
    """`ABSTRACT.`: a paragraph of one or two words in capitals."""
    words = [t.text for t in sentence.tokens if t.is_word]
    return _is_paragraph(sentence) and len(words) <= _LONGEST_LABEL and all(word.isupper() for word in words)


def _is_paragraph(sentence: Sentence) -> bool:
    return sentence.paragraph_span[0] >= sentence.start - 1 and sentence.paragraph_span[1] <= sentence.end + 1


def is_headline(sentence: Sentence) -> bool:
    """A paragraph of its own in which most words are capitalised."""
    words = [t for t in sentence.tokens if t.is_word]
    return _is_paragraph(sentence) and len(words) > _SHORTEST_HEADLINE and sum(t.is_capitalised for t in words) > _MOSTLY * len(words)

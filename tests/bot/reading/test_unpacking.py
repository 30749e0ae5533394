import gzip
import sys
import tracemalloc
import zlib
from collections.abc import Callable, Sequence

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reading.unpacking import MAX_MEMBERS, BrokenCodingError, TooLongError, UnknownCodingError, Unpacker

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Pack = Callable[[bytes], bytes]


def bare_deflate(data: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packing.compress(data) + packing.flush()


PACKS: dict[str, tuple[str, Pack]] = {
    "gzip": ("gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "bare deflate": ("deflate", bare_deflate),
    "brotli": ("br", brotli.compress),
    "zstandard": ("zstd", zstd.compress),
}
EVERY = pytest.mark.parametrize(("coding", "pack"), PACKS.values(), ids=PACKS)


def unpacked(data: bytes, codings: Sequence[str], *, limit: int = 1_000_000, step: int = 65536) -> bytes:
    unpacker = Unpacker(codings, limit)
    for start in range(0, len(data), step):
        unpacker.add(data[start : start + step])
    return unpacker.body()


@EVERY
@pytest.mark.parametrize("step", [1, 7, 65536])
def test_what_was_compressed_comes_back_in_pieces_of_any_size(coding: str, pack: Pack, step: int) -> None:
    text = b"<p>The mayor said no. " * 20_000 if step > 1 else b"<p>The mayor said no. " * 20

    assert unpacked(pack(text), [coding], step=step) == text


@EVERY
def test_a_small_piece_that_holds_much_is_unpacked_to_its_end(coding: str, pack: Pack) -> None:
    for size in (65535, 65536, 65537, 131072, 200_000, 999_999):
        assert len(unpacked(pack(bytes(size)), [coding])) == size


@given(data=st.binary(max_size=300), codings=st.lists(st.sampled_from(sorted(PACKS)), max_size=2), step=st.integers(1, 50))
@settings(max_examples=30)
def test_codings_are_undone_in_the_order_in_which_they_were_done_backwards(data: bytes, codings: list[str], step: int) -> None:
    packed = data
    for name in codings:
        packed = PACKS[name][1](packed)

    assert unpacked(packed, [PACKS[name][0] for name in codings], step=step) == data


@EVERY
def test_as_many_bytes_as_the_limit_are_unpacked_and_one_more_is_refused(coding: str, pack: Pack) -> None:
    assert len(unpacked(pack(b"x" * 100_000), [coding], limit=100_000)) == 100_000
    with pytest.raises(TooLongError):
        unpacked(pack(b"x" * 100_001), [coding], limit=100_000)


@EVERY
def test_21_a_bomb_is_never_held(coding: str, pack: Pack) -> None:
    bomb = pack(bytes(5_000_000))

    tracemalloc.start()
    with pytest.raises(TooLongError):
        unpacked(bomb, [coding], limit=100_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 1_000_000


def test_21_a_bomb_that_unpacks_to_nothing_is_one_as_well() -> None:
    nothing = gzip.compress(b"") * 900
    bomb = brotli.compress(nothing * 20)

    with pytest.raises(TooLongError):
        unpacked(bomb, ["gzip", "br"], limit=100_000)


def test_what_is_not_compressed_is_cut_at_the_limit() -> None:
    unpacker = Unpacker([], 5)

    with pytest.raises(TooLongError):
        unpacker.add(b"123456")

    assert unpacker.body(whole=False) == b"12345"


@EVERY
def test_21_what_ends_too_soon_is_told(coding: str, pack: Pack) -> None:
    packed = pack(b"The mayor said no. " * 100)

    for end in (0, 1, 2, len(packed) // 2, len(packed) - 1):
        with pytest.raises(BrokenCodingError):
            unpacked(packed[:end], [coding])


def test_members_and_frames_one_after_the_other_are_all_read() -> None:
    assert unpacked(gzip.compress(b"one ") + gzip.compress(b"two"), ["gzip"]) == b"one two"
    assert unpacked(zstd.compress(b"one ") + zstd.compress(b"two"), ["zstd"], step=5) == b"one two"


def test_padding_after_the_end_is_let_go() -> None:
    assert unpacked(gzip.compress(b"one") + bytes(100), ["gzip"]) == b"one"
    assert unpacked(zlib.compress(b"one") + b"\r\n", ["deflate"], step=3) == b"one"


def test_21_members_without_number_are_not_read() -> None:
    assert unpacked(gzip.compress(b"x") * (MAX_MEMBERS + 5), ["gzip"]) == b"x" * MAX_MEMBERS
    with pytest.raises(BrokenCodingError):
        unpacked(zstd.compress(b"x") * (MAX_MEMBERS + 5), ["zstd"])


def test_21_a_window_larger_than_the_web_has_is_not_made() -> None:
    wide = zstd.compress(bytes(10_000_000), options={zstd.CompressionParameter.window_log: 27})

    with pytest.raises(BrokenCodingError):
        unpacked(wide, ["zstd"], limit=20_000_000)


@pytest.mark.parametrize("codings", [["lzma"], ["gzip", "x"], ["gzip", "br", "zstd"], ["gzip;q=1"]])
def test_codings_that_are_not_read_are_told(codings: list[str]) -> None:
    with pytest.raises(UnknownCodingError):
        Unpacker(codings, 100)


@pytest.mark.parametrize("codings", [[], [""], ["identity"], [" Identity ", ""]])
def test_no_coding_leaves_bytes_as_they_are(codings: list[str]) -> None:
    assert unpacked(b"as it is", codings) == b"as it is"


@given(data=st.binary(max_size=200), name=st.sampled_from(sorted(PACKS)), keep=st.integers(0, 12))
@settings(max_examples=100)
def test_21_any_bytes_are_unpacked_or_told_to_be_broken(data: bytes, name: str, keep: int) -> None:
    coding, pack = PACKS[name]
    try:
        unpacked(pack(b"The mayor said no.")[:keep] + data, [coding], limit=1000, step=9)
    except (BrokenCodingError, TooLongError):
        return

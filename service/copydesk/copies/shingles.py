"""Words, and the shingles by which two passages that share words find each other."""

from __future__ import annotations

import re
from typing import NamedTuple
from zlib import crc32

_WORD = re.compile(r"\w+")
_MOST_WHOLE = 24  # words; of longer passages one shingle in four is kept
_SAMPLED = 3  # mask: a shingle is in the sample when these bits of its words' codes, added without carry, are 0


def words_of(text: str) -> list[str]:
    """The words of `text` in lower case, without punctuation and white space."""
    return _WORD.findall(text.casefold())


class Size(NamedTuple):
    """How many shingles a passage keeps, and how many it would keep if it were long."""

    kept: int
    sampled: int

    def comparable(self, other: Size) -> int:
        """How many shingles two passages would share if the shorter were a part of the longer; never 0."""
        if self.kept == self.sampled or other.kept == other.sampled:
            return min(self.sampled, other.sampled) or 1
        return min(self.kept, other.kept)


def shingles(passage: str) -> tuple[set[int], Size]:
    """The hashes of three neighbouring words each by which a passage is indexed, and how many they are. Linear.

    `passage` are words with one space between.

    Long passages keep one shingle in four, chosen by two bits of its words' codes (Manber 1994, “Finding similar files
    in a large file system”): which are kept depends on the words alone, so two passages keep the same ones of what they
    share. Two paragraphs of 50 words that share half of their shingles still keep six in common; none in common
    happens to one such pair in a thousand. Short passages keep all.
    """
    # A code that is the same in every process, which `hash` of a string is not.
    codes = list(map(crc32, passage.encode("utf-8", "surrogatepass").split()))
    triples = zip(codes, codes[1:], codes[2:], strict=False)
    sample = {hash((a, b, c)) for a, b, c in triples if not (a ^ b ^ c) & _SAMPLED}
    if len(codes) > _MOST_WHOLE:
        return sample, Size(len(sample), len(sample))
    kept = set(map(hash, zip(codes, codes[1:], codes[2:], strict=False)))
    return kept, Size(len(kept), len(sample))

"""The dictionaries of simplemma as tries in the user's own cache folder.

The library decodes a dictionary anew in each process: 1.6 s and 124 MB for Russian, 4.4 s and 336 MB for Polish. As a
trie it takes 0.01 s and 8 or 20 MB. To make it takes two or three times as long as decoding, once on a machine: a
command does it, or a service for its first languages when it starts, and no request, which has its deadline. Where no
trie is kept, the library decodes as ever. It keeps tries itself, too, but writes them where others may be reading.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path
from simplemma import __version__ as version
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory
from simplemma.strategies.dictionaries.trie_dictionary_factory import TrieDictionaryFactory

from copydesk.folders import is_private, make_private
from copydesk.limits import is_timed


class KeptDictionaries(TrieDictionaryFactory):
    """The last `most` dictionaries that were asked for; each is a mapping of words to their lemmas."""

    def __init__(self, most: int) -> None:
        self._folder: Path = user_cache_path("copydesk") / f"dictionaries-{version}"
        self._plain = DefaultDictionaryFactory(most)
        super().__init__(most, disk_cache_dir=str(self._folder))

    def _get_dictionary_uncached(self, lang: str) -> Mapping[str, str]:
        with contextlib.suppress(OSError):
            make_private(self._folder)
        kept = (self._folder / f"{lang}.dic").exists() or not is_timed()
        if kept and is_private(self._folder) and os.access(self._folder, os.W_OK):
            return super()._get_dictionary_uncached(lang)
        return self._plain.get_dictionary(lang)

    def _write_trie_to_disk(self, lang: str, trie: Any) -> None:
        """In one step: any number of processes may do so at once."""
        with tempfile.TemporaryDirectory(dir=self._folder) as beside:
            trie.save(new := str(Path(beside) / lang))
            os.replace(new, self._folder / f"{lang}.dic")  # noqa: PTH105 (atomic on every platform; the name says so)

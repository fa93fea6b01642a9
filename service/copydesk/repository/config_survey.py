"""A look at a repository: what its texts are written in, in which languages, and which of them are not its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from copydesk.errors import CopydeskError
from copydesk.read import SUFFIXES, Reading, format_of, open_source
from copydesk.read.frontmatter import front_matter
from copydesk.read.language import canonical_or_none
from copydesk.repository.config_globs import Globs
from copydesk.repository.config_pairs import Pair, Place, pairs, places
from copydesk.repository.write import text_of

# What templates and other spellings of a suffix are read as, if a repository has such files.
MORE_FORMATS = {
    **dict.fromkeys(("*.njk", "*.liquid", "*.hbs", "*.mustache", "*.ejs", "*.jinja", "*.j2", "*.twig"), "html"),
    **dict.fromkeys(("*.mkd", "*.mdown", "*.qmd", "*.rmd"), "markdown"),
}
# Folders that tools fill or that come from elsewhere, under names that nobody gives to a folder of articles.
_NOT_OURS = {
    *("node_modules", "bower_components", "vendor", "vendored", "third_party", "third-party", "site-packages", "venv"),
    *("dist", "build", "_build", "_site", "_book", "htmlcov", "generated", "__generated__", "__snapshots__"),
    *("__pycache__", ".next", ".nuxt", ".docusaurus"),
}
_ATTRIBUTES = ("linguist-generated", "linguist-vendored")
_SAMPLE = 120  # texts that are read: some seconds, and 1 in 20 is seen by all odds
_BEGINNING = 20_000  # code points of a text that are looked at
_CAN_BE_CUT = frozenset({"text", "markdown", "html"})
_SURE = 0.9  # of the texts of a folder that must be in one language, variant included, for it to be named
_FEW = 3  # texts, of which nothing is concluded


@dataclass(frozen=True, slots=True)
class Survey:
    """What was seen. Counts are of files; `languages` and `front_matter` are of the `sample` that was read."""

    formats: Counter[str]
    more_formats: Counter[str]  # by the globs of MORE_FORMATS
    sample: int
    unreadable: int
    languages: Counter[str]
    markdown: int
    front_matter: int
    left_out: Counter[str]  # by the globs that leave them out
    pairs: tuple[Pair, ...]
    places: tuple[tuple[Place, str], ...]  # paths that name a language which their texts are in, and that language


def survey(root: Path, names: Iterable[str]) -> Survey:
    """A look at the texts `names`, relative to `root`. At most 120 of them are opened."""
    ours, left_out = _parted(sorted(names), _attributed(root))
    more = Counter(glob for name in ours if (glob := f"*{PurePosixPath(name).suffix}") in MORE_FORMATS)
    languages: dict[str, str] = {}
    markdown = front = unreadable = 0
    sample = [ours[len(ours) * i // _SAMPLE] for i in range(_SAMPLE)] if len(ours) > _SAMPLE else ours
    for name in sample:
        try:
            reading = _opened(root / name, _format(name))
        except (OSError, CopydeskError):
            unreadable += 1
            continue
        languages[name] = reading.view.language
        if _format(name) == "markdown":
            markdown += 1
            front += front_matter(reading.document.text) is not None
    return Survey(
        formats=Counter(map(_format, ours)),
        more_formats=more,
        sample=len(sample),
        unreadable=unreadable,
        languages=Counter(languages.values()),
        markdown=markdown,
        front_matter=front,
        left_out=left_out,
        pairs=tuple(pairs(ours)),
        places=tuple(_places(languages)),
    )


def _opened(path: Path, form: str) -> Reading:
    """The text at `path`, or as much of the beginning as tells its language. Raises OSError, InputError."""
    data = path.read_bytes()
    content = text_of(data)[:_BEGINNING] if form in _CAN_BE_CUT else data
    reading, _ = open_source(content, format=form)
    return reading


def _format(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    return format_of(name) if suffix in SUFFIXES else MORE_FORMATS.get(f"*{suffix}", "text")


def _attributed(root: Path) -> Sequence[str]:
    """The patterns that .gitattributes marks as generated or vendored, as GitHub reads it."""
    try:
        lines = (root / ".gitattributes").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    marked = [f"{name}{value}" for name in _ATTRIBUTES for value in ("", "=true")]
    return [parts[0] for line in lines if (parts := line.split()) and set(parts[1:]) & set(marked)]


def _parted(names: Sequence[str], attributed: Sequence[str]) -> tuple[list[str], Counter[str]]:
    """The texts that are the repository's own, and how many others are told by which glob."""
    globs = Globs(attributed)
    ours, left_out = [], Counter[str]()
    for name in names:
        folder = next((part for part in name.split("/")[:-1] if part in _NOT_OURS), None)
        at = globs.which(name)
        if folder is not None:
            left_out[f"{folder}/"] += 1
        elif at is not None:
            left_out[attributed[at]] += 1
        else:
            ours.append(name)
    return ours, left_out


def _places(languages: Mapping[str, str]) -> Iterator[tuple[Place, str]]:
    """Where the paths name a language and the texts bear it out: `ru/` with Russian in it. Variants count."""
    found: dict[Place, Counter[str]] = defaultdict(Counter)
    for name, language in languages.items():
        for place, _ in places(name):
            found[place][language] += 1
    for place, counted in sorted(found.items(), key=lambda item: item[0].pattern):
        ((language, most),) = counted.most_common(1)
        named = (canonical_or_none(place.code) or "").split("-")[0] == language.split("-")[0]
        if named and counted.total() >= _FEW and most >= _SURE * counted.total():
            yield place, language

"""Given names of one person in several forms: Volodymyr and Vladimir Zelensky, Alexei and Aleksei Navalny."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from copydesk.names.clusters import Cluster, Variant
from copydesk.names.forms import Form, Use, same_given
from copydesk.names.lexicon import Lexicon

_MOST_GIVEN = 30  # given names of one surname that are compared; no news text has more


def given_clusters(forms: dict[str, Form], clusters: Iterable[Cluster], lexicon: Lexicon) -> Iterator[Cluster]:
    """The given names that stand in more than one form before one surname, whatever the surname's spellings.

    Given names alone are never compared: two people may well be an Alexei and an Aleksei.
    """
    together = [list(cluster.forms) for cluster in clusters]
    clustered = {id(form) for group in together for form in group}
    alone = [[form] for form in forms.values() if id(form) not in clustered and len(form.given_names) > 1]
    for group in (*together, *alone):
        yield from _given_of(group, lexicon)


def _given_of(surname: list[Form], lexicon: Lexicon) -> Iterator[Cluster]:
    """Clusters of the given names before one surname. The form to keep is the one used most, or else the first."""
    uses: dict[str, list[Use]] = defaultdict(list)
    for form in surname:
        for use in form.uses:
            if use.before is not None and not use.before.is_initial and use.before.text.istitle():
                uses[use.before.text].append(Use(use.before, None, use.word.text))
    left = sorted(uses, key=lambda text: (-len(uses[text]), uses[text][0].word.start))[:_MOST_GIVEN]
    while left:
        keep, *left = left
        same = [text for text in left if same_given(keep, text, lexicon)]
        left = [text for text in left if text not in same]
        if same:
            variants = tuple(Variant(use, namesake=False) for text in same for use in uses[text])
            known = (Form(text, uses[text]) for text in (keep, *same))
            yield Cluster(keep, uses[keep][0], tuple(known), variants, None)

"""`copydesk check`: review texts and print what was found."""

from __future__ import annotations

import json
import sys

import click
from rich.console import Console
from rich.progress import Progress

from copydesk.cli.common import Asked, Failures, review_options
from copydesk.errors import CopydeskError
from copydesk.model import Review
from copydesk.render.json import answer
from copydesk.render.text import print_review, print_summary


@click.command()
@review_options
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(asked: Asked, output: str) -> None:
    """Review texts: files (text, Markdown, HTML, subtitles, Word), folders of them, or standard input (-)."""
    failures = Failures()
    reviews: list[Review] = []
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("reviewing", total=None)
        for source in asked.sources(failures):
            try:
                reviews.append(asked.review(source))
            except CopydeskError as error:
                failures.tell(source.name, error)
            progress.advance(task)
    _show(reviews, output)
    if failures:
        sys.exit(2)
    sys.exit(1 if any(review.findings for review in reviews) else 0)


def _show(reviews: list[Review], output: str) -> None:
    if output == "json":
        click.echo(json.dumps(answer(reviews), ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False, soft_wrap=True)
    for review in reviews:
        print_review(console, review)
    print_summary(console, reviews)

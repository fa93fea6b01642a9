"""`copydesk lsp`: the language server, for an editor at the other end of standard input and output."""

from __future__ import annotations

import logging
import os
import sys
from importlib.util import find_spec

import click

from copydesk.errors import InputError
from copydesk.settings import load_settings

_EXTRA = "the language server needs the extra “lsp”: pip install 'copydesk[lsp]'"


@click.command()
@click.option("--stdio", is_flag=True, help="Speak over standard input and output, as it does anyway.")
def lsp(stdio: bool) -> None:  # noqa: ARG001 (editors that know several transports say which one they mean)
    """Run the language server, for editors; see docs/editors.md."""
    if find_spec("pygls") is None:
        raise InputError(_EXTRA)
    settings = load_settings()
    logging.basicConfig(level=logging.WARNING, format="copydesk: %(message)s", stream=sys.stderr)
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # its errors quote the message that they are about
    # The protocol has standard output for itself: whatever a library prints goes to standard error instead.
    sys.stdout.flush()
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # Imported here because the library takes 0.4 s, which the other commands need not pay.
    from copydesk.lsp.features import make_server

    make_server(settings).start_io(sys.stdin.buffer, output)

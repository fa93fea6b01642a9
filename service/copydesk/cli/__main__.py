"""`python -m copydesk.cli` is the command `copydesk`."""

from copydesk.cli.main import main

main(prog_name="copydesk")

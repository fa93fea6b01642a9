"""What happens to findings after the checkers: merged, suppressed, turned into edits, fingerprinted."""

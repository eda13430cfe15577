"""Which names people may have: each becomes a Unix account, a folder and a part of URLs."""

import json
import re

PATTERN = re.compile(r"[a-z][a-z0-9_-]{0,30}")


def refusal(name):
    """One sentence on why this can't be a name, or None."""
    if PATTERN.fullmatch(name):
        return None
    # As JSON, so that what can't be seen is seen.
    shown = json.dumps(name if len(name) <= 40 else f"{name[:40]}…")
    return (
        f"{shown} can't be a name: names start with a small letter, "
        "and have up to 31 small letters, digits, - and _ of ASCII."
    )

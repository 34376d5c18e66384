"""What a program needs of a page: the assets it brings and the hidden fields of its forms."""

import re


def addresses_in(page: str) -> tuple[str, ...]:
    """Return the addresses of everything a page brings along, each once."""
    return tuple(dict.fromkeys(re.findall(r'(?:src|href)="(/static/[^"]+)"', page)))


def hidden_field(page: str, name: str) -> str:
    """Return the value of a hidden field; empty when there is none."""
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', page)
    return found[1] if found else ""

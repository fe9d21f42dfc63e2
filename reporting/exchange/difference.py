"""Where two contents of the file differ: the proof that an import made an equal convention."""

from collections.abc import Iterator


def differences(wanted, found, path: str = "") -> Iterator[str]:
    """Yield the path of each value that differs, in the order of the file."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        for key in wanted.keys() | found.keys() if wanted.keys() != found.keys() else wanted:
            yield from differences(wanted.get(key), found.get(key), f"{path}.{key}".lstrip("."))
    elif isinstance(wanted, list) and isinstance(found, list):
        for rank, (one, other) in enumerate(zip(wanted, found, strict=False)):
            yield from differences(one, other, f"{path}[{rank}]")
        if len(wanted) != len(found):
            yield f"{path}[{min(len(wanted), len(found))}]"
    elif wanted != found or type(wanted) is not type(found):
        yield path

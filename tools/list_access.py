"""Who may what, from the services' own tables, as a page: ``python -m tools.list_access > docs/access.md``."""

from __future__ import annotations

from collections.abc import Iterator

from shared.runtime.service import Service, installed

_HEAD = """# Who may what

Whatever stands in no line is refused. A service decides by its own table, which this page repeats
(`python -m tools.list_access`); a relation is how somebody stands to the thing: their own, that of somebody they manage
today, of their organisation, one that names them. Nobody decides about their own. What is not theirs is answered like
what is not there.
"""


def page() -> str:
    """The page as Markdown."""
    parts = [_HEAD, *("\n".join(_lines(service)) for service in installed().values())]
    return "\n".join(parts)


def _lines(service: Service) -> Iterator[str]:
    yield f"## {service.title}\n"
    yield "| role | may | of | sees or changes |"
    yield "|---|---|---|---|"
    for (role, action, relation), fields in sorted(service.part("web.access").ACCESS.items()):
        named = "everything" if "*" in fields else ", ".join(fields) or "that there is such a person"
        yield f"| {role} | {action} | {relation} | {named} |"
    yield ""


if __name__ == "__main__":
    print(page(), end="")

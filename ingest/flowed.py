"""`format=flowed`: lines broken by the sending program are joined again (RFC 3676)."""

MAX_DEPTH = 20


def unflow(text: str, delsp: bool = False) -> str:
    """Paragraphs as single lines, quote marks as `> `; `delsp` drops the space that marked the break (RFC 3676 4.1)."""
    lines: list[list[str]] = []
    depth_before, open_line = 0, False
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:]
        content = content.removeprefix(" ")  # 4.4: space-stuffing
        soft = content.endswith(" ") and content != "-- "  # 4.3: the signature separator is never joined
        shown = content[:-1] if soft and delsp else content
        if open_line and depth == depth_before and content != "-- ":
            lines[-1].append(shown)
        else:
            lines.append(["> " * min(depth, MAX_DEPTH), shown])
        depth_before, open_line = depth, soft
    return "\n".join(map("".join, lines))

"""Write what is made from the shapes: the list in docs/shapes.md, and the plan that the gate reads.

python tools/build_shapes_page.py
"""

from __future__ import annotations

from pathlib import Path

from rdflib import RDFS, SH, Graph

from kg.validation.compile_plan import compile_plan
from kg.validation.engine import path_text
from kg.validation.plan import PLAN_FILE
from kg.validation.shapes import shape_files

PAGE = Path(__file__).resolve().parent.parent / "docs" / "shapes.md"
BEGIN, END = "<!-- list of shapes: begin -->", "<!-- list of shapes: end -->"


def shapes_list() -> str:
    """The list of shapes in Markdown: a section for each file, a row for each property shape."""
    parts = []
    for file in shape_files():
        graph = Graph().parse(file)
        if next(graph.subjects(SH.property), None) is None:
            continue
        node = next(graph.subjects(SH.property))
        parts.append(
            f"### {graph.value(node, RDFS.label)}\n\n`shapes/{file.name}`: {graph.value(node, RDFS.comment)}\n"
        )
        rows = ["| shape | path | severity | message |", "|---|---|---|---|"]
        for shape in sorted(graph.objects(node, SH.property)):
            path = path_text(graph.value(shape, SH.path), graph).replace("|", "\\|")
            severity = str(graph.value(shape, SH.severity)).split("#")[1]
            message = str(graph.value(shape, SH.message)).replace("|", "\\|")
            rows.append(f"| `{str(shape).split('#')[1]}` | `{path}` | {severity} | {message} |")
        parts.append("\n".join(rows) + "\n")
    return "\n".join(parts)


def page(text: str) -> str:
    """The page with a new list between its marks."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{shapes_list()}\n{END}{after}"


if __name__ == "__main__":
    PLAN_FILE.write_text(compile_plan().to_json(), encoding="utf-8")
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"wrote {PLAN_FILE.name} and {PAGE.name}")

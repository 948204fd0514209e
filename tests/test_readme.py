"""The README and CONTRIBUTING say what the code says."""

from pathlib import Path

from faircopy.core import limits
from faircopy.manuscript.front_matter import FIELDS

README = Path(__file__).parents[1] / "README.md"
CONTRIBUTING = README.with_name("CONTRIBUTING.md")


def part(name: str, path: Path = README) -> list[str]:
    text = path.read_text("utf-8")
    return text.partition(f"<!-- {name} -->\n")[2].partition("<!-- end -->")[0].splitlines()


def test_every_key_of_the_front_matter_is_explained() -> None:
    rows = [f"| `{field.name}` | {field.purpose} |" for field in FIELDS]

    assert part("front matter") == ["| Key | |", "|---|---|", *rows]


def test_every_task_is_listed() -> None:
    from faircopy import tasks

    named = {line.split("`")[1].split()[0] for line in part("tasks") if line.startswith("| `")}
    assert named == set(tasks.namespace.task_names)


def test_every_room_is_on_the_map() -> None:
    code = README.with_name("pipeline") / "faircopy"
    text = CONTRIBUTING.read_text("utf-8")
    rooms = {path.parent.name for path in code.rglob("__init__.py")} - {"faircopy"}
    modules = {path.name for path in (code / "core").glob("*.py")} - {"__init__.py"}

    assert {room for room in rooms if f"{room}/" not in text} == set()
    assert {module for module in modules if f"`{module}`" not in text} == set()


def test_every_limit_is_stated() -> None:
    rows = [f"| {one.what} | {one} | {one.why} |" for one in limits.LIMITS]
    named = {one for one in vars(limits).values() if isinstance(one, limits.Limit)}

    assert part("limits", CONTRIBUTING) == ["| Of | at most | since |", "|---|---|---|", *rows]
    assert named == set(limits.LIMITS)

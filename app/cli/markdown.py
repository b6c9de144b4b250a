"""The catalogue of thresholds and weights as a page of documentation."""

from __future__ import annotations

from typing import Any

from app.catalogue import catalogue, groups

HEAD = """# Parameters, weights and measures

Made by `darkwake detectors --markdown` from the classes that the detectors run with.
A test holds that this page is current.
Parameters are changed by `--set KIND.PARAMETER=VALUE`, for instance `--set dark_period.gap_min_h=12` or
`--set sts_transfer.encounter.close_enter_m=150`.
"""


def thresholds_page() -> str:
    """Return the page: for each kind its parameters, its reasons with their weights, its measures."""
    published = catalogue()
    presets = "\n".join(_preset(name, changes) for name, changes in published["presets"].items())
    return "\n".join([HEAD, *(_kind(kind) for kind in groups(published)), "## Presets\n", presets, ""])


def _kind(kind: dict[str, Any]) -> str:
    rows = [
        f"## {kind['title']} (`{kind['kind']}`)",
        "",
        "| parameter | default | unit | range | meaning | source |",
    ]
    rows += ["|---|---|---|---|---|---|", *(_field(each) for each in kind["fields"]), ""]
    if kind["reasons"]:
        rows += [
            f"Prior {kind['prior']:+.2f}. Reasons:",
            "",
            "| measure | from | weight | text |",
            "|---|---|---|---|",
        ]
        rows += [line for rule in kind["reasons"] for line in _reason(rule)]
        rows.append("")
    if kind["measures"]:
        rows += ["Measures:", "", "| measure | unit | group | meaning |", "|---|---|---|---|"]
        rows += [f"| `{m['name']}` | {m['unit']} | {m['group']} | {m['meaning']} |" for m in kind["measures"]]
        rows.append("")
    return "\n".join(rows)


def _field(each: dict[str, Any]) -> str:
    switch = each["unit"] == "on/off"
    span = "" if switch else f"{each['low']:g} to {each['high']:g}"
    default = ("on" if each["default"] else "off") if switch else f"{each['default']:g}"
    return (
        f"| `{each['name']}` | {default} | {each['unit']} | {span} | {each['meaning']} | {each['source']} |"
    )


def _reason(rule: dict[str, Any]) -> list[str]:
    cells = [
        (_step(step, rule), f"{step['weight']:+.2f}", step.get("text", rule.get("text")))
        for step in rule["steps"]
    ]
    return [f"| `{rule['measure']}` | {' | '.join(row)} |" for row in cells]


def _step(step: dict[str, Any], rule: dict[str, Any]) -> str:
    if "value" in step:
        return str(step["value"])
    least = "any" if step["from"] is None else f"{step['from']:g}"
    return f"{least} {rule['unit']}"


def _preset(name: str, changes: dict[str, Any]) -> str:
    settings = ", ".join(
        f"`{kind}.{field}` = {value}" for kind, c in changes.items() for field, value in c.items()
    )
    return f"- `{name}`: {settings or 'the defaults above'}"

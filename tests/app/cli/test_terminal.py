"""Texts of files never steer a terminal."""

import json

from typer.testing import CliRunner

from app.cli.main import cli

HOSTILE = "SEA\x1b[2J\x1b]0;x\x07STAR\u202e\x9b1m"
ROWS = "".join(
    f'440000001,2024-01-01T{hour:02}:00:00Z,38.{hour:02},124,"{HOSTILE}","{HOSTILE}"\n' for hour in range(9)
)
FILE = f"mmsi,timestamp,lat,lon,name,destination\n{ROWS}440000001,{HOSTILE},38,124,,\n"


def shown(tmp_path, *words):
    file = tmp_path / "hostile.csv"
    file.write_text(FILE, encoding="utf-8")
    done = CliRunner().invoke(cli, [words[0], str(file), *words[1:]])
    assert done.exit_code == 0, done.output
    return done


def test_a_profile_shows_control_characters_as_marks(tmp_path):
    told = shown(tmp_path, "vessel", "--mmsi", "440000001").stdout
    assert "SEA\ufffd[2J\ufffd]0;x\ufffdSTAR\ufffd\ufffd1m" in told
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(told)


def test_so_do_the_notes_of_a_run_and_json_keeps_what_the_file_says(tmp_path):
    done = shown(tmp_path, "vessel", "--mmsi", "440000001", "--json")
    assert "\\u001b[2J" in done.stdout
    assert not {"\x1b", "\x07"} & set(done.stdout + done.stderr)


def test_what_is_wrong_is_told_without_them(tmp_path):
    file = tmp_path / "hostile.csv"
    file.write_text(f"mmsi,timestamp,lat,lon,\n440000001,{HOSTILE},38,124,\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["detect", str(file), "-f", HOSTILE])
    assert done.exit_code == 2
    done = CliRunner().invoke(cli, ["detect", str(file)])
    assert done.exit_code == 2
    assert "\ufffd[2J" in done.stderr
    assert "\x1b" not in done.stderr


def test_a_name_that_looks_like_markup_is_a_name(tmp_path):
    folder = tmp_path / "[" / "red]"
    folder.mkdir(parents=True)
    told = shown(folder, "vessel", "--mmsi", "440000001", "--json").stdout
    assert json.loads(told)["vessel"]["name"] == HOSTILE

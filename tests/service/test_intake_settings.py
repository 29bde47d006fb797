# SPDX-License-Identifier: EUPL-1.2
"""Settings: where they come from, and that missing or unsafe ones refuse to start with the cure."""

from dataclasses import fields
from pathlib import Path

import pytest

from intake.errors import SettingsError
from intake.settings import Settings, load

DATA = "/var/lib/meldkluis"
ORIGIN = "https://meldpunt.example"
ENOUGH = {"MELDKLUIS_INTAKE_DATA_FOLDER": DATA, "MELDKLUIS_INTAKE_ORIGINS": ORIGIN, "PATH": "/bin"}


def test_folder_and_origins_are_enough() -> None:
    settings = load(ENOUGH)

    assert settings == Settings(data_folder=Path(DATA), origins=(ORIGIN,))
    assert settings.database == f"sqlite:///{DATA}/intake.sqlite3"
    assert settings.limiter_storage == "memory://"


def test_settings_come_from_a_file_and_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / "intake.toml"
    file.write_text(
        f'data_folder = "{DATA}"\norigins = ["{ORIGIN}"]\nproxy_hops = 1\nunsafe_loopback_http = false\n'
        'opening_limit = "30/minute"\n'
    )

    settings = load({"MELDKLUIS_INTAKE_CONFIG": str(file), "MELDKLUIS_INTAKE_OPENING_LIMIT": "50/minute"})

    assert (settings.origins, settings.proxy_hops, settings.opening_limit) == ((ORIGIN,), 1, "50/minute")


def test_several_origins_are_separated_by_spaces() -> None:
    onion = "http://" + "b" * 56 + ".onion"

    settings = load(ENOUGH | {"MELDKLUIS_INTAKE_ORIGINS": f"{ORIGIN} {onion}"})

    assert settings.hosts == {"meldpunt.example": ORIGIN, onion.removeprefix("http://"): onion}


def test_loopback_http_is_allowed_when_it_is_named_unsafe() -> None:
    settings = load(
        ENOUGH | {"MELDKLUIS_INTAKE_ORIGINS": "http://127.0.0.1:8000", "MELDKLUIS_INTAKE_UNSAFE_LOOPBACK_HTTP": "true"}
    )

    assert settings.hosts == {"127.0.0.1:8000": "http://127.0.0.1:8000"}


@pytest.mark.parametrize(
    "name, value",
    [
        ("data_folder", "relative/folder"),
        ("origins", ""),
        ("origins", "http://meldpunt.example"),
        ("origins", "http://127.0.0.1:8000"),
        ("origins", "https://meldpunt.example/"),
        ("origins", "https://meldpunt.example/pad"),
        ("origins", "https://Meldpunt.example"),
        ("origins", "https://user@meldpunt.example"),
        ("origins", "ftp://meldpunt.example"),
        ("letter_limit", "often"),
        ("letter_mib", "0"),
        ("letter_mib", "33"),
        ("letters_most", "-1"),
        ("database_url", "mysql://x"),
        ("database_url", "postgresql://x"),
        ("database_url", "postgresql+psycopg://user@host:port/name"),
        ("limiter_storage", "memcached://x"),
        ("limiter_when_down", "maybe"),
        ("opening_limit", "many"),
        ("append_limit", "-1/minute"),
        ("client_append_limit", "some"),
        ("client_claim_limit", "some"),
        ("reporter_quota_mib", "-1"),
        ("committee_quota_mib", "all"),
        ("free_space_mb", "-1"),
        ("free_space_mb", "much"),
        ("proxy_hops", "-1"),
        ("proxy_hops", "one"),
        ("unsafe_loopback_http", "yes"),
        ("secret_key", "x"),
    ],
)
def test_an_unsafe_or_unknown_setting_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name}: "):
        load(ENOUGH | {f"MELDKLUIS_INTAKE_{name.upper()}": value})


@pytest.mark.parametrize("name", ["data_folder", "origins"])
def test_a_missing_setting_is_named_with_the_variable_that_sets_it(name: str) -> None:
    variable = f"MELDKLUIS_INTAKE_{name.upper()}"

    with pytest.raises(SettingsError, match=variable):
        load({key: value for key, value in ENOUGH.items() if key != variable})


@pytest.mark.parametrize("content", [None, "data_folder = ", "\udcff"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "intake.toml"
    if content is not None:
        file.write_bytes(content.encode(errors="surrogateescape"))

    with pytest.raises(SettingsError, match=r"^MELDKLUIS_INTAKE_CONFIG: "):
        load({"MELDKLUIS_INTAKE_CONFIG": str(file)})


def test_a_secret_in_a_url_is_not_repeated() -> None:
    with pytest.raises(SettingsError) as caught:
        load(ENOUGH | {"MELDKLUIS_INTAKE_DATABASE_URL": "mysql://user:hunter2@host"})

    assert "hunter2" not in str(caught.value)


def test_every_setting_is_in_the_operations_page() -> None:
    page = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")

    for field in fields(Settings):
        assert f"`{field.name}`" in page

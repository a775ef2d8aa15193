"""The catalogues of `configure`: what is taken, and what is refused in words."""

import json
from typing import Any

import pytest
from beamtime_hub import ConfigurationError, configure
from traitlets.config import Config

ICAT = {
    "name": "icat",
    "kind": "icat",
    "label": "The ICAT",
    "url": "https://icat.example.org/icat",
}


def configured(given: dict[str, Any], **options: Any) -> tuple[dict[str, Any], list[str]]:
    """Give what the service would read, and the scopes of its role."""
    c = Config()
    configure(c, **given, **options)
    [service] = c.JupyterHub.services.get_value([])
    [role] = c.JupyterHub.load_roles.get_value([])
    return json.loads(service["environment"]["BEAMTIME_CONFIG"]), role["scopes"]


def test_catalogues_reach_the_service_in_its_spelling(given: dict[str, Any]) -> None:
    entry = {
        **ICAT,
        "auth": {"kind": "service", "username": "reader", "password_file": "/etc/beamtime/icat"},
        "dataset_parameters": ["energy"],
        "portal": None,
    }
    config, scopes = configured(
        given,
        catalogue="/srv/catalogue.json",
        catalogues=[entry],
        instrument_groups={"BX11": ("bx11-staff",)},
    )
    assert config["catalogue"] == "/srv/catalogue.json"
    assert config["catalogues"] == [
        {
            **ICAT,
            "auth": {"kind": "service", "username": "reader", "passwordFile": "/etc/beamtime/icat"},
            "datasetParameters": ["energy"],
        }
    ]
    assert config["instrumentGroups"] == {"BX11": ["bx11-staff"]}
    assert "admin:auth_state" not in scopes


def test_only_a_catalogue_that_is_asked_as_the_person_gets_the_right_to_tokens(
    given: dict[str, Any],
) -> None:
    auth = {"kind": "user", "issuer": "https://idp.example.org/realms/facility"}
    _, scopes = configured(given, catalogues=[{**ICAT, "auth": auth}])
    assert {"admin:auth_state", "read:users:name"} <= set(scopes)


@pytest.mark.parametrize(
    ("catalogues", "words"),
    [
        ("icat", "it must be a list"),
        (["icat"], r"catalogues\[0\]='icat'.*must be a dictionary"),
        ([{"name": "icat"}], "the key 'kind' is missing"),
        ([{**ICAT, "kind": "oracle"}], r"\['kind'\]='oracle'.*one of 'embedded', 'icat'"),
        ([{**ICAT, "name": "ICAT 1"}], "small letters"),
        ([{**ICAT, "label": ""}], "what people call"),
        ([{**ICAT, "url": "icat.example.org"}], "it must be an address"),
        ([{**ICAT, "url": "ftp://icat.example.org"}], "it must be an address"),
        ([{**ICAT, "url": "https://[::1"}], "it must be an address"),
        ([{**ICAT, "url": "https://me:s3cret@icat.example.org"}], "do not belong into an address"),
        ([ICAT, {**ICAT, "label": "Again"}], r"catalogues\[1\]\['name'\].*another one"),
        ([{**ICAT, "name": "embedded"}], "another one of this name"),
        ([{**ICAT, "auth": "none"}], r"\['auth'\].*it must be a dictionary"),
        ([{**ICAT, "auth": {"kind": "user", "issuer": "idp"}}], r"\['issuer'\].*address"),
        ([{**ICAT, "auth": {"kind": "service", "password": "s3cret"}}], "'password_file'"),
        ([{**ICAT, "api_key": "s3cret"}], "'api_key_file'"),
        (
            [{**ICAT, "auth": {"kind": "service", "password_file": "icat"}}],
            r"password_file.*absolute path",
        ),
        ([{**ICAT, "when": object()}], r"\['when'\].*it must be a list"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    given: dict[str, Any], catalogues: Any, words: str
) -> None:
    with pytest.raises(ConfigurationError, match=words) as refused:
        configured(given, catalogue="/srv/catalogue.json", catalogues=catalogues)
    assert "s3cret" not in str(refused.value)


def test_groups_of_instruments_are_lists(given: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match=r"instrument_groups\['BX11'\].*a list"):
        configured(given, instrument_groups={"BX11": "bx11-staff"})
    with pytest.raises(ConfigurationError, match="it must be a dictionary"):
        configured(given, instrument_groups=["bx11-staff"])

"""Each fault of a server gives its message: what, where, what to try; and is repeated or not as it should be."""

from __future__ import annotations

import pytest

from kg.errors import EndpointError, KgError, QuerySyntaxError, StoreError
from kg.stores.endpoint import transport
from tests.stores.endpoint.scenarios import SCENARIOS, Scenario


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_message(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "MAX_BYTES", 3_000_000)
    if scenario.name == "more rows than fit":
        monkeypatch.setattr(transport, "MAX_VALUES", 1000)
    with scenario.run() as (made, requests):
        with pytest.raises(KgError) as raised:
            scenario.does(made)
        tries = requests()
    error = raised.value
    expected, open_end, _ = scenario.what.partition("…")
    assert error.hint == scenario.hint
    assert error.what == expected or (open_end and error.what.startswith(expected))
    assert type(error).__name__ == scenario.error
    assert error.where is not None
    assert error.where.startswith(("http://", "https://"))
    assert error.exit_code == (2 if isinstance(error, QuerySyntaxError) else 3)
    assert isinstance(error, QuerySyntaxError | StoreError)
    assert tries == scenario.tries
    if scenario.sent is not None:
        assert isinstance(error, EndpointError)
        assert error.sent is scenario.sent


def test_names_are_different() -> None:
    assert len({scenario.name for scenario in SCENARIOS}) == len(SCENARIOS) > 40

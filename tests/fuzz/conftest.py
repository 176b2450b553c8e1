"""How long the fuzzing takes: two minutes in all by default, ten times as much with HYPOTHESIS_PROFILE=nightly."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_QUIET = tuple(HealthCheck)
settings.register_profile("fuzz", max_examples=400, deadline=None, suppress_health_check=_QUIET)
settings.register_profile("fuzz-nightly", max_examples=4000, deadline=None, suppress_health_check=_QUIET)

PROFILE = settings.get_profile(
    "fuzz-nightly" if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else "fuzz"
)

"""Settings of the generated tests: a busy computer must not fail them, and the room stays under a minute."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("core", deadline=None, max_examples=24, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("core")

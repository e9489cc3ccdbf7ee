"""A whole application on an empty database of its own, for tests that speak HTTP."""

from pathlib import Path

from flask import Flask

from assemblies.app import create_app
from assemblies.foundation.config import Config


def application(database_url: str, instance: Path, *, port: int = 8000) -> Flask:
    """Return the application; its clock can be moved by `site.clock.ahead`."""
    app = create_app(
        Config(
            instance=instance,
            database_url=database_url,
            public_url=f"http://localhost:{port}",
            port=port,
        )
    )
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    return app

"""The application factory: the only module that knows every room."""

from datetime import timedelta
from importlib import import_module
from pathlib import Path

from flask import Flask
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined

from assemblies.foundation import errors, headers
from assemblies.foundation.clock import Clock
from assemblies.foundation.config import ROOT, Config
from assemblies.foundation.database import Database
from assemblies.foundation.filters import FILTERS
from assemblies.foundation.permissions import Staff
from assemblies.foundation.secrets import load_keys
from assemblies.foundation.web import Site
from assemblies.staff import queries as staff_queries

ROOMS = (
    "board",
    "staff",
    "estates",
    "agendas",
    "rolls",
    "owners",
    "ballots",
    "turnout",
    "counts",
    "resolutions",
)
UPLOAD_LIMIT = 32 * 1024 * 1024


def create_app(config: Config) -> Flask:
    """Build the application from its configuration; the database must be migrated already."""
    app = Flask(
        "assemblies",
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        instance_path=str(config.instance),
    )
    site = open_site(config)
    app.extensions["site"] = site
    app.config.update(
        SECRET_KEY=site.keys.session,
        SESSION_COOKIE_NAME="__Host-zj" if config.behind_https else "zj",
        SESSION_COOKIE_SECURE=config.behind_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=8),
        MAX_CONTENT_LENGTH=UPLOAD_LIMIT,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTERS)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    CSRFProtect(app)
    _sign_in(app, site)
    errors.install(app)
    headers.install(app, behind_https=config.behind_https)
    for room in ROOMS:
        app.register_blueprint(import_module(f"assemblies.{room}.views").bp)
    return app


def open_site(config: Config) -> Site:
    """Open database, clock and keys without the web: for commands and the worker."""
    config.instance.mkdir(parents=True, exist_ok=True)
    config.outputs.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Site(
        config=config,
        database=Database(config.database_url),
        clock=Clock(config.ahead),
        keys=load_keys(Path(config.keys)),
    )


def _sign_in(app: Flask, site: Site) -> None:
    manager = LoginManager(app)
    manager.session_protection = None

    @manager.user_loader
    def _(cookie: str) -> Staff | None:
        with site.database.reading() as session:
            return staff_queries.by_cookie(session, cookie)

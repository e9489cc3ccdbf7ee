"""Style sheets and scripts travel compressed; pages do not, because they carry secrets.

A compressed page that also repeats what a visitor typed can leak its tokens by its length (BREACH).
"""

import gzip
from functools import lru_cache

from flask import Flask, Response, request

PLAIN = frozenset({"text/css", "text/javascript", "image/svg+xml"})


def install(app: Flask) -> None:
    """Compress what comes from the static folder for browsers that take gzip."""

    @app.after_request
    def _(response: Response) -> Response:
        ours = request.endpoint == "static" and response.status_code == 200  # noqa: PLR2004
        if ours and response.mimetype in PLAIN:
            response.vary.add("Accept-Encoding")
            if request.accept_encodings.best_match(["gzip"]):
                _compress(response)
        return response


def _compress(response: Response) -> None:
    response.direct_passthrough = False
    response.set_data(_compressed(response.get_data()))
    response.headers["Content-Encoding"] = "gzip"


@lru_cache(maxsize=64)
def _compressed(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)

#!/bin/sh
# Write the two requirement files again from pyproject.toml: exact versions, sha256 hashes, no addresses.
# Give --upgrade to move to newer versions inside the ranges.
set -eu
cd "$(dirname "$0")/.."

.venv/bin/python -m pip install --quiet uv

# Compile pyproject.toml into file $1; what follows is handed to uv.
compile() {
    target=$1
    shift
    .venv/bin/python -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
        --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links \
        --output-file "$target" "$@"
}

compile deploy/requirements.txt "$@"
compile deploy/requirements-dev.txt --extra dev --constraint deploy/requirements.txt "$@"

if grep -nE '://|@ ' deploy/requirements.txt deploy/requirements-dev.txt; then
    echo "an address or a path got into a requirement file" >&2
    exit 1
fi

#!/bin/sh
# Make this machine ready for one goal: sh deploy/setup.sh run|quick|test
#
#   run    a Python environment, and what PDF needs: Pango, HarfBuzz, a Chinese font
#   quick  a Python environment with the developers' tools
#   test   all of it, and a browser, a PostgreSQL server and tools that read a PDF
#
# What is there already is left alone, so a second run takes no time. System packages are
# installed where that needs no password; else one line says what to type.
set -eu
cd "$(dirname "$0")/.."
goal=${1:-run}
missing=""

say() {
    printf '众决：%s\n' "$1" >&2
}

refuse() {
    say "$1"
    exit 1
}

# ---------------------------------------------------------------- what is here

# Note package $1 as missing unless the command after it succeeds.
need() {
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="${missing:+$missing }$package"
}

has_library() {
    /sbin/ldconfig -p | grep -qF "$1"
}

has_chinese_font() {
    fc-list | grep -qF "Noto Serif CJK SC"
}

has_postgresql() {
    ls /usr/lib/postgresql/*/bin/initdb || command -v initdb
}

# Python 3.11 or newer that can make an environment; a pyenv shim may be there and yet not work.
find_python() {
    for candidate in python3.11 /usr/bin/python3 python3 python3.12 python3.13; do
        if "$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
            >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

# ---------------------------------------------------------------- system packages

look_for_packages() {
    need python3-venv find_python
    [ "$goal" = quick ] && return
    need libpango-1.0-0 has_library libpango-1.0.so.0
    need libpangoft2-1.0-0 has_library libpangoft2-1.0.so.0
    need libharfbuzz-subset0 has_library libharfbuzz-subset.so.0
    need fonts-noto-cjk has_chinese_font
    [ "$goal" = run ] && return
    need chromium command -v chromium
    need poppler-utils command -v pdftotext
    need postgresql has_postgresql
}

install_packages() {
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null || refuse "缺少系统组件 ${missing}，请用本机的软件包管理器装好，再运行一次。"
    if [ "$(id -u)" -eq 0 ]; then
        as_root=""
    elif sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        refuse "缺少系统组件，请先运行：sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing"
    fi
    say "正在安装系统组件：${missing}（只需这一次）"
    log=$(mktemp)
    # shellcheck disable=SC2086  # the words of both variables are meant to be split
    if ! { $as_root apt-get update &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y \
            --no-install-recommends -o DPkg::Lock::Timeout=300 $missing; } >"$log" 2>&1; then
        cat "$log" >&2
        refuse "系统组件没有装上，请检查网络后运行：apt-get update && apt-get install -y --no-install-recommends $missing"
    fi
    rm -f "$log"
}

# ---------------------------------------------------------------- Python packages

make_environment() {
    if .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        return
    fi
    python=$(find_python) || refuse "需要 Python 3.11 或更新的版本，请先运行：apt-get install -y python3-venv"
    say "正在准备 Python 环境"
    "$python" -m venv --clear .venv || refuse "无法建立 .venv，请检查本目录是否可写、磁盘是否已满。"
}

# Install deploy/$1 once; a copy of the file inside the environment is the mark that it is done.
install_requirements() {
    if cmp -s "deploy/$1" ".venv/$1"; then
        return
    fi
    say "正在安装 Python 组件（约半分钟）"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "deploy/$1" ||
        refuse "Python 组件没有装上，请检查网络后再运行：make $goal"
    cp "deploy/$1" ".venv/$1"
}

# ---------------------------------------------------------------- in order

look_for_packages
install_packages
make_environment
if [ "$goal" = run ]; then
    cmp -s deploy/requirements-dev.txt .venv/requirements-dev.txt || install_requirements requirements.txt
else
    install_requirements requirements-dev.txt # holds all of requirements.txt in the same versions
fi

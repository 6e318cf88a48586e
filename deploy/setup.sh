#!/bin/sh
# Create the two environments and install the pinned lists. Does nothing where they are up to date.
#
#   deploy/setup.sh            application and Rasa
#   deploy/setup.sh --dev      and the tools for checks and tests
#
# PYTHON311 and PYTHON310 name the interpreters; else they are looked for on PATH, among pyenv's
# versions, and through uv.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*"; }

# works PYTHON VERSIONS: it runs and is one of these versions (a pyenv shim may exist and fail).
works() {
  for version in $2; do
    "$1" -c "import sys, venv; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" \
      2>/dev/null && return 0
  done
  return 1
}

# find_python "3.11 3.12 …" NAMED: print the interpreter to use.
find_python() {
  if [ -n "$2" ] && works "$2" "$1"; then say "$2"; return 0; fi
  for version in $1; do
    for candidate in \
      "$(command -v "python$version" 2>/dev/null || true)" \
      "$(ls -d "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/python 2>/dev/null | tail -n 1 || true)" \
      "$(UV_PYTHON_DOWNLOADS=never uv python find "$version" 2>/dev/null || true)" \
      "$(command -v python3 2>/dev/null || true)"
    do
      if [ -n "$candidate" ] && works "$candidate" "$version"; then say "$candidate"; return 0; fi
    done
  done
  return 1
}

missing() {
  say "Không tìm thấy Python $1. Hãy cài rồi chạy lại, ví dụ:"
  say "  Debian/Ubuntu:  apt-get install python$1 python$1-venv   (nếu kho gói có)"
  say "  pyenv:          pyenv install $1"
  say "  uv:             uv python install $1"
  say "hoặc đặt biến $2 trỏ tới trình thông dịch Python $1."
  exit 1
}

# install FOLDER PYTHON LIST…: make the environment and install the lists, once for these lists.
install() {
  folder=$1; python=$2; shift 2
  wanted=$(cat "$@" | cksum)
  [ -f "$folder/.installed" ] && [ "$(cat "$folder/.installed")" = "$wanted" ] && return 0
  [ -x "$folder/bin/python" ] || "$python" -m venv "$folder"
  if grep -qs '^torch==' "$@"; then
    # First and on its own: where pip is set up to find a CPU build, this takes it.
    say "  torch…"
    "$folder/bin/pip" install --quiet ${MOTCUA_TORCH_INDEX:+--index-url "$MOTCUA_TORCH_INDEX"} \
      "$(grep -h '^torch==' "$@")" 2>&1 | grep -v '^WARNING: Location' || true
  fi
  for list in "$@"; do
    say "  $list…"
    "$folder/bin/pip" install --quiet --no-deps -r "$list" 2>"$folder/.pip.log" || {
      cat "$folder/.pip.log" >&2
      exit 1
    }
  done
  say "$wanted" > "$folder/.installed"
}

app_lists="deploy/locks/app-py311.txt"
[ "${1:-}" = "--dev" ] && app_lists="$app_lists deploy/locks/dev-py311.txt"
# A plain setup after a --dev one keeps the tools.
[ -f .venv/.dev ] && app_lists="deploy/locks/app-py311.txt deploy/locks/dev-py311.txt"

app_python=$(find_python "3.11 3.12 3.13" "${PYTHON311:-}") || missing 3.11 PYTHON311
rasa_python=$(find_python "3.10" "${PYTHON310:-}") || missing 3.10 PYTHON310

say "Môi trường ứng dụng (.venv)"
# shellcheck disable=SC2086
install .venv "$app_python" $app_lists
[ "${1:-}" = "--dev" ] && : > .venv/.dev
if [ ! -x .venv/bin/motcua ]; then
  .venv/bin/pip install --quiet --no-deps --no-build-isolation --editable . 2>.venv/.pip.log || {
    cat .venv/.pip.log >&2
    exit 1
  }
fi

say "Môi trường Rasa (.venv-rasa)"
install .venv-rasa "$rasa_python" deploy/locks/rasa-py310.txt
say "Đã cài xong."

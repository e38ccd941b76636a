#!/usr/bin/env bash
# Runs f2v from a checkout: installs what is missing on the first start, then opens the window.
#
#   bash packaging/run.sh                                 the window
#   bash packaging/run.sh first.jpg last.jpg              the window with these images
#   bash packaging/run.sh generate a.jpg b.jpg -o out.mp4 the command line; see: bash packaging/run.sh --help
#
# PYTHON names the Python to use; F2V_TORCH=any allows torch's CUDA build.
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

# Whether a window could be shown: a display is named, and where its socket is on this machine, that is there too.
has_display() {
  [[ $(uname -s) == Darwin || -n ${QT_QPA_PLATFORM:-} ]] && return
  [[ -n ${WAYLAND_DISPLAY:-} && -S ${XDG_RUNTIME_DIR:-/run}/$WAYLAND_DISPLAY ]] && return
  [[ ${DISPLAY:-} =~ ^(unix)?:([0-9]+) ]] || { [[ -n ${DISPLAY:-} ]] && return; return 1; }
  grep -q "/tmp/.X11-unix/X${BASH_REMATCH[2]}\$" /proc/net/unix || [[ -S /tmp/.X11-unix/X${BASH_REMATCH[2]} ]]
}

# Whether the arguments are for the command line: an option, or a word that is neither a file nor looks like one.
is_command() { (($#)) && [[ ! -e $1 && ($1 == -* || $1 != *[./]*) ]]; }

# compare_without_window IMAGES...: the window's first sight as a file, of two images or else of the sample pair.
compare_without_window() {
  local out=$root/out/comparison.mp4 samples=("$root"/resources/samples/*/)
  if (($# != 2)); then
    set -- "${samples[0]}first.jpg" "${samples[0]}last.jpg"
  fi
  mkdir -p "$root/out"
  "$venv/bin/f2v" compare "$@" -o "$out" --models linear,flow,cvae,cgan --force
  say "the comparison is in $out"
}

set_up ""
if is_command "$@"; then
  exec "$venv/bin/f2v" "$@"
elif ! has_display; then
  say "there is no display for a window; comparing the generators in a file instead"
  compare_without_window "$@"
else
  qt_libraries || die "the window cannot open before they are there; the command line works: bash $0 --help"
  exec "$venv/bin/python" -m f2v_app "$@"
fi

# What run.sh and test.sh share: the virtual environment and the system libraries. Sourced, never run.
#
# An environment is whole when its stamp holds the hash of all that it was made from; the stamp is written last,
# so an interrupted installation is simply repeated, and a whole one costs one hash.
# shellcheck shell=bash

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
venv=$root/.venv
constraints=$root/packaging/constraints.txt
all_extras='[cluster,dev,heif,tensorboard]'

qt_packages=(
  libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libfreetype6 libx11-xcb1 libxkbcommon0 libxkbcommon-x11-0
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0
  libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1 libwayland-client0 libwayland-cursor0
  fonts-dejavu-core
)

say() { printf 'f2v: %s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

# The words that make a command run as root: none, or sudo when it asks for no password. Fails when neither will do.
as_root() {
  if ((EUID == 0)); then
    "$@"
  elif sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

# system_packages WHY PACKAGE...: installs Debian packages, or says the exact line that would and fails.
system_packages() {
  local why=$1
  shift
  if command -v apt-get >/dev/null && as_root true; then
    say "installing $why with apt-get"
    if as_root apt-get update -qq &&
      as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; then
      return
    fi
    say "apt-get failed"
  fi
  say "missing: $why; this line installs that on Debian and Ubuntu:"
  say "    sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
  return 1
}

# Prints the first Python that is new enough.
find_python() {
  local each
  for each in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11; do
    if "$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s\n' "$each"
      return
    fi
  done
  return 1
}

make_venv() {
  local python
  if ! python=$(find_python); then
    system_packages "Python and its venv module" python3 python3-venv || exit 1
    python=$(find_python) || die "f2v needs Python 3.11 or newer; name one with PYTHON=/path/to/python3"
  fi
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    system_packages "Python's venv module" python3-venv || exit 1
  fi
  say "making $venv with $("$python" --version)"
  "$python" -m venv --clear "$venv" || die "$venv could not be made"
}

# Stops before pip fetches gigabytes of CUDA libraries where the CPU build was wanted.
refuse_cuda() {
  local plan=$venv/plan.json
  [[ ${F2V_TORCH:-cpu} == cpu ]] || return 0
  if ! pip_install --quiet --dry-run --ignore-installed --report "$plan" torch 2>"$plan.log"; then
    cat "$plan.log" >&2
    die "pip finds no torch that fits $constraints; is there a network or a folder of packages?"
  fi
  if grep -Eq '"name": ?"(nvidia|triton)' "$plan"; then
    say "pip offers torch only with CUDA here, several gigabytes of it. Either give pip an index that has the CPU"
    say "build (PIP_EXTRA_INDEX_URL=..., see 'Start locally' in PyTorch's documentation), or accept the CUDA build:"
    die "    F2V_TORCH=any bash $0"
  fi
  rm -f "$plan" "$plan.log"
}

pip_install() {
  PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 "$venv/bin/python" -m pip install -c "$constraints" "$@"
}

# Whether the virtual environment can be built upon: it was made for this place, and its pip runs.
is_usable() {
  [[ -f $venv/pyvenv.cfg ]] && grep -qF -- "$venv" "$venv/pyvenv.cfg" && "$venv/bin/python" -m pip --version >/dev/null 2>&1
}

# is_whole EXTRAS: whether everything was installed, with these extras, from just these files.
is_whole() {
  [[ -x $venv/bin/f2v && -f $venv/.whole$1 && $(<"$venv/.whole$1") == "$(fingerprint "$1")" ]]
}

fingerprint() {
  { printf '%s\n' "$root" "$1" && cat "$root/pyproject.toml" "$constraints" "$root/packaging/setup.sh"; } | cksum
}

# set_up EXTRAS: makes the environment unless it is whole; with all extras it also serves those who need none.
set_up() {
  local extras=$1 quiet=()
  if is_whole "$extras" || is_whole "$all_extras"; then return; fi
  is_usable || make_venv
  refuse_cuda
  say "installing f2v and what it needs into $venv; this takes a minute or two, once"
  [[ -t 1 ]] || quiet=(--quiet)
  pip_install "${quiet[@]}" --editable "$root$extras" || die "the installation failed; the lines above say why"
  fingerprint "$extras" >"$venv/.partial"
  mv -- "$venv/.partial" "$venv/.whole$extras"
}

# Prints the shared libraries that Qt's window would look for in vain.
missing_libraries() {
  local qt
  [[ $(uname -s) == Linux ]] || return 0
  for qt in "$venv"/lib*/python3*/site-packages/PySide6/Qt; do
    ldd "$qt"/plugins/platforms/libqxcb.so "$qt"/lib/libQt6Widgets.so.6 "$qt"/lib/libQt6DBus.so.6 2>/dev/null
  done | awk '/not found/ { print $1 }' | sort -u
}

# qt_libraries: makes sure that a window can open; fails with the remedy when it cannot.
qt_libraries() {
  local good=$venv/.qt-libraries missing
  [[ -f $good ]] && return
  missing=$(missing_libraries)
  if [[ -n $missing ]] || { [[ $(uname -s) == Linux ]] && ! compgen -G '/usr/share/fonts/*/*' >/dev/null; }; then
    system_packages "libraries and fonts that the window needs" "${qt_packages[@]}" || return 1
    missing=$(missing_libraries)
    [[ -z $missing ]] || { say "Qt still misses: ${missing//$'\n'/ }"; return 1; }
  fi
  : >"$good"
}

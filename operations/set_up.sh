#!/bin/sh
# What the console needs from outside Python: htmx and axe-core from npm, Chromium and Chinese fonts from Debian.
#
#   set_up.sh pages      node_modules/ as package-lock.json says; without npm the console works, only plainer
#   set_up.sh fonts      the Chinese fonts that papers are set in
#   set_up.sh browser    what the browser tests look through
#
# As root, what is missing is installed; otherwise the command to type is printed.  Something still missing at the end
# is an error with `needed` as second word or CI=true, otherwise a remark.
set -eu
cd "$(dirname "$0")/.."

has() { command -v "$1" >/dev/null 2>&1; }
has_fonts() {
  [ -n "${WANJIA_FONTS:-}" ] || dpkg-query -W -f '${Status}' fonts-noto-cjk 2>/dev/null | grep -q 'ok installed' ||
    fc-list 2>/dev/null | grep -qi 'noto.*cjk'
}
say() { printf '%s\n' "$@" >&2; }

# Install Debian packages, or say what to type and return 1.
packages() {
  if ! has apt-get; then
    say "缺少 $*，而这台机器没有 apt-get。请用本系统的办法安装，再试一次。"
    return 1
  fi
  if [ "$(id -u)" != 0 ]; then
    say "缺少 $*。请输入：" "  sudo apt-get update && sudo apt-get install --no-install-recommends $*"
    return 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  if apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null; then return 0; fi
  say "没有装上 $*（apt-get 的报错见上）。请检查网络和软件源，再试一次。"
  return 1
}

pages() {
  has npm || packages nodejs npm || return 1
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null && return 0
  say "npm ci 没有成功（报错见上）。请检查网络和 npm 的软件源，再试一次。"
  return 1
}

fonts() {
  has_fonts || packages fonts-noto-cjk
}

browser() {
  missing=
  has chromium || missing="chromium"
  has_fonts || missing="$missing fonts-noto-cjk"
  # shellcheck disable=SC2086 # two words are two packages
  [ -z "$missing" ] || packages $missing || return 1
  [ -e node_modules/axe-core/axe.min.js ] && return 0
  say "缺少 node_modules/axe-core。请先装好 npm，再执行 make setup。"
  return 1
}

case "${1:-}" in
pages) without="没有 htmx，网页照样能用，只是每次操作都刷新整页。" ;;
fonts) without="没有中文字体，不能制作文书，make test 里的文书测试会失败；其余照常。" ;;
browser) without="没有浏览器，make test-all 里的网页测试不能跑；make demo、make run、make test 不受影响。" ;;
*) say "用法：set_up.sh pages|fonts|browser [needed]"; exit 2 ;;
esac
if "$1"; then exit 0; fi
if [ "${2:-}" = needed ] || [ "${CI:-}" = true ]; then exit 1; fi
say "$without"

#!/usr/bin/env bash
# Installs a door on this machine: JetPack 5 or 6 (Orin, Xavier), or any Debian or Ubuntu with systemd. Run it as root
# in a checkout, again for an update. It asks nothing, and leaves settings and data of before as they are.
#
#   sudo deploy/jetson/install.sh             installs and starts
#   deploy/jetson/install.sh --into DIR       lays the files into DIR and touches nothing else, to be looked at
set -euo pipefail

SOURCE=$(cd "$(dirname "$0")/../.." && pwd)
HERE="$SOURCE/deploy/jetson"
INTO=''
while [ $# -gt 0 ]; do
  case "$1" in
    --into) INTO=${2:?--into wants a folder}; shift 2 ;;
    *) echo "Unknown option $1. Use --into DIR, or none." >&2; exit 64 ;;
  esac
done

fail() { echo "$1" >&2; exit "${2:-1}"; }
say() { echo "· $1"; }
# glibc as the oldest of the packages' binaries wants it.
older_glibc() { [ "$(printf '%s\n2.29\n' "$1" | sort -V | head -n 1)" != 2.29 ]; }

case "$(uname -m)" in
  x86_64 | aarch64) ;;
  *) fail "This machine is $(uname -m). A door needs x86_64 or aarch64." 69 ;;
esac
glibc=$(getconf GNU_LIBC_VERSION | cut -d' ' -f2)
older_glibc "$glibc" && fail "glibc here is $glibc, and 2.29 is needed (JetPack 4 has 2.27). Use deploy/jetson/Dockerfile." 69
command -v node >/dev/null || fail 'Install Node 20.19 or newer first: docs/jetson.md says how.' 69
node -e 'const [a,b]=process.versions.node.split(".").map(Number);process.exit(a>20||(a===20&&b>=19)?0:1)' ||
  fail "Node here is $(node --version), and 20.19 or newer is needed." 69
[ -n "$INTO" ] || [ "$(id -u)" = 0 ] || fail 'Run it with sudo.' 77

say "Files to ${INTO:-/}"
install -d -m 0755 "$INTO/etc/systemd/system" "$INTO/etc/udev/rules.d" "$INTO/opt/munjigi"
install -d -m 0700 "$INTO/etc/munjigi"
install -m 0644 "$HERE/munjigi-agent.service" "$INTO/etc/systemd/system/munjigi-agent.service"
install -m 0644 "$HERE/99-munjigi.rules" "$INTO/etc/udev/rules.d/99-munjigi.rules"
if [ ! -e "$INTO/etc/munjigi/agent.env" ]; then
  install -m 0600 "$HERE/agent.env.example" "$INTO/etc/munjigi/agent.env"
fi
[ -z "$INTO" ] || { say 'Nothing else was touched.'; exit 0; }

say 'User munjigi, in the groups of camera, lines and serial ports'
for group in gpio video dialout; do getent group "$group" >/dev/null || groupadd --system "$group"; done
id munjigi >/dev/null 2>&1 || useradd --system --home-dir /var/lib/munjigi --shell /usr/sbin/nologin munjigi
usermod -aG video,gpio,dialout munjigi

say 'Programs'
(cd "$SOURCE" && npm ci --no-audit --no-fund && npx nx run @munjigi/edge-agent:build && MUNJIGI_MODELS="$SOURCE/models" npm run --silent models -- install)
systemctl stop munjigi-agent.service 2>/dev/null || true
# Only what a door runs; what an update no longer has must not stay.
rsync -a --delete --exclude .git --exclude .nx --exclude 'apps/admin' --exclude 'apps/api' --exclude 'apps/e2e' \
  "$SOURCE/" /opt/munjigi/
chown -R root:root /opt/munjigi

say 'Rules and service'
udevadm control --reload && udevadm trigger --subsystem-match=gpio --subsystem-match=video4linux || true
systemctl daemon-reload
systemctl enable munjigi-agent.service
if grep -q '^MUNJIGI_SERVER_URL=.' /etc/munjigi/agent.env; then
  systemctl restart munjigi-agent.service
  say 'The door runs: journalctl -u munjigi-agent -f'
else
  say 'Fill in /etc/munjigi/agent.env, then: systemctl start munjigi-agent'
fi

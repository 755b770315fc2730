#!/bin/sh
# Removes the files that the script after the installation made, which the package manager does not know. While a
# newer version takes over, dpkg passes "upgrade" and rpm the number of remaining versions; nothing is removed then.
case "$1" in
  remove | purge | disappear | 0) ;;
  *) exit 0 ;;
esac

if command -v update-alternatives >/dev/null 2>&1; then
  update-alternatives --remove perch /opt/Perch/perch || true
fi
if [ -L /usr/bin/perch ]; then rm -f /usr/bin/perch; fi

if [ -f /etc/apparmor.d/perch ]; then
  if command -v apparmor_parser >/dev/null 2>&1 && apparmor_status --enabled >/dev/null 2>&1; then
    apparmor_parser --remove /etc/apparmor.d/perch || true
  fi
  rm -f /etc/apparmor.d/perch
fi

if command -v update-desktop-database >/dev/null 2>&1; then
  update-desktop-database /usr/share/applications || true
fi

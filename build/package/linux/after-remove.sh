#!/bin/sh
# What the script after the installation has made, and packagers don't know. dpkg says "upgrade" while a newer one takes
# over, rpm how many stay; then all of it is in use.
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

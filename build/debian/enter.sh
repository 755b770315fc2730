#!/bin/sh
# enter.sh ROOT WAY COMMAND...: runs a command in a folder with a complete system, in a mount namespace of the caller
# (`unshare --mount`), so its mounts are invisible outside. WAY is `chroot`, where the kernel makes no user
# namespaces, or `pivot`, where the folder becomes the root as on a real computer. ENTER_ARCHIVES, ENTER_X11 and
# ENTER_BUS are folders and a socket of the host.
set -e
root=$1
way=$2
shift 2

mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
cat /etc/resolv.conf >"$root/etc/resolv.conf"
cat /etc/hosts >"$root/etc/hosts"
mount --bind "$ENTER_ARCHIVES" "$root/var/cache/apt/archives"
if [ -n "$ENTER_BUS" ]; then
  mkdir -p "$root/tmp/.X11-unix" "$root/run/user/1000"
  mount --bind "$ENTER_X11" "$root/tmp/.X11-unix"
  touch "$root/run/user/1000/bus"
  mount --bind "$ENTER_BUS" "$root/run/user/1000/bus"
fi

cd "$root"
if [ "$way" = chroot ]; then exec chroot . "$@"; fi
mkdir -p .outside
pivot_root . .outside
exec chroot . /bin/sh -c 'umount -l /.outside; rmdir /.outside; exec "$@"' sh "$@"

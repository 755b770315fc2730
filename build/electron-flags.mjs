import { readFileSync } from 'node:fs';

/**
 * Flags for an unpacked Electron on this computer, for development and tests. An installed package has what its sandbox
 * needs.
 *
 * @returns {string[]}
 */
export function electronFlags() {
  if (process.platform !== 'linux') return [];
  const isRoot = process.getuid?.() === 0;
  return isRoot || userNamespacesAreRestricted() ? ['--no-sandbox'] : [];
}

/** Ubuntu 24.04 and newer allow only installed programs to make the namespaces for Chromium's sandbox. */
function userNamespacesAreRestricted() {
  try {
    return readFileSync('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', 'utf8').trim() === '1';
  } catch {
    return false;
  }
}

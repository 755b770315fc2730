import { readFileSync } from 'node:fs';

/**
 * Flags that an Electron from a folder needs on this machine. Development and tests only; a package is installed
 * with what its sandbox needs.
 *
 * @returns {string[]}
 */
export function electronFlags() {
  if (process.platform !== 'linux') return [];
  const isRoot = process.getuid?.() === 0;
  return isRoot || userNamespacesAreRestricted() ? ['--no-sandbox'] : [];
}

/** Ubuntu 24.04 and newer let only installed programs make the namespaces that Chromium's sandbox is made of. */
function userNamespacesAreRestricted() {
  try {
    return readFileSync('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', 'utf8').trim() === '1';
  } catch {
    return false;
  }
}

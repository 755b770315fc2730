/**
 * Whatever Perch, Chromium and LevelDB write is this user's alone from the beginning: the mask of the process says so.
 *
 * Programs that Perch opens for a person inherit it, and a browser would save its downloads with it. So they are started
 * with the mask that Perch was started with. Windows has no such mask.
 */

/** Starts a program as the person would. `start` has to start it before it returns. */
export type AsPerson = <T>(start: () => T) => T;

const ownerOnly = 0o077;

export function keepFilesPrivate({
  platform,
  umask,
}: Pick<NodeJS.Process, 'platform'> & { readonly umask: (mask: number) => number }): AsPerson {
  if (platform === 'win32') return (start) => start();
  const before = umask(ownerOnly);
  return (start) => {
    umask(before);
    try {
      return start();
    } finally {
      umask(ownerOnly);
    }
  };
}

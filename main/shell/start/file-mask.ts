/**
 * File mask of the process: files of Perch, Chromium and LevelDB are open to this user only.
 *
 * Programs that Perch starts for the user would inherit the mask, and a browser would use it for downloads. So they
 * start with the original mask. Windows has no file mask.
 */

/** Starts a program with the user's own file mask. `start` must start it before it returns. */
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

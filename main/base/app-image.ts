/** The process as far as it says where it was started from. */
export interface StartedFrom {
  readonly env: NodeJS.ProcessEnv;
  readonly execPath: string;
}

/**
 * The AppImage that this process runs from; null where it runs from none. It is mounted only while it runs, so what is
 * to be started again is the file itself. Whatever another AppImage starts, as a terminal in it, inherits the other's
 * variables: they are ours only where this program lies in what is mounted.
 */
export function ownImage({ env, execPath }: StartedFrom): string | null {
  const mount = (env['APPDIR'] ?? '').split('/').findLast((part) => part !== '');
  // By its name, which is made anew for each start: the way to it may lead over links.
  const isOurs = mount !== undefined && execPath.split('/').includes(mount);
  return isOurs ? (env['APPIMAGE'] ?? null) : null;
}

/** Facts about the start of the process. */
export interface StartedFrom {
  readonly env: NodeJS.ProcessEnv;
  readonly execPath: string;
}

/**
 * Path of the AppImage that this process runs from; null for any other process. An AppImage is mounted only while it
 * runs, so a restart needs the file itself. A program inside another AppImage, such as a terminal, inherits the
 * variables of the other AppImage, so the variables only count if this executable lies in the mounted folder.
 */
export function ownImage({ env, execPath }: StartedFrom): string | null {
  const mount = (env['APPDIR'] ?? '').split('/').findLast((part) => part !== '');
  // Compares the folder's name, which is unique for each start, because the path may contain links.
  const isOurs = mount !== undefined && execPath.split('/').includes(mount);
  return isOurs ? (env['APPIMAGE'] ?? null) : null;
}

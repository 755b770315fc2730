/**
 * Where a running Perch is to be found: a folder in the data folder, which only this user may open, holds a file with
 * the address of its socket or pipe. Nobody else can read that name, nor take it before Perch does.
 */
export function remoteFolder(dataFolder: string): string {
  return `${dataFolder}/remote`;
}

/** The file that says where Perch listens; not there while it does not run. */
export function addressFile(dataFolder: string): string {
  return `${remoteFolder(dataFolder)}/address`;
}

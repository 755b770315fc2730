/**
 * Folder that holds the address of the running Perch.
 * It lies in the data folder and only this user may open it. It contains a file with the address of the socket or
 * pipe; nobody else can read that name or take it before Perch does.
 */
export function remoteFolder(dataFolder: string): string {
  return `${dataFolder}/remote`;
}

/** File with the address that Perch listens on; missing while Perch does not run. */
export function addressFile(dataFolder: string): string {
  return `${remoteFolder(dataFolder)}/address`;
}

/** Perch's id of a server, as seen through one account. */
export function serverId(accountId: string, uuid: string): string {
  return `${accountId}/${uuid}`;
}

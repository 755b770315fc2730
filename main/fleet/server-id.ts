/** How Perch calls a server that it sees through this account. */
export function serverId(accountId: string, uuid: string): string {
  return `${accountId}/${uuid}`;
}

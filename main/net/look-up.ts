import { lookup } from 'node:dns/promises';

/** How many addresses the system knows for a name. Rejects with the system's error where there is none. */
export async function countAddresses(host: string): Promise<number> {
  return (await lookup(host, { all: true })).length;
}

import { lookup } from 'node:dns/promises';

/** Number of addresses that DNS has for a name. Rejects with the system's error for an unknown name. */
export async function countAddresses(host: string): Promise<number> {
  return (await lookup(host, { all: true })).length;
}

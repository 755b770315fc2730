/**
 * Looks up the names of game servers (CONNECTIONS "Queries"). A look-up by the system blocks one of the four threads
 * that also read files, for many seconds where no DNS server answers. So Perch asks DNS without the system first, asks
 * the system one question at a time, and remembers answers.
 */
import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { QueryFailure, type QueryPlace } from '../base/query-ports.js';
import { isClosedAddress } from './closed-addresses.js';
import type { IpAddress } from './datagrams.js';

/** Times in ms. */
const limits = {
  /** For an answer of DNS, which is asked twice. */
  dns: 1500,
  /** For an answer of the system, the turn of the question included. */
  system: 2000,
  keepFound: 60_000,
  /** DNS says that the name does not exist. */
  keepUnknown: 5 * 60_000,
  /** Nobody answered, for example while the computer was offline. */
  keepUnanswered: 30_000,
};
/** Names that are remembered. */
const mostNames = 2000;

export interface NameServers {
  resolve4(name: string): Promise<string[]>;
  resolve6(name: string): Promise<string[]>;
  resolveSrv(name: string): Promise<{ name: string; port: number; priority: number; weight: number }[]>;
  /** The system's own look-up, which also knows names of the home network and of the file `hosts`. */
  system(name: string): Promise<IpAddress[]>;
}

interface Kept<T> {
  readonly until: number;
  readonly found: Promise<T>;
}

export class QueryNames {
  readonly #addresses = new Map<string, Kept<readonly IpAddress[]>>();
  readonly #services = new Map<string, Kept<QueryPlace | null>>();
  /** The question that the system answers now. */
  #system: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly servers: NameServers = systemNameServers(),
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Addresses of a name or an address in text, those of IPv4 first. Rejects with `QueryFailure`: `unknown-host`, or
   * `closed` if one of them is an address that Perch never connects to.
   */
  async addressesOf(host: string): Promise<readonly IpAddress[]> {
    const family = isIP(host);
    const found =
      family === 0 ? await this.#kept(this.#addresses, host, () => this.#find(host)) : [addressOf(host)];
    if (found.length === 0) throw new QueryFailure('unknown-host');
    if (found.some(({ address }) => isClosedAddress(address))) throw new QueryFailure('closed');
    return found;
  }

  /** Where the SRV record of a service sends; null if there is none. Never rejects. */
  serviceOf(service: string, host: string): Promise<QueryPlace | null> {
    if (isIP(host) !== 0) return Promise.resolve(null);
    return this.#kept(this.#services, `${service}.${host}`, async () => {
      const [isNone, records] = await answered(this.servers.resolveSrv(`${service}.${host}`));
      const [first] = records.sort((a, b) => a.priority - b.priority || b.weight - a.weight);
      if (first !== undefined && first.name !== '')
        return { found: { host: first.name, port: first.port }, keepMs: limits.keepFound };
      return { found: null, keepMs: isNone ? limits.keepUnknown : limits.keepUnanswered };
    });
  }

  /** The network changed, and its name servers may answer otherwise. */
  forget(): void {
    this.#addresses.clear();
    this.#services.clear();
  }

  async #find(host: string): Promise<{ found: readonly IpAddress[]; keepMs: number }> {
    if (/^(?:.+\.)?localhost\.?$/.test(host)) return { found: [addressOf('127.0.0.1')], keepMs: Infinity };
    const [[isNone, four], [, six]] = await Promise.all([
      answered(this.servers.resolve4(host)),
      answered(this.servers.resolve6(host)),
    ]);
    const found = [...four, ...six].filter((address) => isIP(address) !== 0).map(addressOf);
    if (found.length > 0) return { found, keepMs: limits.keepFound };
    const own = await this.#askSystem(host);
    if (own !== null && own.length > 0) return { found: own, keepMs: limits.keepFound };
    return { found: [], keepMs: isNone && own !== null ? limits.keepUnknown : limits.keepUnanswered };
  }

  /** Empty if the system knows no such name; null if it does not answer in time. */
  #askSystem(host: string): Promise<readonly IpAddress[] | null> {
    return new Promise((resolve) => {
      let isLate = false;
      setTimeout(() => {
        isLate = true;
        resolve(null);
      }, limits.system).unref();
      this.#system = this.#system.then(async () => {
        // A question whose asker gave up waiting is dropped.
        if (!isLate) resolve(await this.servers.system(host).catch(() => []));
      });
    });
  }

  async #kept<T>(
    memory: Map<string, Kept<T>>,
    key: string,
    find: () => Promise<{ found: T; keepMs: number }>,
  ): Promise<T> {
    const known = memory.get(key);
    if (known !== undefined && this.now() < known.until) return known.found;
    const finding = find();
    const found = finding.then((answer) => answer.found);
    memory.delete(key);
    // While a look-up runs, everybody waits for its result.
    memory.set(key, { until: Infinity, found });
    const [oldest] = memory.keys();
    if (memory.size > mostNames && oldest !== undefined) memory.delete(oldest);
    const { keepMs } = await finding;
    if (memory.get(key)?.found === found) memory.set(key, { until: this.now() + keepMs, found });
    return found;
  }
}

function addressOf(address: string): IpAddress {
  return { address, family: isIP(address) === 6 ? 6 : 4 };
}

/** The addresses in DNS, and whether DNS reports their absence. */
async function answered<T>(asked: Promise<T[]>): Promise<[isNone: boolean, T[]]> {
  try {
    return [false, await asked];
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    return [code === 'ENOTFOUND' || code === 'ENODATA', []];
  }
}

function systemNameServers(): NameServers {
  const resolver = new Resolver({ timeout: limits.dns, tries: 2 });
  return {
    resolve4: (name) => resolver.resolve4(name),
    resolve6: (name) => resolver.resolve6(name),
    resolveSrv: (name) => resolver.resolveSrv(name),
    system: async (name) =>
      (await lookup(name, { all: true })).map(({ address, family }) => ({
        address,
        family: family === 6 ? 6 : 4,
      })),
  };
}

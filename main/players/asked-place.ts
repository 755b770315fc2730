import type { QueryProtocolId } from '../../bridge/panel/query-protocols.js';

/** A protocol with the host and port to ask. */
export interface AskedPlace {
  readonly protocol: QueryProtocolId;
  readonly host: string;
  readonly port: number;
}

/** A place where the game may answer. `isCertain` = the game surely answers there, so silence means trouble. */
export interface Candidate extends AskedPlace {
  readonly isCertain: boolean;
  /** True if the place may be this computer. */
  readonly mayBeHere?: boolean;
}

/** The place without the rest of a candidate. */
export function barePlace({ protocol, host, port }: AskedPlace): AskedPlace {
  return { protocol, host, port };
}

export function isSamePlace(one: AskedPlace | null | undefined, other: AskedPlace | null): boolean {
  if (one === null || one === undefined || other === null) return false;
  return one.protocol === other.protocol && one.host === other.host && one.port === other.port;
}

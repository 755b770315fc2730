import { QueryFailure, type QueryWire } from '../../main/base/query-ports.js';

const refuse = (): Promise<never> => Promise.reject(new QueryFailure('closed'));

/** A network that lets no question through. */
export const noQueries: QueryWire = {
  datagrams: refuse,
  stream: refuse,
  get: refuse,
  addressOf: () => Promise.resolve(null),
  minecraftService: () => Promise.resolve(null),
  networkChanged: () => undefined,
};

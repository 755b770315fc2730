import { busPath } from './bus-address.js';
import { connectBus, type Bus, type BusListener } from './bus.js';

/** Connects to the session bus. Each call makes a new connection. */
export type ConnectBus = (listener: BusListener) => Promise<Bus>;

/** `uid` is the user's number. */
export function sessionBus(env: Readonly<Record<string, string | undefined>>, uid: number): ConnectBus {
  const path = busPath(env);
  return (listener) =>
    path === null ? Promise.reject(new Error('no session bus')) : connectBus(path, uid, listener);
}

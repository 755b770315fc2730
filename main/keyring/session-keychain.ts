import { busPath } from './bus-address.js';
import { connectBus } from './bus.js';
import { SecretKeychain } from './secret-keychain.js';

/** The keychain of this desktop session; connects when it is first asked. `uid` is the user's number. */
export function sessionKeychain(
  env: Readonly<Record<string, string | undefined>>,
  uid: number,
): SecretKeychain {
  const path = busPath(env);
  return new SecretKeychain({
    connect: (listener) =>
      path === null ? Promise.reject(new Error('no session bus')) : connectBus(path, uid, listener),
  });
}

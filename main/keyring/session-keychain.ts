import type { ConnectBus } from '../bus/session-bus.js';
import { SecretKeychain } from './secret-keychain.js';

/** Keychain of this desktop session. Connects at the first call. */
export function sessionKeychain(connect: ConnectBus): SecretKeychain {
  return new SecretKeychain({ connect });
}

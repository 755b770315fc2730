import type { ConnectBus } from '../bus/session-bus.js';
import { SecretKeychain } from './secret-keychain.js';

/** The keychain of this desktop session; connects when it is first asked. */
export function sessionKeychain(connect: ConnectBus): SecretKeychain {
  return new SecretKeychain({ connect });
}

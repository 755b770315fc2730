import { RemoteError } from '../../bridge/remote/remote-error.js';
import { say } from '../../messages/messages.js';
import type { Call } from './call.js';

/** Throws `refused` if the client cancelled or disconnected. Call directly before each change. */
export function stillWanted({ isEnded }: Pick<Call<'power'>, 'isEnded'>): void {
  if (!isEnded) return;
  throw new RemoteError({
    cause: 'refused',
    message: say('remote.cancelled'),
    next: say('remote.refused-next'),
  });
}

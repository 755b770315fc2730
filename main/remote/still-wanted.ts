import { RemoteError } from '../../bridge/remote/remote-error.js';
import { say } from '../../messages/messages.js';
import type { Call } from './call.js';

/** To be asked directly before something is changed: throws where the client has gone or wants it no more. */
export function stillWanted({ isEnded }: Pick<Call<'power'>, 'isEnded'>): void {
  if (!isEnded) return;
  throw new RemoteError({
    cause: 'refused',
    message: say('remote.cancelled'),
    next: say('remote.refused-next'),
  });
}

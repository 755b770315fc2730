import { askForHost, watcher } from '../../bus/host-names.js';
import { callToFollow, ownerChange } from '../../bus/name-owner.js';
import type { ConnectBus } from '../../bus/session-bus.js';

/**
 * Calls `came` when a tray host appears, for example after an extension was switched on or a bar was started. Listens
 * to the bus instead of polling. Returns the function that ends the watch.
 */
export function watchForTrayHost(connect: ConnectBus, came: () => void): () => void {
  let isOver = false;
  let close: () => void = () => undefined;
  const end = (): void => {
    isOver = true;
    close();
  };
  const here = (): void => {
    if (isOver) return;
    end();
    came();
  };
  void connect({
    signal: (signal) => {
      const change = ownerChange(signal, watcher);
      if (change !== null && change.now !== '') here();
    },
  })
    .then(async (connection) => {
      close = () => connection.close();
      if (isOver) return close();
      await connection.call(callToFollow(watcher));
      // The host may have appeared before the subscription.
      const [isThere] = await connection.call(askForHost);
      if (isThere === true) here();
    })
    .catch(() => undefined);
  return end;
}

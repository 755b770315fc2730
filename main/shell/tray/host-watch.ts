import { askForHost, watcher } from '../../bus/host-names.js';
import { callToFollow, ownerChange } from '../../bus/name-owner.js';
import type { ConnectBus } from '../../bus/session-bus.js';

/**
 * Calls `came` once the desktop has somebody who shows tray icons: an extension that was switched on, a bar that was
 * started. Nothing is asked again and again meanwhile. Returns the function that ends watching.
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
    // A session without its bus is about to end.
    closed: () => undefined,
  })
    .then(async (connection) => {
      close = () => connection.close();
      if (isOver) return close();
      await connection.call(callToFollow(watcher));
      // It may have come between the last look and this one.
      const [isThere] = await connection.call(askForHost);
      if (isThere === true) here();
    })
    .catch(() => undefined);
  return end;
}

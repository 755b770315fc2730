import type { BusCall } from './bus-wire.js';
import type { ConnectBus } from './session-bus.js';

/** Makes one call on the session bus; null if there is no bus or no answer. */
export async function askBus(connect: ConnectBus, call: BusCall): Promise<readonly unknown[] | null> {
  try {
    const bus = await connect({ signal: () => undefined });
    try {
      return await bus.call(call);
    } finally {
      bus.close();
    }
  } catch {
    return null;
  }
}

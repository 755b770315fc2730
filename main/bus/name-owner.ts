/**
 * Owner of a name on the bus.
 * The rules of `AddMatch` filter only broadcast signals. Any program of the session may send a signal directly to this
 * connection, so a signal counts only with the right sender. Source: the D-Bus Specification, "Message Bus
 * Specification".
 */
import type { BusCall, BusSignal } from './bus-wire.js';
import type { Bus } from './bus.js';
import { bus as dbus } from './host-names.js';

export interface OwnerChange {
  /** Names of connections, such as `:1.7`; empty for no owner. */
  readonly before: string;
  readonly now: string;
}

const toBus = { destination: dbus, path: '/', interface: dbus, signature: 's' } as const;

/** Call that subscribes this connection to the broadcast signals of a rule. */
export function callToMatch(rule: string): BusCall {
  return { ...toBus, member: 'AddMatch', args: [rule] };
}

/** Call that subscribes this connection to changes of the name's owner. */
export function callToFollow(name: string): BusCall {
  return callToMatch(
    `type='signal',sender='${dbus}',interface='${dbus}',member='NameOwnerChanged',arg0='${name}'`,
  );
}

/** The change that the signal reports for the name; null for other signals and other senders. */
export function ownerChange(
  { sender, interface: face, member, args }: BusSignal,
  name: string,
): OwnerChange | null {
  const [changed, before, now] = args;
  if (sender !== dbus || face !== dbus || member !== 'NameOwnerChanged' || changed !== name) return null;
  return { before: String(before), now: String(now) };
}

/** Connection that owns the name. Rejects with `BusError` without an owner. */
export async function busNameOwner(bus: Pick<Bus, 'call'>, name: string): Promise<string> {
  const [owner] = await bus.call({ ...toBus, member: 'GetNameOwner', args: [name] });
  if (typeof owner !== 'string') throw new Error('the bus names no owner');
  return owner;
}

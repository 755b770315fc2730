/**
 * Who owns a name of the bus. The rules of `AddMatch` pick among signals to everybody alone: any program of the session
 * may send one to this connection directly, so a signal counts only where its sender is who should have sent it.
 * Source: the D-Bus Specification, "Message Bus Specification".
 */
import type { BusCall, BusSignal } from './bus-wire.js';
import type { Bus } from './bus.js';
import { bus as dbus } from './host-names.js';

export interface OwnerChange {
  /** Names of connections, as `:1.7`; empty where nobody owned the name, or nobody owns it now. */
  readonly before: string;
  readonly now: string;
}

const toBus = { destination: dbus, path: '/', interface: dbus, signature: 's' } as const;

/** Has the bus tell this connection of each new owner of the name. */
export function callToFollow(name: string): BusCall {
  const rule = `type='signal',sender='${dbus}',interface='${dbus}',member='NameOwnerChanged',arg0='${name}'`;
  return { ...toBus, member: 'AddMatch', args: [rule] };
}

/** What the bus says in this signal of the owner of the name; null where it says nothing, or another program says so. */
export function ownerChange(
  { sender, interface: face, member, args }: BusSignal,
  name: string,
): OwnerChange | null {
  const [changed, before, now] = args;
  if (sender !== dbus || face !== dbus || member !== 'NameOwnerChanged' || changed !== name) return null;
  return { before: String(before), now: String(now) };
}

/** The name of the connection that owns the name. Rejects with `BusError` where nobody does. */
export async function ownerOf(bus: Pick<Bus, 'call'>, name: string): Promise<string> {
  const [owner] = await bus.call({ ...toBus, member: 'GetNameOwner', args: [name] });
  if (typeof owner !== 'string') throw new Error('the bus names no owner');
  return owner;
}

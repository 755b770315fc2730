import type { BusRequest, BusValues } from '../../../bus/bus-wire.js';

/** Properties by name; each value carries its type. */
export type ServedProperties = Readonly<Record<string, readonly unknown[]>>;

/** Answers a read of properties on the interface `served`; null for other calls. Throws for an unknown property. */
export function answeredProperties(
  { interface: asked, member, args: [name, property] }: BusRequest,
  served: string,
  properties: ServedProperties,
): BusValues | null {
  if (asked !== 'org.freedesktop.DBus.Properties' || name !== served) return null;
  if (member === 'GetAll') return { signature: 'a{sv}', args: [Object.entries(properties)] };
  if (member !== 'Get') return null;
  const value = Object.entries(properties).find(([key]) => key === property)?.[1];
  if (value === undefined) throw new Error('there is no such property');
  return { signature: 'v', args: [value] };
}

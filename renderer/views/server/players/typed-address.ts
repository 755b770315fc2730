/** The address that players type, and where it leads them. Pure. */
import { oneLine } from '../../../../bridge/console/plain-line.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import type { JoinInfo } from '../../../../bridge/schema/join-info.js';
import { say } from '../../../../messages/messages.js';
import { hostAndPort } from '../../../../bridge/text/host-and-port.js';
import { allocationAddress } from '../../server-look.js';

interface TypedAddress {
  readonly text: string;
  /** Note about the address; null = none. */
  readonly note: string | null;
  /** True if the note is a warning: players may arrive at another server. */
  readonly isWarning: boolean;
}

/** Port that the client of Minecraft (Java Edition) takes if players type none. */
const usualPort = 25_565;

/** null for a server without an allocation. `join` null = not asked yet. */
export function typedAddress(
  { game, allocations, sftp }: Pick<Server, 'game' | 'allocations' | 'sftp'>,
  join: Pick<JoinInfo, 'service'> | null,
): TypedAddress | null {
  const [typed] = allocations;
  if (typed === undefined) return null;
  const whole = { text: allocationAddress(typed), note: null, isWarning: false };
  if (join === null || (game !== 'minecraft' && game !== 'proxy')) return whole;
  const name = typed.alias ?? typed.ip;
  const { service } = join;
  if (service === null) {
    const isUsual = typed.port === usualPort && !name.includes(':');
    return isUsual ? { ...whole, text: name, note: say('players-tab.join-plain') } : whole;
  }
  const place = oneLine(hostAndPort(service.host, service.port), 80);
  const withPort = allocations.filter(({ port }) => port === service.port);
  if (withPort.length === 0)
    return { ...whole, note: say('players-tab.join-elsewhere', { place }), isWarning: true };
  const own = withPort.flatMap(({ ip, alias }) => [ip, alias ?? ip]);
  return [name, ...own, sftp?.host ?? name].some((host) => isSameHost(host, service.host))
    ? { ...whole, text: name, note: say('players-tab.join-record', { name: oneLine(name, 80), place }) }
    : { ...whole, note: say('players-tab.join-unsure', { place }), isWarning: true };
}

function isSameHost(one: string, other: string): boolean {
  const plain = (host: string): string => host.toLowerCase().replace(/\.$/, '');
  return plain(one) === plain(other);
}

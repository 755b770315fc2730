/** A bulk signal goes only to servers with a known state that allows the signal. */
import type { PowerSignal, PowerState } from '../../../bridge/schema/domain.js';
import type { Transcript, Violation } from '../transcript.js';

const meantFor: Record<PowerSignal, readonly PowerState[]> = {
  start: ['offline'],
  stop: ['running', 'starting'],
  restart: ['running', 'starting'],
  kill: ['running', 'starting', 'stopping'],
};

export function verbsOfManyAreKnown({ clicks }: Transcript): Omit<Violation, 'rule'>[] {
  return clicks.flatMap(({ at, serverId, what, power, isBulk }) => {
    // Perch sends no command to a server that left the list.
    if (!isBulk || typeof what !== 'string' || power === 'gone') return [];
    if (power !== null && meantFor[what].includes(power)) return [];
    return [{ at, about: serverId, what: `${what} of many to a server that was ${power ?? 'unknown'}` }];
  });
}

/** What is sent to many servers goes to those of which the state is known, and that the verb is for. */
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
    // Of one that has left the list Perch knows that there is nothing to send to.
    if (!isBulk || typeof what !== 'string' || power === 'gone') return [];
    if (power !== null && meantFor[what].includes(power)) return [];
    return [{ at, about: serverId, what: `${what} of many to a server that was ${power ?? 'unknown'}` }];
  });
}

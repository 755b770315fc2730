import type { BulkPower } from '../actions/many/bulk-power.js';
import type { ProgramSignals } from '../actions/servers/program-signals.js';
import type { Sender } from '../fleet/process/sent-signals.js';
import type { WhenEmpty } from '../players/when-empty.js';

interface SenderParts {
  readonly programs: Pick<ProgramSignals, 'of'>;
  readonly bulk: Pick<BulkPower, 'isSending'>;
  readonly rules: { isSending(serverId: string): boolean };
  readonly whenEmpty: Pick<WhenEmpty, 'senderOf'>;
}

/**
 * Which part of Perch sends the server a signal now: a bulk action, a program, a rule, or the end of an empty server.
 */
export function senderNow(serverId: string, { programs, bulk, rules, whenEmpty }: SenderParts): Sender {
  const program = programs.of(serverId);
  return {
    bulk: bulk.isSending(serverId),
    ...(rules.isSending(serverId) ? { rule: true } : {}),
    ...whenEmpty.senderOf(serverId),
    ...(program === undefined ? {} : { program }),
  };
}

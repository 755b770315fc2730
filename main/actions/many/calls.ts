/** Calls of long actions: bulk actions and warned restarts. */
import { newProblem, PerchError } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import type { CallTable } from '../../base/calls.js';
import type { BulkPower } from './bulk-power.js';
import { demandText } from './message-fact.js';
import type { WarnedRestarts } from './warned-restarts.js';

export interface ManyCallsDeps {
  readonly bulk: Pick<BulkPower, 'start' | 'cancel' | 'dismiss'>;
  readonly warned: Pick<WarnedRestarts, 'begin' | 'callOff' | 'dismiss'>;
}

export function manyCalls({ bulk, warned }: ManyCallsDeps) {
  return {
    'bulk.start': ({ serverIds, action, waitsForEach, quietly = false, text, schedule, access }) => {
      const line = action === 'message' ? demandText(text) : undefined;
      if (action === 'copy-schedule' && schedule === undefined) throw new PerchError(noSchedule);
      const isAccess = action === 'give-access' || action === 'take-access';
      const isFit = access !== undefined && (access.permissions === null) === (action === 'take-access');
      if (isAccess && !isFit) throw new PerchError(noAccess);
      bulk.start(serverIds, action, { waitsForEach, quietly, text: line, schedule, access });
    },
    'bulk.cancel': () => bulk.cancel(),
    'bulk.dismiss': () => bulk.dismiss(),
    'warned.begin': (wanted) => warned.begin(wanted),
    'warned.callOff': ({ serverId }) => warned.callOff(serverId),
    'warned.dismiss': ({ serverId }) => warned.dismiss(serverId),
  } satisfies CallTable;
}

/** Nobody is named, or the permissions do not fit the action. */
const noAccess = newProblem('invalid', sentence('actions.access-nothing'));
const noSchedule = newProblem('invalid', sentence('actions.copy-nothing'));

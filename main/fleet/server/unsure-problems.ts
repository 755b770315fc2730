/** Problems for a connection that was lost while a signal or commands were on their way. */
import type { PowerSignal } from '../../../bridge/schema/domain.js';
import { newProblem, type Problem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';

export function lostSignal(signal: PowerSignal, name: string): Problem {
  return {
    ...newProblem(
      'node-unreachable',
      sentence('actions.lost-signal', { name, signal: sentence(`signals.name.${signal}`) }),
    ),
    maybeDone: true,
  };
}

export function lostCommands(count: number, name: string): Problem {
  return {
    ...newProblem('node-unreachable', sentence('actions.lost-commands', { count, name })),
    maybeDone: true,
  };
}

export function lostSignalAndCommands(signal: PowerSignal, count: number, name: string): Problem {
  return {
    ...newProblem(
      'node-unreachable',
      sentence('actions.lost-both', { count, name, signal: sentence(`signals.name.${signal}`) }),
      sentence('actions.lost-signal-next'),
    ),
    maybeDone: true,
  };
}

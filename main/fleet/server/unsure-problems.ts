/** Problems for a connection that was lost while a signal or commands were on their way. */
import type { PowerSignal } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';

export function lostSignal(signal: PowerSignal, name: string): Problem {
  return {
    code: 'node-unreachable',
    message: sentence('actions.lost-signal', { name, signal: sentence(`signals.name.${signal}`) }),
    next: sentence('actions.lost-signal-next'),
    maybeDone: true,
  };
}

export function lostCommands(count: number, name: string): Problem {
  return {
    code: 'node-unreachable',
    message: sentence('actions.lost-commands', { count, name }),
    next: sentence('actions.lost-commands-next'),
    maybeDone: true,
  };
}

export function lostBoth(signal: PowerSignal, count: number, name: string): Problem {
  return {
    code: 'node-unreachable',
    message: sentence('actions.lost-both', { count, name, signal: sentence(`signals.name.${signal}`) }),
    next: sentence('actions.lost-signal-next'),
    maybeDone: true,
  };
}

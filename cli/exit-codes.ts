import { remoteCauses, type RemoteCause } from '../bridge/schema/remote.js';
import type { MessageId } from '../messages/messages.js';

/** Exit codes for scripts. They never change. */
export const exitCodes: Readonly<Record<RemoteCause, number>> = {
  failed: 1,
  usage: 2,
  'not-running': 3,
  'no-server': 4,
  refused: 5,
  timeout: 6,
  'needs-yes': 7,
  'wrong-state': 8,
  unreachable: 9,
};

/** Message with the meaning of an exit code. */
type ExitWords = Extract<MessageId, `command-line.exit-${'ok' | RemoteCause}`>;

export const exitCodeTable: readonly (readonly [number, ExitWords])[] = [
  [0, 'command-line.exit-ok'],
  ...remoteCauses.map((cause) => [exitCodes[cause], `command-line.exit-${cause}`] as const),
];

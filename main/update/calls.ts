import type { CallTable } from '../base/calls.js';
import type { Updates } from './updates.js';

export function updateCalls(
  updates: Pick<Updates, 'check' | 'download' | 'cancel' | 'skip' | 'restart' | 'openPage'>,
) {
  return {
    'updates.check': () => updates.check(),
    'updates.download': () => updates.download(),
    'updates.cancel': () => updates.cancel(),
    'updates.skip': ({ version, isSkipped }) => updates.skip(version, isSkipped),
    'updates.restart': () => updates.restart(),
    'updates.openPage': () => updates.openPage(),
  } satisfies CallTable;
}

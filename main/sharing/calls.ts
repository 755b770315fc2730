import type { CallTable } from '../base/calls.js';
import type { Sharing } from './sharing.js';

/** Calls about shared logs. */
export function sharingCalls(sharing: Sharing) {
  return {
    'sharing.send': (input) => sharing.send(input),
    'sharing.delete': ({ id }) => sharing.delete(id),
    'sharing.forget': ({ id }) => sharing.forget(id),
  } satisfies CallTable;
}

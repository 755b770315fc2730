/** Requests about the allocations of a server (PROTOCOL 2.21). */
import { PerchError, newProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { read, serverPath, write } from './call.js';
import { allocationItem, allocationsAnswer } from './wire/network.js';

/** Path of one allocation. The number comes from a panel or a window. */
function allocationPath(identifier: string, allocation: number, rest = ''): string {
  if (!Number.isSafeInteger(allocation) || allocation < 1) {
    throw new PerchError(
      newProblem('not-found', sentence('panel.no-allocation-id'), sentence('panel.load-allocations')),
    );
  }
  return serverPath(identifier, `/network/allocations/${allocation}${rest}`);
}

const change = {
  permission: 'allocation.update',
  subject: 'allocation',
  unsure: sentence('panel.maybe-allocation'),
} as const;

/** Calls with a method of the same name and arguments on `PanelApi`. */
export const networkRequests = {
  allocations: (identifier: string) =>
    read(
      serverPath(identifier, '/network/allocations'),
      sentence('panel.what.allocations'),
      allocationsAnswer,
      {
        subject: 'server',
        permission: 'allocation.read',
      },
    ),

  /** Empty notes remove the notes. */
  noteAllocation: (identifier: string, allocation: number, notes: string) =>
    write('POST', allocationPath(identifier, allocation), {
      ...change,
      body: { notes: notes === '' ? null : notes },
      what: sentence('panel.what.allocation-note'),
      answer: allocationItem,
    }),

  makeDefaultAllocation: (identifier: string, allocation: number) =>
    write('POST', allocationPath(identifier, allocation, '/primary'), {
      ...change,
      what: sentence('panel.what.allocation-default'),
      answer: allocationItem,
    }),

  /** The panel chooses the port. Newer panels add two a minute and server. */
  addAllocation: (identifier: string) =>
    write('POST', serverPath(identifier, '/network/allocations'), {
      what: sentence('panel.what.allocation-add'),
      permission: 'allocation.create',
      unsure: sentence('panel.maybe-allocation'),
      throttled: 'allocation-throttled',
      hasOwnLimit: true,
      answer: allocationItem,
    }),

  removeAllocation: (identifier: string, allocation: number) =>
    write('DELETE', allocationPath(identifier, allocation), {
      ...change,
      what: sentence('panel.what.allocation-remove'),
      permission: 'allocation.delete',
    }),
};

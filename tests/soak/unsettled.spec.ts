import { expect, it } from 'vitest';
import type { PowerState } from '../../bridge/schema/domain.js';
import { aServer, anAccount } from '../support/entities.js';
import { unsettledIn, type Truth } from './unsettled.js';

const shown = aServer({ power: 'starting' });

function found(truth: Pick<Truth, 'state' | 'lately'>): number {
  const { id, name, condition } = shown;
  const fleet = { accounts: new Map([[shown.accountId, anAccount()]]), servers: new Map([[id, shown]]) };
  return unsettledIn(fleet, [{ id, name, condition, isListed: true, ...truth }]).length;
}

const wrong: [string, PowerState, PowerState | undefined][] = [
  ['what it has not been for a while', 'running', 'running'],
  ['what it was neither now nor a moment ago', 'running', 'offline'],
  ['what it is not, where nobody knows what it was', 'running', undefined],
];

it.each(wrong)('a server that is shown as %s is named', (_name, state, lately) => {
  expect(found({ state, ...(lately === undefined ? {} : { lately }) })).toBe(1);
});

it('a state that was true a moment ago is accepted', () => {
  expect(found({ state: 'running', lately: 'starting' })).toBe(0);
  expect(found({ state: 'starting', lately: 'offline' })).toBe(0);
});

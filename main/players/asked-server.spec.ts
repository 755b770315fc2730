import { expect, it } from 'vitest';
import { anAnswer, aPlace } from '../../tests/support/fake-queries.js';
import { AskedServer, paceMs } from './asked-server.js';

it('an answer from before a silence of others does not count as one since then', () => {
  const asked = new AskedServer(0, 0, null);
  const place = asked.begin([aPlace('a')], 1000);
  if (place === null) throw new Error('No place to ask.');
  expect(asked.hasAnsweredSince(0)).toBe(false);
  asked.answered(place, anAnswer(), 1050, paceMs);
  expect([asked.hasAnsweredSince(1050), asked.hasAnsweredSince(1051)]).toEqual([true, false]);
  asked.begin([place], 2000);
  asked.failed('silent', 1, 4400);
  expect(asked.hasAnsweredSince(1000)).toBe(false);
});

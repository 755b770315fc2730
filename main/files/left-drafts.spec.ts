import { expect, it } from 'vitest';
import { LeftDrafts } from './left-drafts.js';

const a = { serverId: 'home/u1', path: '/a.yml' };
const b = { serverId: 'home/u1', path: '/b.yml' };
const c = { serverId: 'away/u2', path: '/a.yml' };

async function started(accountIds: readonly string[] = ['home', 'away']) {
  const kept: (readonly string[])[] = [];
  const left = new LeftDrafts({
    files: async () => [a, b, c],
    keepAccounts: async (ids) => void kept.push(ids),
  });
  await left.start(accountIds);
  return { left, kept };
}

it('names the drafts of the last run, after those of removed accounts were forgotten', async () => {
  const { left, kept } = await started();
  expect(left.current).toEqual([a, b, c]);
  expect(kept).toEqual([['home', 'away']]);
});

it('forgets no draft if no account is known', async () => {
  expect((await started([])).kept).toEqual([]);
});

it('names a draft until a person sees it, its account is removed, or all are dismissed', async () => {
  const { left } = await started();
  left.gone(a);
  expect(left.current).toEqual([b, c]);
  left.forgetAccount('home');
  expect(left.current).toEqual([c]);
  left.calls['texts.dismissLeft']();
  expect(left.current).toEqual([]);
});

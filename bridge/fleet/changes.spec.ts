import { describe, expect, it } from 'vitest';
import { applyChanges, emptyFleet, fromSnapshot, toSnapshot, type ServerPatch } from './changes.js';
import { anAccount, aServer } from '../../tests/support/entities.js';

const start = applyChanges(emptyFleet, [
  { kind: 'account-upserted', account: anAccount({ id: 'a' }) },
  { kind: 'account-upserted', account: anAccount({ id: 'b' }) },
  { kind: 'server-upserted', server: aServer({ id: 'a/1', accountId: 'a' }) },
  { kind: 'server-upserted', server: aServer({ id: 'b/1', accountId: 'b' }) },
]);

describe('applyChanges', () => {
  it('keeps the old state and untouched entities unchanged', () => {
    const next = applyChanges(start, [
      { kind: 'server-patched', serverId: 'a/1', patch: { power: 'running' } },
    ]);
    expect(start.servers.get('a/1')?.power).toBe('offline');
    expect(next.servers.get('a/1')?.power).toBe('running');
    expect(next.servers.get('b/1')).toBe(start.servers.get('b/1'));
  });

  it('ignores a patch field without a value', () => {
    const patch = { power: 'running' as const, crashedAt: undefined, permissions: undefined };
    const server = applyChanges(start, [{ kind: 'server-patched', serverId: 'a/1', patch }]).servers.get(
      'a/1',
    );
    expect(server).toEqual({ ...start.servers.get('a/1'), power: 'running' });
  });

  it('forgets the state of an earlier run as soon as a state is seen', () => {
    const lastRun = { at: 1, state: 'running' as const, usage: null };
    const past = applyChanges(emptyFleet, [
      { kind: 'server-upserted', server: aServer({ id: 'a/1', power: null, lastRun }) },
    ]);
    const after = (patch: ServerPatch) =>
      applyChanges(past, [{ kind: 'server-patched', serverId: 'a/1', patch }]).servers.get('a/1')?.lastRun;
    expect(after({ power: null })).toEqual(lastRun);
    expect(after({ link: { kind: 'connecting' } })).toEqual(lastRun);
    expect(after({ power: 'offline' })).toBeNull();
  });

  it('stores null as a value', () => {
    const server = applyChanges(start, [
      { kind: 'server-patched', serverId: 'a/1', patch: { power: null, permissions: null } },
    ]).servers.get('a/1');
    expect(server).toMatchObject({ power: null, permissions: null });
  });

  it('drops changes to servers that are gone', () => {
    const next = applyChanges(start, [
      { kind: 'server-removed', serverId: 'a/1' },
      { kind: 'server-patched', serverId: 'a/1', patch: { power: 'running' } },
      { kind: 'usage', serverId: 'a/1', usage: null },
    ]);
    expect(next.servers.has('a/1')).toBe(false);
  });

  it('removes the servers of an account with it', () => {
    const next = applyChanges(start, [{ kind: 'account-removed', accountId: 'a' }]);
    expect([...next.servers.keys()]).toEqual(['b/1']);
    expect([...next.accounts.keys()]).toEqual(['b']);
  });

  it('survives the process boundary unchanged', () => {
    expect(fromSnapshot(toSnapshot(start))).toEqual(start);
  });
});

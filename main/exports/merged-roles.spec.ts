import { describe, expect, it } from 'vitest';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import { sentence } from '../../messages/messages.js';
import { mergedRoles, shownRoles } from './merged-roles.js';

const role = (name: string, ...permissions: string[]) => ({ id: `old ${name}`, name, permissions });

function merged(now: Parameters<typeof mergedRoles>[0], wanted: Parameters<typeof mergedRoles>[1]) {
  let count = 0;
  return mergedRoles(now, wanted, () => `new${++count}`);
}

describe('mergedRoles', () => {
  const streamer = role('Streamer', 'control.start', 'file.read');

  it('adds the roles that this computer lacks, with ids of its own', () => {
    const { all, added } = merged(
      [streamer],
      [role('Streamer', 'file.read', 'control.start'), role('Cook', 'a.b')],
    );
    expect(added).toEqual([{ id: 'new1', name: 'Cook', permissions: ['a.b'] }]);
    expect(all).toEqual([streamer, ...added]);
  });

  it('puts a number behind a name that has another meaning here, once', () => {
    const other = role('Streamer', 'control.kill');
    const first = merged([streamer], [other]);
    expect(first.added).toMatchObject([{ name: 'Streamer 2', permissions: ['control.kill'] }]);
    expect(merged(first.all, [other]).added).toEqual([]);
    expect(merged(first.all, [role('Streamer', 'a.b')]).added).toMatchObject([{ name: 'Streamer 3' }]);
  });

  it('keeps a long name within the limit of a name', () => {
    const name = 'x'.repeat(60);
    const [added] = merged([role(name, 'a.b')], [role(name, 'c.d')]).added;
    expect(added?.name).toBe(`${'x'.repeat(56)} 2`);
  });

  it('takes neither texts that are no permissions nor roles without a name or a permission', () => {
    const wanted = [
      role('\u0007 \n', 'a.b'),
      role('Empty', 'a b', 'x\n', ''),
      role('\u202eGood', 'a.b', '*'),
    ];
    expect(merged([], wanted).added).toMatchObject([{ permissions: ['a.b'] }]);
    expect(merged([], wanted).added[0]?.name).not.toContain('\u202e');
  });

  it('holds no more roles than the settings do', () => {
    const many = (from: string) =>
      Array.from({ length: mostKept.ownRoles }, (_, place) => role(`${from} ${place} x`, 'a.b'));
    expect(merged([], [...many('a'), ...many('b')]).all).toHaveLength(mostKept.ownRoles);
    expect(merged(many('a'), many('b')).added).toEqual([]);
  });
});

describe('shownRoles', () => {
  it('names the first twenty', () => {
    const roles = Array.from({ length: 22 }, (_, place) => role(`r${place}`, 'a.b', 'c.d'));
    const said = shownRoles(roles);
    expect(said[0]).toEqual(sentence('exports.role', { name: 'r0', count: 2 }));
    expect(said).toHaveLength(21);
    expect(said.at(-1)).toEqual(sentence('exports.roles', { count: 2 }));
  });
});

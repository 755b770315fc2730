import { describe, expect, it } from 'vitest';
import { besideNames, besideText, nameBeside, type NamedServer } from './beside-names.js';

const harbor = { id: 'a', label: 'Harbor' };
const quay = { id: 'b', label: 'Quay' };

function server(id: string, name: string, accountId = 'a'): NamedServer {
  return { id, accountId, name, identifier: `id-${id}` };
}

/** Text beside each name; `''` = none. */
function said(servers: NamedServer[], accounts = [harbor], isBelowPanel = false): string[] {
  const beside = besideNames(servers, accounts);
  return servers.map(({ id }) => besideText(beside.get(id), isBelowPanel));
}

describe('besideNames', () => {
  it('keeps the names of one panel unchanged while they are unique', () => {
    expect(said([server('1', 'Survival'), server('2', 'Survival 2')])).toEqual(['', '']);
  });

  it('puts the panel beside every name with several panels', () => {
    expect(said([server('1', 'Survival'), server('2', 'Lobby', 'b')], [harbor, quay])).toEqual([
      'Harbor',
      'Quay',
    ]);
  });

  it('distinguishes servers of the same name on several panels by their panels', () => {
    expect(said([server('1', 'Survival'), server('2', 'Survival', 'b')], [harbor, quay])).toEqual([
      'Harbor',
      'Quay',
    ]);
  });

  it('adds the short id only for the same name on the same panel', () => {
    const servers = [server('1', 'Survival'), server('2', 'Survival'), server('3', 'Lobby')];
    expect(said(servers)).toEqual(['Harbor · id-1', 'Harbor · id-2', '']);
    expect(said([...servers, server('4', 'Survival', 'b')], [harbor, quay])).toEqual([
      'Harbor · id-1',
      'Harbor · id-2',
      'Harbor',
      'Quay',
    ]);
  });

  it('treats panels of the same name as one', () => {
    const servers = [server('1', 'Survival'), server('2', 'Survival', 'b'), server('3', 'Lobby', 'b')];
    expect(said(servers, [harbor, { id: 'b', label: 'harbor ' }])).toEqual([
      'Harbor · id-1',
      'harbor  · id-2',
      'harbor ',
    ]);
  });

  it.each([
    ['case', 'SURVIVAL'],
    ['gaps', ' Survival  '],
    ['what nobody sees', 'Surv\u200bival'],
    ['another form of the letters', 'Ｓurvival'],
  ])('treats names that differ by %s only as equal', (_, name) => {
    expect(said([server('1', 'Survival'), server('2', name)])).toEqual(['Harbor · id-1', 'Harbor · id-2']);
  });

  it('treats names without a letter as different: their short ids are shown', () => {
    expect(said([server('1', '\u200b'), server('2', ' ')])).toEqual(['', '']);
  });

  it('omits the panel below the title of that panel', () => {
    const servers = [server('1', 'Survival'), server('2', 'Survival'), server('3', 'Lobby')];
    expect(said(servers, [harbor, quay], true)).toEqual(['id-1', 'id-2', '']);
  });

  it('forgets a removed panel', () => {
    expect(said([server('1', 'Survival', 'gone')], [harbor, quay])).toEqual(['']);
  });
});

describe('nameBeside', () => {
  it('is the name alone if it is unique', () => {
    expect(nameBeside('Survival', '')).toBe('Survival');
    expect(nameBeside('Survival', 'Harbor · 1a2b3c4d')).toBe('Survival · Harbor · 1a2b3c4d');
  });
});

import { describe, expect, it } from 'vitest';
import { fromSnapshot } from '../../bridge/fleet/changes.js';
import type { RemoteError } from '../../bridge/remote/remote-error.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { serverNamed } from './named-servers.js';

const uuid = (digit: string): string => `${digit.repeat(8)}-1111-4111-8111-111111111111`;

function server(digit: string, name: string, accountId = 'home') {
  return aServer({
    id: `${accountId}/${uuid(digit)}`,
    accountId,
    uuid: uuid(digit),
    identifier: digit.repeat(8),
    name,
  });
}

const fleet = fromSnapshot({
  accounts: [
    anAccount({ id: 'home', label: 'Home' }),
    anAccount({ id: 'work', label: 'Work', panelUrl: 'https://work.example.com' }),
  ],
  servers: [
    server('a', 'Survival'),
    server('b', 'Creative'),
    server('c', 'Creative', 'work'),
    server('d', 'creative/old'),
    server('e', 'Lob\u001b[31mby'),
    server('f', 'aaaaaaaa'),
  ],
});

function failure(word: string, state = fleet) {
  try {
    serverNamed(word, state);
  } catch (error) {
    return (error as RemoteError).failure;
  }
  throw new Error('It was found.');
}

describe('serverNamed', () => {
  it.each([
    ['its name', 'Survival', 'a'],
    ['its name in another case', 'survival', 'a'],
    ['its short id', 'bbbbbbbb', 'b'],
    ['its uuid', uuid('c'), 'c'],
    ['panel and name', 'Work/Creative', 'c'],
    ['panel and name in another case', 'work/creative', 'c'],
    ['the host of the panel and name', 'work.example.com/Creative', 'c'],
    ['a name with a slash', 'creative/old', 'd'],
    ['a name as it is shown', 'Lobby', 'e'],
    ['an id before a name that looks like it', 'aaaaaaaa', 'a'],
  ])('finds a server by %s', (_what, word, digit) => {
    expect(serverNamed(word, fleet).uuid).toBe(uuid(digit));
  });

  it('names all matching servers if several match', () => {
    expect(failure('Creative')).toMatchObject({
      cause: 'no-server',
      candidates: ['Home/Creative (bbbbbbbb)', 'Work/Creative (cccccccc)'],
    });
  });

  it.each([
    ['short id', { identifier: 'Survival' }, 'Survival'],
    ['short id in another case', { identifier: 'SURVIVAL' }, 'SURVIVAL'],
    ['uuid', { uuid: 'survival' }, 'survival'],
  ])("lets no panel take the name of another panel's server as %s", (_what, claimed, word) => {
    const claiming = { ...server('e', 'Bait', 'work'), ...claimed };
    const both = fromSnapshot({
      accounts: [...fleet.accounts.values()],
      servers: [server('a', 'Survival'), claiming],
    });
    expect(failure(word, both)).toMatchObject({
      cause: 'no-server',
      candidates: expect.arrayContaining(['Home/Survival (aaaaaaaa)']),
    });
    expect(serverNamed('Home/Survival', both).name).toBe('Survival');
    expect(serverNamed('aaaaaaaa', both).name).toBe('Survival');
    expect(serverNamed('Work/Bait', both).name).toBe('Bait');
  });

  it('names similar servers without a match', () => {
    expect(failure('surv')).toMatchObject({ cause: 'no-server', candidates: ['Home/Survival (aaaaaaaa)'] });
    expect(failure('nothing')).toMatchObject({ cause: 'no-server', candidates: [] });
  });
});

import { expect, it, vi } from 'vitest';
import '../../tests/support/every-area.js';
import type { PerchConnection } from '../connection.js';
import type { Options } from '../parse.js';
import { people } from './people.js';

const sam = {
  name: 'sam',
  email: 'sam@example.com',
  hasTwoFactor: true,
  permissions: ['websocket.connect', 'control.stop', 'control.start'],
};

async function run(found: readonly object[], options: Options = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const ask = vi.fn(async () => ({ server: { name: 'Lobby' }, people: found }));
  await people({
    perch: { ask } as unknown as PerchConnection,
    args: ['Lobby'],
    plain: 0,
    options,
    terminal: {
      out: (text: string) => void out.push(text),
      err: (text: string) => void err.push(text),
      readLine: () => '',
      readAll: () => '',
      isShown: false,
      canAsk: false,
      hasColours: false,
    },
    deadline: Infinity,
  });
  expect(ask).toHaveBeenCalledExactlyOnceWith('people', { name: 'Lobby' });
  return { out: out.join(''), err: err.join('') };
}

it('prints people as a table, with what each was given', async () => {
  const { out, err } = await run([sam, { ...sam, name: 'anna', hasTwoFactor: false }]);
  const [head, first, second] = out.split('\n');
  expect(head).toMatch(/^NAME +E-MAIL +FACTORS +PERMISSIONS$/);
  expect(first).toMatch(/^sam +sam@example\.com +2 +control\.start control\.stop$/);
  expect(second).toMatch(/^anna .* 1 /);
  expect(err).toBe('2 people besides the owner\n');
});

it('prints no table of nobody, and one line of JSON', async () => {
  expect(await run([])).toEqual({ out: '', err: '0 people besides the owner\n' });
  expect(JSON.parse((await run([sam], { json: true })).out)).toMatchObject({ people: [{ name: 'sam' }] });
});

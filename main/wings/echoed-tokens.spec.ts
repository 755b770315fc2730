/** Nodes that repeat the token of a session where no token belongs. */
import { expect, it } from 'vitest';
import { aLiveSession, aTicket } from '../../tests/support/wings-session.js';

const places: Record<string, (token: string) => [event: string, ...args: string[]]> = {
  'a line of the console': (token) => ['console output', `auth ${token}`],
  'two halves of a line': (token) => ['console output', token.slice(0, 30), token.slice(30)],
  'a line of the installation': (token) => ['install output', `"${token}"`],
  'a message of the node': (token) => ['daemon message', token],
  'an error of the node': (token) => ['daemon error', `Error Event [x]: cannot read ${token}`],
  'a feature of the egg': (token) => ['feature match', JSON.stringify({ key: 'eula', line: token })],
  'the end of a backup': (token) => [
    'backup completed',
    JSON.stringify({ is_successful: true, uuid: token }),
  ],
  'a state': (token) => ['status', token],
  'the name of an event': (token) => [token, token],
  'a report about dropped messages': (token) => ['throttled', token],
};

it.each(Object.entries(places))('a token in %s reaches neither a window nor the log', async (_, frame) => {
  const next = aTicket({ iat: 1540, exp: 2140 });
  const { socket, clock, listener, log } = await aLiveSession({
    ticket: (call) => (call === 0 ? aTicket() : next),
  });
  const first = aTicket().token;
  socket().receive(...frame(first));
  socket().receive('token expiring');
  await clock.advance(0);
  // The node has seen the next token, which is valid already, and the previous token still is.
  for (const token of [first, next.token]) socket().receive(...frame(token));
  socket().receive('auth success');
  for (const token of [first, next.token]) socket().receive(...frame(token));
  await clock.advance(5000);
  const told = `${JSON.stringify(listener.events)}\n${listener.texts().join('\n')}\n${JSON.stringify(log.entries)}`;
  for (const token of [first, next.token]) expect(told).not.toContain(token.slice(0, -1));
});

it('other text of a node stays unchanged', async () => {
  const { socket, clock, listener } = await aLiveSession();
  const foreign = `eyJhbGciOiJub25lIn0.${'x'.repeat(50)}.`;
  socket().receive('console output', `player sent ${foreign}`);
  await clock.advance(5000);
  expect(listener.texts()).toContain(`player sent ${foreign}`);
});

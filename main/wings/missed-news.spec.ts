/** Node events while the token is in doubt, and the requests that follow. */
import { expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { aLiveSession, aTicket } from '../../tests/support/wings-session.js';

const expired = 'jwt: exp claim is invalid';

it('the state is reported again if the panel delayed the next token', async () => {
  const { socket, clock, listener } = await aLiveSession({
    state: 'offline',
    ticket: (call) =>
      call === 1 ? Promise.reject(new PerchError(aProblem('panel-unreachable'))) : aTicket(),
  });
  socket().receive('jwt error', expired);
  await clock.advance(1000);
  expect(listener.lastLink).toMatchObject({ kind: 'reconnecting' });
  socket().receive('status', 'offline');
  await clock.advance(120_000);
  socket().receive('auth success');
  expect(socket().sentEvents().at(-1)).toBe('send stats');
  socket().receive('status', 'offline');
  expect(listener.powers).toEqual(['offline', 'offline', 'offline']);
});

it('open crash lines are reported first, because no further lines will come', async () => {
  const { socket, listener } = await aLiveSession();
  const daemon = '\u001b[33m\u001b[1m[Pterodactyl Daemon]:\u001b[39m';
  socket().receive(
    'console output',
    `${daemon} Aborting automatic restart, crash detection is disabled for this instance.\u001b[0m`,
  );
  expect(listener.crashes).toEqual([]);
  socket().receive('jwt error', expired);
  expect(listener.crashes).toEqual([{ exitCode: null, outOfMemory: false, isGivenUp: true }]);
});

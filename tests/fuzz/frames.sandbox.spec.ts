import fc from 'fast-check';
import { expect, it } from 'vitest';
import { authenticate, aSession } from '../support/wings-session.js';
import { settle } from '../support/fake-clock.js';
import { hammer } from './hammer.js';
import { nearly, nearlyText } from './mutations.js';

const stats = JSON.stringify({
  memory_bytes: 1,
  memory_limit_bytes: 2,
  cpu_absolute: 1.5,
  network: { rx_bytes: 1, tx_bytes: 2 },
  uptime: 1000,
  state: 'running',
  disk_bytes: 3,
});
const daemon = (text: string): string =>
  `\u001b[33m\u001b[1m[Pterodactyl Daemon]:\u001b[39m ${text}\u001b[0m`;
const frames = [
  { event: 'auth success' },
  { event: 'status', args: ['running'] },
  { event: 'status', args: ['offline'] },
  { event: 'stats', args: [stats] },
  { event: 'console output', args: ['[12:00:00] \u001b[32mDone (1.2s)! For help, type "help"\r\n'] },
  {
    event: 'console output',
    args: [daemon('---------- Detected server process in a crashed state! ----------')],
  },
  { event: 'console output', args: [daemon('Exit code: 137')] },
  { event: 'console output', args: [daemon('Out of memory: true')] },
  { event: 'token expiring' },
  { event: 'token expired' },
  { event: 'jwt error', args: ['jwt: exp claim is invalid'] },
  { event: 'jwt error', args: ['Error Event [1]: jwt: created too far in past (denylist)'] },
  {
    event: 'daemon error',
    args: ['Error Event [1]: an unexpected error was encountered while handling this request'],
  },
  { event: 'throttled', args: ['global'] },
  { event: 'throttled', args: ['send command'] },
  { event: 'install output', args: ['line'] },
  { event: 'transfer status', args: ['completed'] },
  { event: 'deleted', args: ['null'] },
  { event: 'backup restore completed', args: [''] },
];

const frame = fc.oneof(
  nearly(frames).map((value) => JSON.stringify(value) ?? ''),
  nearlyText(frames.map((value) => JSON.stringify(value))),
);

const step = fc.oneof(
  frame.map((text) => ({ kind: 'frame' as const, text })),
  fc.constantFrom(
    { kind: 'power' as const },
    { kind: 'command' as const },
    { kind: 'closed' as const },
    { kind: 'wait' as const },
  ),
);

it('a session continues, whatever a node sends', async () => {
  const count = await hammer(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
    const { session, socket, clock } = aSession();
    session.start();
    await settle();
    await authenticate(socket(), 'running');
    for (const one of steps) {
      if (one.kind === 'frame') socket().events.message(one.text);
      else if (one.kind === 'power') session.sendPower('restart');
      else if (one.kind === 'command') session.sendCommand('say hello');
      else if (one.kind === 'closed') socket().events.closed(1006, '');
      else await clock.advance(5000);
    }
    await clock.advance(2000);
    session.stop();
    expect(clock.pending).toBe(0);
  });
  expect(count).toBeGreaterThan(100);
});

/** Replays every socket of the project's own sessions and of the recorded sessions. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { powerStateSchema } from '../../bridge/schema/domain.js';
import { PerchError } from '../../bridge/errors.js';
import { spoken } from '../../messages/messages.js';
import {
  isTicketCall,
  sessionSets,
  socketsOf,
  type Expected,
  type RecordedSocket,
  type Recording,
} from '../../tests/support/console-sessions.js';
import { countRecorded } from '../../tests/support/recorded-cases.js';
import { expectedOf } from '../../tests/support/recorded-outcomes.js';
import { play, problemOf, type Played } from '../../tests/support/recorded-sockets.js';
import { aSession } from '../../tests/support/wings-session.js';

/** All frames of this socket: event, and joined args. */
function frames(socket: RecordedSocket): { event: string; text: string }[] {
  return socket.entries
    .filter((entry) => entry.dir === 'in' && entry.frame === undefined)
    .flatMap((entry) => {
      // Sessions also contain messages that are not frames; they are skipped.
      const frame = frameSchema.safeParse(parseOrNull(entry.data ?? ''));
      return frame.success ? [{ event: frame.data.event, text: (frame.data.args ?? []).join('') }] : [];
    });
}

const frameSchema = z.object({ event: z.string(), args: z.array(z.string().nullable()).optional() });
const statsSchema = z.object({ memory_bytes: z.number(), state: z.string() });

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function came(socket: RecordedSocket, event: string): string[] {
  return frames(socket)
    .filter((frame) => frame.event === event)
    .map((frame) => frame.text);
}

/** Received usage, without malformed entries. */
function statsOf(socket: RecordedSocket): z.infer<typeof statsSchema>[] {
  return came(socket, 'stats').flatMap((text) => statsSchema.safeParse(parseOrNull(text)).data ?? []);
}

/** Last state in the recording, from status or stats, whichever came later. */
function lastState(socket: RecordedSocket): string | undefined {
  return frames(socket)
    .map(({ event, text }) => {
      if (event === 'status') return text;
      return event === 'stats' ? statsSchema.safeParse(parseOrNull(text)).data?.state : undefined;
    })
    .findLast((state) => powerStateSchema.safeParse(state).success);
}

/** Console lines in order. No recorded session reconnects, so none may be missing. */
function consoleTexts(socket: RecordedSocket): string[] {
  const events = ['console output', 'install output', 'daemon message', 'transfer logs'];
  return frames(socket)
    .filter((frame) => events.includes(frame.event))
    .map((frame) => frame.text);
}

function noticePattern(text: string): RegExp {
  if (text.includes('an unexpected error was encountered')) return /(gives no reason|without details)\.$/;
  if (text.includes('another power action')) return /still busy with another power action/;
  return new RegExp(`^The node says: ${(text.split(']: ')[1] ?? '').slice(0, 20)}`);
}

function check(recording: Recording, socket: RecordedSocket, played: Played): void {
  const expected = expectedOf(recording, socket);
  const { listener } = played;
  const where = `${recording.name}/${socket.name}`;
  checkLink(expected, played, where);
  expect.soft(listener.deletions, `${where}: deletions`).toBe(expected.deletions ?? 0);
  expect.soft(listener.changes, `${where}: changes`).toBe(expected.changes ?? 0);
  if (expected.tickets !== undefined) {
    expect.soft(played.ticketCalls, `${where}: tickets`).toBe(expected.tickets);
  }
  if (expected.exits !== undefined) expect.soft(listener.crashes, `${where}: exits`).toEqual(expected.exits);
  const reports = came(socket, 'console output').filter((text) => text.includes('in a crashed state'));
  const ends = listener.crashes.filter((one, index) => index === 0 || one.isGivenUp !== true);
  expect.soft(ends.length, `${where}: crashes`).toBe(expected.crashes ?? reports.length);

  // Messages of the node before the authentication concern the token and are not shown.
  const isAuthenticated = came(socket, 'auth success').length > 0;
  const isForeign = came(socket, 'jwt error').some((text) => text.includes('uuid mismatch'));
  if (isAuthenticated && (!isForeign || came(socket, 'status').length > 0)) {
    checkEvents(expected, socket, played, where);
  } else {
    expect.soft(listener.notices, where).toEqual([]);
    expect.soft(listener.allLines, where).toEqual([]);
  }
}

function checkLink(expected: Expected, { link }: Played, where: string): void {
  expect.soft(link?.kind, where).toBe(expected.link ?? 'live');
  const problem = link?.kind === 'reconnecting' || link?.kind === 'refused' ? link.problem : null;
  const [code, words] = expected.problem ?? [];
  expect.soft(problem?.code, where).toBe(code);
  if (words === undefined) return;
  const said = problem === null ? '' : `${spoken(problem.message)} ${spoken(problem.next)}`;
  expect.soft(said, where).toMatch(new RegExp(words));
}

function checkEvents(expected: Expected, socket: RecordedSocket, { listener }: Played, where: string): void {
  expect.soft(listener.powers.at(-1), `${where}: state`).toBe(lastState(socket));
  if (expected.link === undefined) {
    expect.soft(listener.usages.length, `${where}: usage`).toBe(statsOf(socket).length);
  }
  if (expected.usage !== undefined) {
    expect.soft(listener.usages.at(-1), `${where}: last usage`).toMatchObject(expected.usage);
  }
  const errors = came(socket, 'daemon error');
  expect.soft(listener.notices.length, `${where}: notices`).toBe(errors.length);
  errors.forEach((text, index) => {
    expect.soft(listener.notices[index], where).toMatch(noticePattern(text));
  });
  expect.soft(listener.texts(), `${where}: lines`).toEqual(consoleTexts(socket));
}

describe.each(sessionSets())('$name', ({ isRecorded, least, recordings }) => {
  it('are many', () => {
    expect(recordings.length).toBeGreaterThanOrEqual(least[0]);
  });

  it.each(recordings.map((recording) => [recording.name, recording] as const))('%s', async (_, recording) => {
    for (const socket of socketsOf(recording)) {
      const played = await play(recording, socket);
      check(recording, socket, played);
      const heard = played.listener.links.length;
      played.session.stop();
      expect.soft(played.clock.pending, `${recording.name}/${socket.name}: timers`).toBe(0);
      expect.soft(played.listener.links.length).toBe(heard);
    }
  });

  it('that the panel refuses a ticket for end or wait', async (context) => {
    if (isRecorded) countRecorded(context, { sessions: recordings.length });
    let refusals = 0;
    for (const recording of recordings) {
      for (const call of recording.entries.filter((entry) => isTicketCall(entry) && entry.status !== 200)) {
        refusals++;
        const { session, clock, listener, ticketCalls } = aSession({
          ticket: () => {
            throw new PerchError(problemOf(call));
          },
        });
        session.start();
        await clock.advance(300_000);
        const isTemporary = call.status === 409 && !JSON.stringify(call.body).includes('suspended');
        expect(listener.lastLink?.kind, `${recording.name} ${String(call.status)}`).toBe(
          isTemporary ? 'reconnecting' : 'refused',
        );
        expect(ticketCalls()).toBe(isTemporary ? 5 : 1);
        session.stop();
      }
    }
    expect(refusals).toBeGreaterThanOrEqual(least[1]);
  });
});

/** The session against every recorded socket of a real Wings 1.11.11 (PROTOCOL 10). */
import { describe, expect, it } from 'vitest';
import type { Link } from '../../bridge/domain.js';
import { PerchError, type ProblemCode } from '../../bridge/errors.js';
import { recordedFixtures } from '../../tests/support/fixtures.js';
import {
  isTicketCall,
  play,
  problemOf,
  readRecordings,
  socketsOf,
  type Played,
  type RecordedSocket,
  type Recording,
} from '../../tests/support/recorded-sockets.js';
import { aSession } from '../../tests/support/wings-session.js';

interface Expected {
  link?: Link['kind'];
  /** Code of the problem, and words of what a person reads. */
  problem?: [ProblemCode, RegExp];
  crashes?: number;
  deletions?: number;
  /** How often the panel is to be asked about the server again. */
  changes?: number;
}

const unanswered: Expected = { link: 'reconnecting', problem: ['node-unreachable', /node does not answer/] };
const gone: Expected = { link: 'refused', problem: ['not-found', /could not be found/], changes: 1 };
const badSignature: Expected = {
  link: 'reconnecting',
  problem: ['protocol', /does not accept access tokens of this panel.*same node token/],
};
const notYet: Expected = {
  link: 'reconnecting',
  problem: ['protocol', /does not accept the access token yet.*restart of the node/],
};
const expiredToken: Expected = { link: 'reconnecting', problem: ['protocol', /expired.*clocks/] };
const noPermission: Expected = {
  link: 'refused',
  problem: ['forbidden', /permission websocket\.connect/],
  changes: 1,
};

/**
 * File -> socket -> what must come out, where it is not what holds for all: live at the end, one crash per crash
 * report in the console, the last state that came, and nothing for the panel to be asked. `*` = every socket.
 */
const expectations: Record<string, Record<string, Expected>> = {
  // Our token is never answered there; the errors are about what the recorded client sent.
  'no-auth': { '*': unanswered },
  'bad-tokens': {
    s1: badSignature,
    s2: badSignature,
    s3: badSignature,
    s4: badSignature,
    s5: badSignature,
    s6: badSignature,
    s7: badSignature,
    s8: badSignature,
    s9: { link: 'refused', problem: ['protocol', /token for another server/], changes: 1 },
    s10: expiredToken,
    s11: notYet,
    s14: noPermission,
    s15: noPermission,
    s16: expiredToken,
    s17: badSignature,
    // A foreign token on a good socket: connected anew, which the recording does not know.
    s18: unanswered,
  },
  'token-life-offline': { '*': { link: 'reconnecting', problem: ['timeout', /did not answer in time/] } },
  'token-life-without-renewal': { b: expiredToken },
  // The process never stopped.
  'printed-stop-word': { '*': { crashes: 0 } },
  'install-first-as-admin': { '*': { changes: 1 } },
  reinstall: { own: { changes: 2 }, adm: { changes: 2 }, adm2: { changes: 1 } },
  'reinstall-failing': { '*': { changes: 4 } },
  'reinstall-of-hung-server': { '*': { changes: 2 } },
  backup: { '*': { changes: 1 } },
  'subuser-changed': {
    sub: { link: 'refused', problem: ['not-found', /does not exist/], changes: 1 },
  },
  delete: {
    own: { ...gone, deletions: 1 },
    mute: { ...gone, deletions: 1 },
    // The handshake is 404; the panel, asked again, does not know the server either.
    own2: gone,
  },
  'daemon-restart': { run: unanswered, off: unanswered, mute: unanswered, x1: unanswered },
  'daemon-killed': { a: unanswered },
  'daemon-restart-during-install': { a: { ...unanswered, changes: 1 } },
};

function expectedOf(recording: Recording, socket: RecordedSocket): Expected {
  const handshake = socket.entries.find((entry) => entry.dir === 'open')?.status;
  if (recording.name === 'origin') {
    if (handshake === 403)
      return { link: 'refused', problem: ['forbidden', /panel\.example\.com.*allowed_origins/], changes: 1 };
    if (handshake === 404)
      return { link: 'reconnecting', problem: ['not-found', /does not know this server/] };
    // Opened and closed again within 3 ms.
    return { link: 'connecting' };
  }
  const table = expectations[recording.name] ?? {};
  return table[socket.name] ?? table['*'] ?? {};
}

/** Every frame that came on this socket: its event, and its args joined. */
function frames(socket: RecordedSocket): { event: string; text: string }[] {
  return socket.entries
    .filter((entry) => entry.dir === 'in' && entry.frame === undefined)
    .map((entry) => JSON.parse(entry.data ?? '') as { event: string; args?: string[] })
    .map(({ event, args }) => ({ event, text: (args ?? []).join('') }));
}

function came(socket: RecordedSocket, event: string): string[] {
  return frames(socket)
    .filter((frame) => frame.event === event)
    .map((frame) => frame.text);
}

/** The last state in the recording, from status or stats, whichever came last. */
function lastState(socket: RecordedSocket): string | undefined {
  const states = frames(socket).map(({ event, text }) => {
    if (event === 'status') return text;
    return event === 'stats' ? (JSON.parse(text) as { state: string }).state : undefined;
  });
  return states.filter((state) => state !== undefined).at(-1);
}

/** What belongs into the console, in order. No recorded session reconnects, so nothing of it may be missing. */
function consoleTexts(socket: RecordedSocket): string[] {
  const events = ['console output', 'install output', 'daemon message'];
  return frames(socket)
    .filter((frame) => events.includes(frame.event))
    .map((frame) => frame.text);
}

function noticePattern(text: string): RegExp {
  if (text.includes('an unexpected error was encountered')) return /does not say (why|which)\.$/;
  if (text.includes('another power action')) return /still busy with another power action/;
  return new RegExp(`^The node says: ${(text.split(']: ')[1] ?? '').slice(0, 20)}`);
}

function check(recording: Recording, socket: RecordedSocket, played: Played): void {
  const expected = expectedOf(recording, socket);
  const { link, listener } = played;
  const where = `${recording.name}/${socket.name}`;
  expect.soft(link?.kind, where).toBe(expected.link ?? 'live');
  const problem = link?.kind === 'reconnecting' || link?.kind === 'refused' ? link.problem : null;
  expect.soft(problem?.code, where).toBe(expected.problem?.[0]);
  if (expected.problem)
    expect.soft(`${problem?.message ?? ''} ${problem?.next ?? ''}`, where).toMatch(expected.problem[1]);
  expect.soft(listener.deletions, `${where}: deletions`).toBe(expected.deletions ?? 0);
  expect.soft(listener.changes, `${where}: changes`).toBe(expected.changes ?? 0);

  const reports = came(socket, 'console output').filter((text) => text.includes('in a crashed state'));
  expect.soft(listener.crashes.length, `${where}: crashes`).toBe(expected.crashes ?? reports.length);

  // What the node said before the session was authenticated is about the token and not for the person.
  const isAuthenticated = came(socket, 'auth success').length > 0;
  if (isAuthenticated && socket.name !== 's9') {
    expect.soft(listener.powers.at(-1), `${where}: state`).toBe(lastState(socket));
    if (expected.link === undefined)
      expect.soft(listener.usages.length, `${where}: usage`).toBe(came(socket, 'stats').length);
    const errors = came(socket, 'daemon error');
    expect.soft(listener.notices.length, `${where}: notices`).toBe(errors.length);
    errors.forEach((text, index) => {
      expect.soft(listener.notices[index], where).toMatch(noticePattern(text));
    });
    expect.soft(listener.texts(), `${where}: lines`).toEqual(consoleTexts(socket));
  } else {
    expect.soft(listener.notices, where).toEqual([]);
    expect.soft(listener.allLines, where).toEqual([]);
  }
}

describe('recorded sessions', () => {
  const folder = recordedFixtures('wings-1.11');
  if (folder === null) {
    it('are not here', () => console.log('wings-1.11: no recordings, nothing replayed'));
    return;
  }
  const recordings = readRecordings(folder);
  const totals = { sockets: 0, frames: 0, tickets: 0 };

  it.each(recordings.map((recording) => [recording.name, recording] as const))('%s', async (_, recording) => {
    for (const socket of socketsOf(recording)) {
      const played = await play(recording, socket);
      check(recording, socket, played);
      totals.sockets++;
      totals.frames += played.frames;
      totals.tickets += played.ticketCalls;
      const heard = played.listener.links.length;
      played.session.stop();
      expect.soft(played.clock.pending, `${recording.name}/${socket.name}: timers`).toBe(0);
      expect.soft(played.listener.links.length).toBe(heard);
    }
  });

  it('that the panel refuses a ticket for end or wait', async () => {
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
    expect(refusals).toBeGreaterThan(5);
    console.log(
      `wings-1.11: ${String(recordings.length)} sessions, ${String(totals.sockets)} sockets, ` +
        `${String(totals.frames)} frames replayed, ${String(refusals)} refused tickets`,
    );
  });
});

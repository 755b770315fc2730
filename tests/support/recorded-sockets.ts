/** Plays console sessions to a session on a fake clock. */
import { UnsecuredJWT } from 'jose';
import * as z from 'zod';
import { powerSignalSchema } from '../../bridge/schema/domain.js';
import { PerchError, type Problem } from '../../bridge/errors.js';
import { verbatim } from '../../messages/messages.js';
import { failureOf } from '../../main/net/http-failures.js';
import type { SocketTicket } from '../../main/panel/api.js';
import type { SessionLink } from '../../main/wings/api.js';
import { NodeAddresses } from '../../main/wings/node-addresses.js';
import { WingsSession } from '../../main/wings/session.js';
import { isTicketCall, type Entry, type RecordedSocket, type Recording } from './console-sessions.js';
import { FakeClock, settle } from './fake-clock.js';
import { anOrigin, FakeSocket, RecordingListener, RecordingLog } from './wings-session.js';

/** Problem that the panel client makes of a recorded refusal, with the fields that a session reads. */
export function problemOf(entry: Entry): Problem {
  const detail = JSON.stringify(entry.body);
  const next = 'Ask the host.';
  const codes: Record<number, Problem['code']> = { 403: 'forbidden', 404: 'not-found', 409: 'conflict' };
  const conditions = ['suspended', 'restoring', 'installation'] as const;
  const condition = conditions.find((word) => detail.includes(word));
  return {
    code: codes[entry.status ?? 0] ?? 'panel-error',
    message: verbatim(detail),
    next: verbatim(next),
    ...(condition === undefined
      ? {}
      : { condition: condition === 'installation' ? 'installing' : condition }),
  };
}

export interface Played {
  clock: FakeClock;
  listener: RecordingListener;
  session: WingsSession;
  sockets: FakeSocket[];
  /** Number of recorded frames delivered while the session listened to this socket. */
  frames: number;
  ticketCalls: number;
  link: SessionLink | undefined;
}

/**
 * Plays one recorded socket to a session: handshake, frames and close at their times, power signals and commands as the
 * recorded client sent them. Ends just before the recorded client closed. After a close by the node it continues for 15
 * s without a node that answers.
 */
export async function play(recording: Recording, recorded: RecordedSocket): Promise<Played> {
  const began = recorded.entries[0]?.t_ms ?? 0;
  const clock = new FakeClock(recording.beganAt + Math.round(began));
  const listener = new RecordingListener();
  const sockets: FakeSocket[] = [];
  const answered = recorded.entries.find((entry) => entry.dir === 'open');
  const handshake = answered?.status;
  const isRefused = handshake !== undefined && handshake !== 101;
  let ticketCalls = 0;
  const session = new WingsSession({
    serverUuid: recorded.serverUuid,
    origin: anOrigin,
    ticket: async () => {
      const time = clock.now() - recording.beganAt;
      return ticketCalls++ === 0 ? firstTicket(recording, recorded) : ticketAt(recording, recorded, time);
    },
    allowsUnencrypted: () => true,
    openSocket: (url, headers, events) => {
      const socket = new FakeSocket(url, headers, events);
      socket.answersPings = true;
      sockets.push(socket);
      if (sockets.length > 1) {
        clock.after(2, () => {
          if (isRefused) events.refused(handshake, answered?.headers ?? {});
          events.closed(1006, '');
        });
      }
      return socket;
    },
    addresses: new NodeAddresses(clock),
    clock,
    random: () => 0.95,
    log: new RecordingLog(),
    tell: listener.tell,
  });
  session.start();
  await settle();
  while (sockets.length === 0) await clock.advance(100);

  const result = (frames: number): Played => ({
    clock,
    listener,
    session,
    sockets,
    frames,
    ticketCalls,
    link: listener.lastLink,
  });
  const [socket] = sockets;
  const openedAt = clock.now();
  let frames = 0;
  if (socket === undefined) return result(frames);
  for (const entry of recorded.entries.slice(1)) {
    await clock.advance(Math.max(0, openedAt + Math.round(entry.t_ms - began) - clock.now()));
    if (entry.dir === 'close' && isByClient(recorded, entry)) return result(frames);
    if (entry.dir === 'in' && !socket.isClosed) frames++;
    deliver(entry, socket, session, recorded);
    await settle();
  }
  await clock.advance(15_000);
  return result(frames);
}

function deliver(entry: Entry, socket: FakeSocket, session: WingsSession, recorded: RecordedSocket): void {
  if (entry.dir === 'open') {
    if (entry.status === 101) socket.events.open();
    else socket.events.refused(entry.status ?? 0, entry.headers ?? {});
  } else if (entry.dir === 'in') {
    if (entry.frame === 'pong') socket.pong();
    else socket.events.message(entry.data ?? '');
  } else if (entry.dir === 'close') {
    const error = recorded.entries.find((other) => other.dir === 'error')?.data ?? '';
    const code = /E[A-Z]{4,}/.exec(error)?.[0] ?? '';
    socket.events.closed(entry.code ?? 1006, code === '' ? (entry.reason ?? '') : code, failureOf({ code }));
  } else if (entry.dir === 'out' && entry.frame === undefined && entry.binary !== true) {
    act(entry.data ?? '', session);
  }
}

/** Performs a recorded power signal or command through the session; the session does the rest on its own. */
function act(text: string, session: WingsSession): void {
  const frame = outSchema.safeParse(parseOrNull(text)).data;
  const word = frame?.args?.join('') ?? '';
  const signal = powerSignalSchema.safeParse(word).data;
  if (frame?.event === 'set state' && signal !== undefined) session.sendPower(signal);
  if (frame?.event === 'send command') session.sendCommand(word);
}

const outSchema = z.object({ event: z.string(), args: z.array(z.string()).optional() });

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether the recorded client or its library closed the socket; the node's close codes are known (PROTOCOL 4.9). */
function isByClient(recorded: RecordedSocket, { code = 1006, reason = '' }: Entry): boolean {
  if (code === 1006) return recorded.entries.some((entry) => entry.data === 'Server sent no subprotocol');
  return !(code === 1001 && reason !== '') && code !== 1009 && code !== 4409;
}

/** First token of the recorded socket; another token of the recording if the socket never authenticated. */
function firstTicket(recording: Recording, recorded: RecordedSocket): SocketTicket {
  const auth = recorded.entries.find((entry) => entry.dir === 'out' && entry.data?.includes('"auth"'));
  const label = outSchema.parse(JSON.parse(auth?.data ?? '{"event":""}')).args?.join('') ?? '';
  if (auth?.claims !== undefined) return { token: unsigned(auth.claims), url: recorded.url };
  if (label === hiddenToken) return { token: unsigned(usualClaims(recording, recorded)), url: recorded.url };
  const number = auth === undefined ? 1 : Number(/characters of token (\d+)/.exec(label)?.[1]);
  const call = recording.entries.find((entry) =>
    JSON.stringify(entry.body)?.includes(`<token ${String(number)}:`),
  );
  return {
    token: call?.claims === undefined ? label : unsigned(ownClaims(call, recorded)),
    url: recorded.url,
  };
}

/** Placeholder for tokens in the sessions of November 2026. */
const hiddenToken = '<jwt>';

/** Claims of an owner's token, issued at the start of the recording. */
function usualClaims(recording: Recording, recorded: RecordedSocket): Record<string, unknown> {
  const iat = Math.floor(recording.beganAt / 1000);
  return {
    server_uuid: recorded.serverUuid,
    permissions: ['*'],
    user_id: 2,
    iat,
    nbf: iat - 300,
    exp: iat + 600,
  };
}

/** A session uses only tokens of its own server; recordings with a foreign address borrow a token. */
function ownClaims(call: Entry, recorded: RecordedSocket): Record<string, unknown> {
  return { ...call.claims, server_uuid: recorded.serverUuid };
}

/**
 * Panel's answer at this time. A recorded answer holds from the last change before it (manual step, other request,
 * closed socket) until the next change; each request gets a new token.
 */
function ticketAt(recording: Recording, recorded: RecordedSocket, time: number): SocketTicket {
  const isChange = (entry: Entry): boolean =>
    entry.dir === 'note' || entry.dir === 'close' || (entry.dir === 'rest' && entry.method !== 'GET');
  const changes = recording.entries.filter(isChange).map((entry) => entry.t_ms);
  const since = Math.max(...changes.filter((at) => at <= time), 0);
  const until = Math.min(...changes.filter((at) => at > time), Infinity);
  const user = userOf(recording, recorded);
  const all = recording.entries.filter((entry) => isTicketCall(entry) && entry.as === user);
  const own = all.filter((entry) => entry.path?.includes(recorded.serverUuid));
  const calls = own.length > 0 ? own : all;
  const answer =
    calls.find((call) => call.t_ms >= since && call.t_ms < until) ??
    calls.findLast((call) => call.t_ms <= time) ??
    calls[0];
  // The recorder fetched its token earlier; the panel would issue the same claims again.
  if (answer === undefined) return firstTicket(recording, recorded);
  if (answer.status !== 200) throw new PerchError(problemOf(answer));
  const iat = Math.floor((recording.beganAt + time) / 1000);
  return { token: unsigned({ ...ownClaims(answer, recorded), iat, exp: iat + 600 }), url: recorded.url };
}

function userOf(recording: Recording, recorded: RecordedSocket): string {
  const auth = recorded.entries.find((entry) => entry.dir === 'out' && entry.data?.includes('"auth"'));
  const named = /<token \d+: (\w+)>/.exec(auth?.data ?? '')?.[1];
  return named ?? recording.entries.find(isTicketCall)?.as ?? '';
}

function unsigned(claims: Record<string, unknown>): string {
  return new UnsecuredJWT(claims).encode();
}

/** Live session on a fake clock, with sockets that a test plays by hand. */
import { UnsecuredJWT } from 'jose';
import type { PowerState } from '../../bridge/schema/domain.js';
import { spoken } from '../../messages/messages.js';
import type { SocketTicket } from '../../main/panel/api.js';
import type { OpenSocket, Socket, SocketEvents } from '../../main/base/network-ports.js';
import type { Log, Random } from '../../main/base/ports.js';
import type { LiveSession, SessionEvent, TellSessionEvent } from '../../main/wings/api.js';
import { NodeAddresses } from '../../main/wings/node-addresses.js';
import { WingsSession } from '../../main/wings/session.js';
import { FakeClock, settle } from './fake-clock.js';

export const aServerUuid = '11111111-1111-4111-8111-111111111111';
export const anOrigin = 'https://panel.example.com';
export const aSocketUrl = `wss://node.example.com:8080/api/servers/${aServerUuid}/ws`;

/** Token as a panel issues it, but unsigned: only the node could check a signature. */
export function aTicket(claims: Record<string, unknown> = {}, url = aSocketUrl): SocketTicket {
  const usual = { iat: 1000, exp: 1600, server_uuid: aServerUuid, permissions: ['*'] };
  return { token: new UnsecuredJWT({ ...usual, ...claims }).encode(), url };
}

export class FakeSocket implements Socket {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly events: SocketEvents;
  readonly sent: { event: string; args?: string[] }[] = [];
  pings = 0;
  isPaused = false;
  answersPings = true;
  isClosed = false;
  isReset = false;
  #lastMark = 0;

  constructor(url: string, headers: Record<string, string>, events: SocketEvents) {
    this.url = url;
    this.headers = headers;
    this.events = events;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as { event: string; args?: string[] });
  }

  ping(mark: number): void {
    this.pings++;
    this.#lastMark = mark;
    if (this.answersPings) queueMicrotask(() => this.pong());
  }

  /** Node answers all pending pings. */
  pong(): void {
    this.events.pong(this.#lastMark);
  }

  setPaused(paused: boolean): void {
    this.isPaused = paused;
  }

  close(): void {
    this.isClosed = true;
  }

  reset(): void {
    this.isClosed = true;
    this.isReset = true;
  }

  /** Delivers a frame from the node. */
  receive(event: string, ...args: string[]): void {
    this.events.message(`${JSON.stringify(args.length === 0 ? { event } : { event, args })}\n`);
  }

  sentEvents(): string[] {
    return this.sent.map((frame) => frame.event);
  }
}

/** Keeps the events of a session. */
export class RecordingListener {
  readonly events: SessionEvent[] = [];
  /** Runs after each event. */
  heard: TellSessionEvent = () => undefined;

  readonly tell: TellSessionEvent = (event) => {
    this.events.push(event);
    this.heard(event);
  };

  all<K extends SessionEvent['kind']>(kind: K): Extract<SessionEvent, { kind: K }>[] {
    return this.events.filter((event): event is Extract<SessionEvent, { kind: K }> => event.kind === kind);
  }

  get links() {
    return this.all('link').map(({ link }) => link);
  }
  get lastLink() {
    return this.links.at(-1);
  }
  get powers() {
    return this.all('power').map(({ power }) => power);
  }
  get usages() {
    return this.all('usage').map(({ usage }) => usage);
  }
  get allLines() {
    return this.all('lines').flatMap(({ lines }) => lines);
  }
  get crashes() {
    return this.all('crashed').map(({ crash }) => crash);
  }
  get permissionLists() {
    return this.all('permissions').map(({ permissions }) => permissions);
  }
  get notices() {
    return this.all('notice').map(({ text }) => spoken(text));
  }
  get noticesAbout() {
    return this.all('notice').map(({ about }) => about);
  }
  get unsureOf() {
    return this.all('unsure').map(({ sent }) => sent);
  }
  get symptoms() {
    return this.all('symptom').map(({ line, feature }) => ({ line, feature }));
  }
  get facts() {
    return this.all('happened').map(({ fact }) => fact);
  }
  get signalsRead() {
    return this.all('signal-read').length;
  }
  get changes() {
    return this.all('server-changed').length;
  }
  get deletions() {
    return this.all('deleted').length;
  }

  texts(): string[] {
    return this.allLines.map((line) => line.text);
  }
}

export class RecordingLog implements Log {
  readonly entries: { event: string; fields: Record<string, unknown> }[] = [];
  debug(event: string, fields: Record<string, unknown> = {}): void {
    this.entries.push({ event, fields });
  }
  info(event: string, fields: Record<string, unknown> = {}): void {
    this.entries.push({ event, fields });
  }
  warn(event: string, fields: Record<string, unknown> = {}): void {
    this.entries.push({ event, fields });
  }
  error(event: string, fields: Record<string, unknown> = {}): void {
    this.entries.push({ event, fields });
  }

  count(event: string): number {
    return this.entries.filter((entry) => entry.event === event).length;
  }
}

export interface SessionRig {
  clock: FakeClock;
  session: LiveSession;
  listener: RecordingListener;
  log: RecordingLog;
  sockets: FakeSocket[];
  /** Number of token requests to the panel. */
  ticketCalls: () => number;
  /** Socket that was opened last. */
  socket: () => FakeSocket;
}

/** `ticket` answers the panel's nth call (from 0); a thrown error is a refusal. */
export function aSession(
  options: {
    ticket?: (call: number) => SocketTicket | Promise<SocketTicket>;
    random?: Random;
    allowsUnencrypted?: () => boolean;
  } = {},
): SessionRig {
  const clock = new FakeClock();
  const listener = new RecordingListener();
  const log = new RecordingLog();
  const sockets: FakeSocket[] = [];
  const openSocket: OpenSocket = (url, headers, events) => {
    const socket = new FakeSocket(url, headers, events);
    sockets.push(socket);
    return socket;
  };
  let calls = 0;
  const answer = options.ticket ?? (() => aTicket());
  const session = new WingsSession({
    serverUuid: aServerUuid,
    origin: anOrigin,
    ticket: async () => answer(calls++),
    allowsUnencrypted: options.allowsUnencrypted ?? (() => false),
    openSocket,
    addresses: new NodeAddresses(clock),
    clock,
    random: options.random ?? (() => 0.5),
    log,
    tell: listener.tell,
  });
  return {
    clock,
    session,
    listener,
    log,
    sockets,
    ticketCalls: () => calls,
    socket: () => {
      const last = sockets.at(-1);
      if (last === undefined) throw new Error('No socket was opened.');
      return last;
    },
  };
}

/** Session that is connected and authenticated; `state` is the first status. */
export async function aLiveSession(
  options: Parameters<typeof aSession>[0] & { state?: PowerState } = {},
): Promise<SessionRig> {
  const rig = aSession(options);
  rig.session.start();
  await settle();
  await authenticate(rig.socket(), options.state ?? 'running');
  return rig;
}

/** Plays the usual start of a connection on a new socket. */
export async function authenticate(socket: FakeSocket, state: PowerState): Promise<void> {
  socket.events.open();
  socket.receive('auth success');
  socket.receive('status', state);
  await settle();
}

/** Arguments of all sent messages of this event. */
export function sent(socket: FakeSocket, event: string): (string | undefined)[] {
  return socket.sent.filter((frame) => frame.event === event).map(({ args }) => args?.[0]);
}

/** Fetches, sends and accepts a new token. */
export async function renew({ clock, socket }: SessionRig): Promise<void> {
  await clock.advance(1500);
  socket().receive('auth success');
  await clock.advance(250);
}

import { SignJWT } from 'jose';
import { WebSocket } from 'ws';
import { NodeRefusal, type Signal } from '../../sandbox/wings/api.js';
import { backupCall } from './replayed-backups.js';
import {
  echoesOf,
  skeletonOf,
  type RecordedClaims,
  type RecordedEntry,
  type Skeleton,
} from './wings-recording.js';
import { RIG_KEY, SECOND, SURVIVAL, TestSocket, type Frame, type WingsRig } from './wings-rig.js';

const PANEL = 'https://panel.example.com';
const STEP_MS = 8000;
const POLL_MS = 20;

/** Frames of one socket, recorded and played. */
export interface ReplayedSocket {
  name: string;
  recorded: Skeleton;
  played: Skeleton;
  recordedFrames: Frame[];
  playedFrames: Frame[];
}

/** Answers outside sockets: handshakes and REST. */
export interface ReplayedAnswer {
  what: string;
  recorded: string;
  played: string;
}

export interface ReplayOptions {
  /** Recorded game's commands that have another name in the sandbox. */
  words?: Readonly<Record<string, string>>;
  /** Console lines that appear only in some runs of this session. */
  chance?: RegExp;
}

interface Side {
  recorded: Frame[];
  played: Frame[];
  socket: TestSocket | null;
}

/**
 * Repeats the steps of a recorded session in the same order. Each step waits until the rig has sent as much as the
 * recording had at that point, or for 8 s. Original times are not kept.
 */
export class WingsReplay {
  readonly #rig: WingsRig;
  readonly #entries: readonly RecordedEntry[];
  readonly #words: Readonly<Record<string, string>>;
  readonly #chance: RegExp | null;
  readonly #sides = new Map<string, Side>();
  readonly #tokens = new Map<string, string>();
  readonly #typed = new Set<string>();
  readonly answers: ReplayedAnswer[] = [];
  readonly #uuid: string;
  readonly #beganSeconds: number;

  constructor(rig: WingsRig, entries: readonly RecordedEntry[], options: ReplayOptions = {}) {
    this.#rig = rig;
    // A REST request is recorded at its answer; its time says when it was sent.
    this.#entries = [...entries].sort((a, b) => a.t_ms - b.t_ms);
    this.#words = options.words ?? {};
    this.#chance = options.chance ?? null;
    this.#beganSeconds = Math.floor(Date.parse(entries[0]?.at ?? '') / 1000);
    const path = entries.find((entry) => entry.path !== undefined)?.path ?? '';
    this.#uuid = /servers\/([0-9a-f-]{36})/.exec(path)?.[1] ?? '';
  }

  async play(): Promise<ReplayedSocket[]> {
    for (const [index, entry] of this.#entries.entries()) {
      const name = entry.sock ?? '';
      if (entry.frame !== undefined) continue;
      if (entry.dir === 'in') this.#side(name).recorded.push(this.#recordedFrame(entry.data ?? ''));
      else if (entry.dir === 'connect') await this.#connect(name, entry, this.#entries.slice(index));
      else if (entry.dir === 'rest') await this.#rest(entry);
      else if (entry.dir === 'out') await this.#send(name, entry);
      else if (entry.dir === 'note' && entry.data === 'client closes 1000') {
        await this.#caughtUp();
        this.#side(name).socket?.raw.close(1000);
      }
    }
    await this.#caughtUp();
    return [...this.#sides].map(([name, { recorded, played }]) => ({
      name,
      recorded: this.#skeleton(recorded),
      played: this.#skeleton(played),
      recordedFrames: recorded,
      playedFrames: played,
    }));
  }

  #side(name: string): Side {
    const side = this.#sides.get(name) ?? { recorded: [], played: [], socket: null };
    this.#sides.set(name, side);
    return side;
  }

  #skeleton(frames: readonly Frame[]): Skeleton {
    const skeleton = skeletonOf(frames, this.#typed);
    const chance = this.#chance;
    if (chance !== null) skeleton.lines = skeleton.lines.filter((line) => !chance.test(line));
    return skeleton;
  }

  /** Recorded frame, translated to the commands and game of the rig. */
  #recordedFrame(data: string): Frame {
    const frame = JSON.parse(data) as Frame;
    const word = frame.event === 'console output' ? this.#words[frame.args?.[0] ?? ''] : undefined;
    return word === undefined ? frame : { ...frame, args: [word] };
  }

  /** Waits until every socket of the rig has received as many significant frames as the recording has so far. */
  async #caughtUp(): Promise<void> {
    const end = Date.now() + STEP_MS;
    while (Date.now() < end && !this.#isLevel()) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    // Surplus frames would arrive in this time.
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }

  /** Errors are counted over all sockets: of two concurrent actions, the node may refuse either. */
  #isLevel(): boolean {
    let missingErrors = 0;
    for (const { recorded, played } of this.#sides.values()) {
      const [wanted, got] = [this.#skeleton(recorded), this.#skeleton(played)];
      const [wantedErrors, gotErrors] = [errors(wanted), errors(got)];
      missingErrors += wantedErrors - gotErrors;
      if (got.events.length - gotErrors < wanted.events.length - wantedErrors) return false;
      if (got.lines.length < wanted.lines.length) return false;
      if (wanted.seesInstallation && !got.seesInstallation) return false;
    }
    return missingErrors <= 0;
  }

  async #connect(name: string, entry: RecordedEntry, following: readonly RecordedEntry[]): Promise<void> {
    const opened = following.find(({ dir, sock }) => dir === 'open' && (sock ?? '') === name);
    const path = (entry.data ?? '').replace(/^ws:\/\/[^/]+/, '').replace(this.#uuid, SURVIVAL);
    const headers = Object.fromEntries(
      Object.entries(entry.headers ?? {}).map(([header, value]) => [
        header,
        [value].flat().map((one) => one.replace(PANEL, this.#rig.panel.url)),
      ]),
    );
    const raw = new WebSocket(`${this.#rig.node.socketBase}${path}`, { headers: headers as never });
    const side = this.#side(name);
    side.socket = new TestSocket(raw, side.played);
    this.answers.push({
      what: `handshake ${path.replace(SURVIVAL, '<uuid>')} ${JSON.stringify(entry.headers)}`,
      recorded: answer(opened?.status, opened?.body, opened?.headers?.['content-type']),
      played: await handshake(raw),
    });
  }

  async #send(name: string, entry: RecordedEntry): Promise<void> {
    await this.#caughtUp();
    let data = entry.data ?? '';
    for (const [recorded, ours] of Object.entries(this.#words))
      data = data.replace(`"${recorded}"`, `"${ours}"`);
    for (const echo of echoesOf(data)) this.#typed.add(echo);
    const raw = this.#side(name).socket?.raw;
    if (raw?.readyState !== WebSocket.OPEN) return;
    raw.send(entry.binary === true ? Buffer.from(data, 'base64') : await this.#withTokens(data, entry));
  }

  async #rest(entry: RecordedEntry): Promise<void> {
    const path = entry.path ?? '';
    if (path.endsWith('/websocket') && entry.status === 200 && entry.claims !== undefined) {
      const label = /<token \d+: \w+>/.exec(JSON.stringify(entry.body))?.[0] ?? '';
      await this.#caughtUp();
      this.#tokens.set(label, await this.#issue(entry.claims));
      return;
    }
    const { signal, command } = typeof entry.request === 'object' ? entry.request : {};
    let act = backupCall(entry, this.#rig.node, SURVIVAL);
    if (entry.method === 'POST' && path.endsWith('/power') && signal !== undefined) {
      act = () => this.#rig.node.power(SURVIVAL, signal as Signal);
    } else if (entry.method === 'POST' && path.endsWith('/command') && command !== undefined) {
      // The panel trims commands sent over REST.
      const text = command.trim();
      act = () => this.#rig.node.command(SURVIVAL, text);
      for (const echo of echoesOf(JSON.stringify({ event: 'send command', args: [text] }))) {
        this.#typed.add(echo);
      }
    } else if (entry.method === 'POST' && path.endsWith('/reinstall') && !isOfPanel(entry.body)) {
      act = () => this.#rig.node.reinstall(SURVIVAL);
    }
    if (act === null) return;
    await this.#caughtUp();
    let played = entry.status;
    try {
      await act();
    } catch (cause) {
      if (!(cause instanceof NodeRefusal)) throw cause;
      played = cause.status;
    }
    this.answers.push({
      what: `${entry.method} ${path.replace(this.#uuid, '<uuid>')} ${JSON.stringify(entry.request ?? '')}`,
      recorded: String(entry.status),
      played: String(played),
    });
  }

  #issue(claims: RecordedClaims): Promise<string> {
    return this.#rig.node.issueToken({
      serverUuid: claims.server_uuid === this.#uuid ? SURVIVAL : SECOND,
      userUuid: claims.user_uuid,
      userId: claims.user_id,
      permissions: claims.permissions,
    });
  }

  /** Replaces the labels in a recording with tokens of the rig. */
  async #withTokens(data: string, { claims }: RecordedEntry): Promise<string> {
    let text = data.replace(/<token \d+: \w+>/g, (label) => this.#tokens.get(label) ?? label);
    const whole = this.#tokens.get('<token 1: owner>') ?? '';
    text = text
      .replace('<first 20 characters of token 1>', whole.slice(0, 20))
      .replace('<the next 180>', whole.slice(20, 200))
      .replace('<the rest>', whole.slice(200));
    const label = /<token: ([^>]*)>/.exec(text)?.[1];
    if (label === undefined) return text;
    return text.replace(`<token: ${label}>`, await this.#handMade(label, claims));
  }

  async #handMade(label: string, claims: RecordedClaims | undefined): Promise<string> {
    if (claims === undefined) return label === 'three dots' ? '...' : 'garbage';
    const key = label === 'signed with another key' ? 'another key, just as long' : RIG_KEY;
    const shift = Math.floor(Date.now() / 1000) - this.#beganSeconds;
    const moved: Record<string, unknown> = {
      ...claims,
      server_uuid: claims.server_uuid === this.#uuid ? SURVIVAL : SECOND,
    };
    for (const name of ['iat', 'nbf', 'exp'] as const) {
      const seconds = claims[name];
      if (seconds !== undefined) moved[name] = seconds + shift;
    }
    const token = await new SignJWT(moved)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(new TextEncoder().encode(key));
    const [header = '', payload = '', signature = ''] = token.split('.');
    if (label === 'signature damaged') return `${header}.${payload}.${[...signature].reverse().join('')}`;
    if (label === 'signature missing') return `${header}.${payload}.`;
    if (label === 'alg none') {
      return `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`;
    }
    return token;
  }
}

const errors = ({ events }: Skeleton) => events.filter((text) => text.startsWith('daemon error')).length;

/** Whether the panel answered without asking the node. */
function isOfPanel(body: unknown): boolean {
  return JSON.stringify(body ?? null).includes('ServerStateConflictException');
}

function answer(status: number | undefined, body: unknown, type: unknown): string {
  if (status === 101) return '101';
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
  return `${status} ${String(type)} ${text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')}`;
}

function handshake(raw: WebSocket): Promise<string> {
  return new Promise((resolve) => {
    raw.once('upgrade', () => resolve('101'));
    raw.once('unexpected-response', (_request, response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.once('end', () =>
        resolve(answer(response.statusCode, body, response.headers['content-type'])),
      );
    });
    raw.once('error', (cause) => resolve(cause.message));
  });
}

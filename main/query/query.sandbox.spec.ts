/** The contract of all protocols, against real UDP and TCP servers on loopback. */
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { QueryServers } from '../../tests/support/query-servers.js';
import { spoken, type Spoken } from '../../tests/support/spoken-queries.js';
import { queryProtocols, type QueryProtocolId } from '../../bridge/panel/query-protocols.js';
import { systemClock } from '../base/clock.js';
import { QueryFailure, type QueryPlace } from '../base/query-ports.js';
import { DialedQueryWire } from '../net/query-wire.js';
import { GameQuery } from './query.js';

const servers = new QueryServers();
afterEach(() => servers.close());

/** Answers of a PAC file. */
function query(route = 'DIRECT'): GameQuery {
  const wire = new DialedQueryWire({ resolve: () => Promise.resolve(route), forget: () => undefined });
  return new GameQuery({ wire, clock: systemClock, random: Math.random });
}

/** Limit of a query to a server that never answers; shorter than the query's own. */
const patience = (): AbortSignal => AbortSignal.timeout(700);
const never = new AbortController().signal;

async function failureOf(run: Promise<unknown>): Promise<string> {
  const caught = await run.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(caught instanceof QueryFailure)) throw new Error(`no failure but ${String(caught)}`);
  return caught.kind;
}

interface Habits {
  host?: string;
  answersElsewhere?: boolean;
  /** Questions that get lost on the way. */
  lost?: number;
  change?: (answer: Buffer) => readonly Buffer[];
}

/** A server that speaks the protocol. Resolves with its port. */
function serve({ carrier, greeting, respond }: Spoken, habits: Habits = {}): Promise<number> {
  const { host = '127.0.0.1', change = (answer): Buffer[] => [answer], answersElsewhere = false } = habits;
  let lost = habits.lost ?? 0;
  const answersTo = (asked: Buffer): Buffer[] => (respond(asked) ?? []).flatMap(change);
  if (carrier === 'udp')
    return servers.udp(
      (asked, send) => {
        if (lost-- <= 0) answersTo(asked).forEach(send);
      },
      { host, answersElsewhere },
    );
  return servers.tcp((socket) => {
    if (greeting !== undefined) change(Buffer.from(greeting)).forEach((piece) => socket.write(piece));
    let asked = Buffer.alloc(0);
    socket.on('data', (piece) => {
      asked = Buffer.concat([asked, Buffer.from(piece)]);
      const answers = answersTo(asked);
      answers.forEach((answer) => socket.write(answer));
      if (respond(asked) !== null) asked = Buffer.alloc(0);
    });
  }, host);
}

const onLoopback = (port: number): QueryPlace => ({ host: '127.0.0.1', port, mayBeHere: true });

describe.each(queryProtocols.map((id): [QueryProtocolId, Spoken] => [id, spoken[id]]))(
  '%s',
  (id, protocol) => {
    it('reads who is on', async () => {
      const { pingMs, ...answer } = await query().ask(id, onLoopback(await serve(protocol)), never);
      expect(answer).toEqual(protocol.expected);
      expect(pingMs).toBeGreaterThanOrEqual(0);
      expect(pingMs).toBeLessThan(5000);
    });

    it('works over IPv6', async () => {
      const port = await serve(protocol, { host: '::1' });
      expect(await query().ask(id, { host: '::1', port, mayBeHere: true }, never)).toMatchObject(
        protocol.expected,
      );
    });

    it('looks up names', async () => {
      const port = await serve(protocol);
      expect(await query().ask(id, { host: 'localhost', port, mayBeHere: true }, never)).toMatchObject(
        protocol.expected,
      );
    });

    it('reports silence of a server without an answer', async () => {
      const port = await serve(protocol, { change: () => [] });
      expect(await failureOf(query().ask(id, onLoopback(port), patience()))).toBe('silent');
    });

    it('reports a port without a listener', async () => {
      const port = await serve(protocol);
      await servers.close();
      expect(await failureOf(query().ask(id, onLoopback(port), never))).toBe('refused');
    });

    it('reads an answer in pieces of one byte, and refuses a shortened answer', async () => {
      const isStream = protocol.carrier === 'tcp';
      const port = await serve(protocol, {
        change: (answer) => (isStream ? [...answer].map((byte) => Buffer.of(byte)) : [answer.subarray(0, 7)]),
      });
      const asked = query().ask(id, onLoopback(port), never);
      if (isStream) expect(await asked).toMatchObject(protocol.expected);
      else expect(await failureOf(asked)).toBe('nonsense');
    });

    it('does not believe other services', async () => {
      const port = await serve(protocol, { change: () => [Buffer.from('SSH-2.0-OpenSSH_9.6\r\n')] });
      expect(await failureOf(query().ask(id, onLoopback(port), patience()))).toBe('nonsense');
    });

    it('stops at a flood', async () => {
      const junk = Buffer.alloc(20_000, 0x41);
      const port = await serve(protocol, { change: () => Array.from({ length: 100 }, () => junk) });
      expect(await failureOf(query().ask(id, onLoopback(port), patience()))).toBe('nonsense');
    });

    it('asks no address where no server can be', async () => {
      for (const host of ['169.254.169.254', '2852039166', '::ffff:169.254.169.254'])
        expect(await failureOf(query().ask(id, { host, port: 80 }, never))).toBe('closed');
    });

    it.each([
      ...['127.0.0.1', '127.1', '2130706433', '0x7f.1', '0', '0.0.0.0', '::', '::1', '0:0:0:0:0:0:0:1'],
      ...['localhost', 'localhost.', 'x.localhost', '::ffff:127.0.0.1', '::ffff:0:0'],
    ])('asks no game of this computer for a server elsewhere, as %s', async (host) => {
      const port = await serve(protocol);
      expect(await failureOf(query().ask(id, { host, port }, never))).toBe('closed');
    });

    it.each(['no-such-name.invalid', 'a b', 'user@127.0.0.1', '127.0.0.1/x', ''])(
      'knows no host %o',
      async (host) => {
        expect(await failureOf(query().ask(id, { host, port: 25_565 }, never))).toBe('unknown-host');
      },
    );

    it('ends with the wish to know', async () => {
      const stop = new AbortController();
      const port = await serve(protocol, { change: () => [] });
      const asked = failureOf(query().ask(id, onLoopback(port), stop.signal));
      stop.abort();
      expect(await asked).toBe('silent');
      expect(await failureOf(query().ask(id, onLoopback(port), stop.signal))).toBe('silent');
    });
  },
);

const over = (carrier: Spoken['carrier']): [QueryProtocolId, Spoken][] =>
  queryProtocols.flatMap((id) => (spoken[id].carrier === carrier ? [[id, spoken[id]]] : []));

describe.each(over('udp'))('%s over UDP', (id, protocol) => {
  it('repeats a lost question', async () => {
    const port = await serve(protocol, { lost: 1 });
    const { pingMs, ...answer } = await query().ask(id, onLoopback(port), never);
    expect(answer).toEqual(protocol.expected);
    expect(pingMs).toBeGreaterThanOrEqual(0);
  });

  it('believes only the asked port', async () => {
    const port = await serve(protocol, { answersElsewhere: true });
    expect(await failureOf(query().ask(id, onLoopback(port), patience()))).toBe('silent');
  });

  it('is not asked past a proxy', async () => {
    let asked = 0;
    const port = await servers.udp(() => (asked += 1));
    const proxied = query('PROXY 127.0.0.1:9; DIRECT');
    expect(await failureOf(proxied.ask(id, onLoopback(port), never))).toBe('no-udp');
    expect(asked).toBe(0);
  });
});

describe.each(over('tcp'))('%s over TCP', (id, protocol) => {
  /** A proxy that connects to loopback at every request. Resolves with its port. */
  async function serveProxy(port: number, seen: string[]): Promise<number> {
    return servers.tcp((socket) =>
      socket.once('data', (request) => {
        seen.push(request.toString().split('\r\n')[0] ?? '');
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        const server: Socket = connect(port, '127.0.0.1');
        socket.pipe(server).pipe(socket);
        socket.once('close', () => server.destroy());
      }),
    );
  }

  it('goes through the proxy, which looks up the name', async () => {
    const seen: string[] = [];
    const port = await serve(protocol);
    const proxied = query(`PROXY 127.0.0.1:${await serveProxy(port, seen)}`);
    expect(await proxied.ask(id, { host: 'play.invalid', port }, never)).toMatchObject(protocol.expected);
    expect([...new Set(seen)]).toEqual([`CONNECT play.invalid:${port} HTTP/1.1`]);
  });

  it('says that a proxy refuses the port', async () => {
    const proxy = await servers.tcp((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')),
    );
    const proxied = query(`PROXY 127.0.0.1:${proxy}`);
    expect(await failureOf(proxied.ask(id, { host: 'play.invalid', port: 25_565 }, never))).toBe('no-udp');
  });

  it('is silent about a port that closes at once, as behind a node whose game does not listen yet', async () => {
    const port = await servers.tcp((socket) => socket.destroy());
    expect(await failureOf(query().ask(id, onLoopback(port), never))).toBe('silent');
  });

  it('closes its connection', async () => {
    let close = (): void => undefined;
    const closed = new Promise<void>((resolve) => (close = resolve));
    const port = await servers.tcp((socket) => socket.once('data', () => undefined).once('close', close));
    await failureOf(query().ask(id, onLoopback(port), patience()));
    await closed;
  });
});

/** Peculiarities of real games that the contract of all protocols does not cover. */
import { describe, expect, it } from 'vitest';
import type { QueryProtocolId } from '../../bridge/panel/query-protocols.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import {
  bedrockPong,
  dynamicJson,
  sourceInfo,
  sourceParts,
  sourcePlayers,
  spoken,
  status,
  statusPacket,
  teamspeakInfo,
  type Spoken,
} from '../../tests/support/spoken-queries.js';
import { SpokenWire } from '../../tests/support/spoken-wire.js';
import { QueryFailure, type ByteStream, type QueryPlace } from '../base/query-ports.js';
import type { QueryAnswer } from './query-answer.js';
import { GameQuery } from './query.js';

const place = { host: 'play.example.com', port: 25_565 };
const never = new AbortController().signal;

/** The answer of a server that responds like this. */
function answerOf(id: QueryProtocolId, respond: Spoken['respond'], greeting?: string): Promise<QueryAnswer> {
  const wire = new SpokenWire({ ...spoken[id], respond, ...(greeting === undefined ? {} : { greeting }) });
  return new GameQuery({ wire, clock: new FakeClock(), random: () => 0.5 }).ask(id, place, never);
}

async function kindOf(run: Promise<unknown>): Promise<string> {
  const caught = await run.then(
    () => null,
    (error: unknown) => error,
  );
  return caught instanceof QueryFailure ? caught.kind : `no failure but ${String(caught)}`;
}

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('the status of Minecraft', () => {
  const of = (json: unknown): Promise<QueryAnswer> =>
    answerOf('minecraft-status', () => [statusPacket(JSON.stringify(json))]);

  it('asks by the host and port of the place', async () => {
    const questions: Buffer[] = [];
    const respond = (asked: Buffer) => {
      questions.push(asked);
      return [statusPacket(JSON.stringify(status))];
    };
    await answerOf('minecraft-status', respond);
    // 23 bytes: packet 0, version 47, 16 characters, the port 0x63dd, next state 1; then one byte: packet 0.
    expect(questions[0]?.toString('latin1')).toBe('\x16\x00\x2f\x10play.example.com\x63\xdd\x01\x01\x00');
  });

  it('has no names where the server hides them, and none if nobody is on', async () => {
    expect(await of({ ...status, players: { online: 3, max: 5 } })).toMatchObject({
      players: 3,
      names: null,
    });
    expect(await of({ ...status, players: { online: 0, max: 5 } })).toMatchObject({ players: 0, names: [] });
    expect(await of({ ...status, players: undefined })).toMatchObject({ players: null, names: null });
  });

  it('counts no figures that nobody can mean', async () => {
    const players = { online: -1, max: 2 ** 40, sample: [] };
    expect(await of({ ...status, players })).toMatchObject({ players: null, slots: null });
  });

  it.each([
    ['§cRed §lfox', 'Red fox'],
    [{ text: 'a', extra: ['b', { text: 'c', extra: [{ translate: 'd' }] }, 'e'] }, 'abcde'],
    [['a', { text: 'b' }], 'ab'],
    ['line one\nline two', 'line one line two'],
    [7, null],
    ['', null],
  ])('reads the title %j', async (description, title) => {
    expect((await of({ ...status, description })).title).toBe(title);
  });

  it('ends at a title without end', async () => {
    const json = `{"description":${'{"text":"y","extra":['.repeat(3000)}"x"${']}'.repeat(3000)}}`;
    expect((await answerOf('minecraft-status', () => [statusPacket(json)])).title).toHaveLength(200);
  });

  it('of every length differs from the answer of an old server', async () => {
    for (let length = 1; length < 600; length++)
      expect((await of({ ...status, favicon: 'x'.repeat(length) })).players).toBe(2);
  });

  it('follows a name without an address to where it sends players, but to no other server', async () => {
    class NamedWire extends SpokenWire {
      readonly places: string[] = [];
      override stream(to: QueryPlace): Promise<ByteStream> {
        this.places.push(`${to.host}:${to.port}`);
        return to.host === place.host ? Promise.reject(new QueryFailure('unknown-host')) : super.stream();
      }
      override minecraftService(): Promise<QueryPlace | null> {
        return Promise.resolve({ host: 'node.example.com', port: 25_570 });
      }
    }
    const wire = new NamedWire(spoken['minecraft-status']);
    const query = new GameQuery({ wire, clock: new FakeClock(), random: () => 0.5 });
    const at = (port: number) => query.ask('minecraft-status', { host: place.host, port }, never);
    expect(await at(25_570)).toMatchObject({ players: 2 });
    expect(wire.places).toEqual(['play.example.com:25570', 'node.example.com:25570']);
    expect(await kindOf(at(25_565))).toBe('unknown-host');
  });

  it('asks servers up to 1.6 in their own words', async () => {
    const text = utf16('§1\0' + ['61', '1.5.2', 'An §aold server', '3', '20'].join('\0'));
    const kick = Buffer.concat([Buffer.of(0xff, 0, text.length / 2), text]);
    const old = await answerOf('minecraft-status', () => [kick]);
    expect(old).toMatchObject({
      players: 3,
      slots: 20,
      version: '1.5.2',
      title: 'An old server',
      names: null,
    });
    const oldest = utf16('A server§0§8');
    const beta = await answerOf('minecraft-status', () => [
      Buffer.concat([Buffer.of(0xff, 0, oldest.length / 2), oldest]),
    ]);
    expect(beta).toMatchObject({ players: 0, slots: 8, version: null, title: 'A server', names: [] });
  });
});

describe('Bedrock', () => {
  const pong = (line: string) => answerOf('bedrock', (asked) => [bedrockPong(asked, line)]);

  it('of the education edition, without a world', async () => {
    expect(await pong('MCEE;Class;800;1.21;0;30')).toMatchObject({
      players: 0,
      slots: 30,
      title: 'Class',
      map: null,
    });
  });

  it('believes only the answer to its own ping', async () => {
    const run = answerOf('bedrock', (asked) => {
      const other = bedrockPong(asked, 'MCPE;Other;800;1.21;9;30');
      other[3] = 0x77;
      return [other];
    });
    expect(await kindOf(run)).toBe('silent');
  });

  it.each(['', 'MCPE', 'MCPE;a;1;1;many;2', 'HTTP;a;1;1;1;2'])('is no %j', async (line) => {
    expect(await kindOf(pong(line))).toBe('nonsense');
  });
});

describe('Source', () => {
  const info = Buffer.from(sourceInfo);
  const header = Buffer.alloc(4, 0xff);
  /** A server without challenges. */
  const server =
    (answers: { info?: readonly Buffer[]; players?: readonly Buffer[]; rules?: readonly Buffer[] }) =>
    (asked: Buffer): readonly Buffer[] => {
      if (asked[4] === 0x54) return answers.info ?? [info];
      return (asked[4] === 0x55 ? answers.players : answers.rules) ?? [];
    };
  /** The information with another app: its id, the tags and the flags behind the version. */
  const infoOf = (app: number, tags: string): Buffer =>
    Buffer.concat([
      header,
      Buffer.from('I\x11Harbor\0map\0folder\0game\0\0\0\xff\xff\0dl\0\0v1\0\x21', 'latin1'),
      Buffer.from(`${tags}\0`),
      Buffer.of(app & 255, (app >> 8) & 255, (app >> 16) & 255, 0, 0, 0, 0, 0),
    ]);

  it.each(['source', 'old', 'goldsrc'] as const)('joins the parts of an answer: %s', async (layout) => {
    const players = sourceParts(sourcePlayers, layout);
    const { names } = await answerOf('source', server({ players: [...players, ...players] }));
    expect(names?.map(({ name }) => name)).toEqual(['Anna', 'Bo']);
  });

  it('waits in vain for a missing part, and reads no compressed one', async () => {
    const parts = sourceParts(info).slice(0, 2);
    expect(await kindOf(answerOf('source', server({ info: parts })))).toBe('silent');
    const compressed = sourceParts(info).map((part) => Buffer.from(part));
    for (const part of compressed) part[7] = 0x80;
    expect(await kindOf(answerOf('source', server({ info: compressed })))).toBe('nonsense');
  });

  it('gives up on a server that only sends challenges', async () => {
    const challenge = Buffer.concat([header, Buffer.from('A1234')]);
    expect(await kindOf(answerOf('source', () => [challenge]))).toBe('nonsense');
  });

  it('counts only where the list of players is silent, nameless or a joke', async () => {
    const list = (...names: string[]): Buffer =>
      Buffer.concat([
        header,
        Buffer.of(0x44, names.length),
        ...names.map((name) => Buffer.concat([Buffer.from(`\0${name}\0`), Buffer.alloc(8)])),
      ]);
    for (const players of [[], [list('', '')], [list('Max Players')], [Buffer.from('ffffffff44', 'hex')]])
      expect(await answerOf('source', server({ players }))).toMatchObject({ players: 2, names: null });
  });

  it('believes the tags of Rust, and does not ask for names that Rust makes up', async () => {
    const answer = await answerOf(
      'source',
      server({ info: [infoOf(252_490, 'mp500,cp312,ptrak,qp0,v2511')], players: [sourcePlayers] }),
    );
    expect(answer).toMatchObject({ players: 312, slots: 500, names: null });
  });

  it('asks Squad for its password', async () => {
    const rules = Buffer.concat([
      header,
      Buffer.from('E\x02\0', 'latin1'),
      Buffer.from('GameMode_s\0AAS\0Password_b\0true\0'),
    ]);
    const asked = (told: readonly Buffer[]) =>
      answerOf('source', server({ info: [infoOf(393_380, '')], rules: told }));
    expect((await asked([rules])).hasPassword).toBe(true);
    expect((await asked([])).hasPassword).toBe(false);
  });
});

describe('FiveM', () => {
  it('hides the names if the list is closed', async () => {
    const http = (body: string) => [Buffer.from(`HTTP/1.1 200 OK\r\n\r\n${body}`)];
    const respond = (asked: Buffer) =>
      asked.toString().startsWith('GET /dynamic.json') ? http(dynamicJson) : http('Nope.');
    expect(await answerOf('fivem', respond)).toMatchObject({ players: 2, names: null });
    expect(await kindOf(answerOf('fivem', () => http('<html>')))).toBe('nonsense');
  });
});

describe('TeamSpeak', () => {
  const greeting = 'TS3\n\rWelcome.\n\r';
  const forbidden = 'error id=2568 msg=insufficient\\sclient\\spermissions\n\r';
  const server = (answers: Record<string, string>) => (asked: Buffer) => {
    const answer = answers[asked.toString().trim()];
    return answer === undefined ? null : [Buffer.from(answer)];
  };
  const ok = 'error id=0 msg=ok\n\r';

  it('counts where guests may not list the clients', async () => {
    const respond = server({ 'use 1': ok, serverinfo: `${teamspeakInfo}\n\r${ok}`, clientlist: forbidden });
    expect(await answerOf('teamspeak', respond, greeting)).toMatchObject({ players: 2, names: null });
  });

  it('says that guests may not ask', async () => {
    const respond = server({ 'use 1': ok, serverinfo: forbidden });
    expect(await kindOf(answerOf('teamspeak', respond, greeting))).toBe('nonsense');
  });
});

import { describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { longestRemoteRequest, remoteProtocol, type RemoteAnswer } from '../../bridge/schema/remote.js';
import { sentence } from '../../messages/messages.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import type { Call, RemoteHandlers } from './call.js';
import { ClientConnection } from './client-connection.js';

function aConversation(given: Partial<RemoteHandlers> = {}) {
  const answers: RemoteAnswer[] = [];
  const wire = { ended: false };
  const log = new FakeLog();
  const talk = new ClientConnection({
    handlers: { list: () => Promise.resolve({ servers: [] }), ...given } as RemoteHandlers,
    version: '1.2.3',
    language: () => 'de',
    log,
    wire: {
      write: (text, written) => {
        answers.push(JSON.parse(text) as RemoteAnswer);
        written?.();
      },
      end: () => (wire.ended = true),
    },
  });
  const say = async (...lines: unknown[]): Promise<void> => {
    for (const line of lines) talk.read(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
    await new Promise((next) => setImmediate(next));
  };
  const greet = (): Promise<void> =>
    say({
      id: 1,
      verb: 'hello',
      input: { protocol: remoteProtocol, client: { kind: 'person', name: 'perch' } },
    });
  return { talk, answers, wire, log, say, greet };
}

describe('a conversation', () => {
  it('greets and answers requests', async () => {
    const { answers, say, greet } = aConversation();
    await greet();
    await say({ id: 2, verb: 'list', input: {} });
    expect(answers).toEqual([
      { kind: 'done', id: 1, value: { protocol: remoteProtocol, version: '1.2.3', language: 'de' } },
      { kind: 'done', id: 2, value: { servers: [] } },
    ]);
  });

  it('cleans the name that a program gives itself', async () => {
    const names: string[] = [];
    const list: RemoteHandlers['list'] = (_input, { client }) => {
      names.push(client.name);
      return Promise.resolve({ servers: [] });
    };
    for (const name of ['Robot”. “You” stopped “Lobby', '\u3164\u2800']) {
      const { say } = aConversation({ list });
      const client = { kind: 'program', name };
      await say({ id: 1, verb: 'hello', input: { protocol: remoteProtocol, client } });
      await say({ id: 2, verb: 'list', input: {} });
    }
    expect(names).toEqual(['Robot . You stopped Lobby', 'A program']);
  });

  it('answers no request before the greeting, and none of another protocol', async () => {
    const { answers, say } = aConversation();
    const client = { kind: 'person', name: 'perch' };
    await say(
      { id: 1, verb: 'list', input: {} },
      { id: 2, verb: 'hello', input: { protocol: remoteProtocol + 1, client } },
    );
    expect(answers).toMatchObject([
      { kind: 'failed', id: 1, failure: { cause: 'usage' } },
      { kind: 'failed', id: 2, failure: { cause: 'failed' } },
    ]);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['null', 'null'],
    ['an id that is none', '{"id":"1","verb":"list","input":{}}'],
    ['what reaches for the prototype', '{"__proto__":{"id":1},"verb":"list"}'],
  ])('answers %s with a failure and continues', async (_what, line) => {
    const { answers, say, greet } = aConversation();
    await greet();
    await say(line, { id: 2, verb: 'list', input: {} });
    expect(answers.slice(1)).toMatchObject([
      { kind: 'failed', id: null, failure: { cause: 'usage' } },
      { kind: 'done', id: 2 },
    ]);
  });

  it.each(['constructor', '__proto__', 'toString', 'accounts.add', ''])('has no verb %s', async (verb) => {
    const { answers, say, greet } = aConversation();
    await greet();
    await say({ id: 2, verb, input: {} });
    expect(answers[1]).toMatchObject({ kind: 'failed', id: 2, failure: { cause: 'usage' } });
  });

  it('ends with a line that is too long', async () => {
    const { talk, answers, wire } = aConversation();
    talk.read('x'.repeat(longestRemoteRequest + 1));
    expect(answers).toMatchObject([{ kind: 'failed', id: null }]);
    expect(wire.ended).toBe(true);
    talk.read('{}\n');
    expect(answers).toHaveLength(1);
  });

  it('accepts a limited number of requests at once, each number once', async () => {
    const { answers, say, greet } = aConversation({ list: () => new Promise(() => undefined) });
    await greet();
    for (let id = 2; id < 40; id++) await say({ id, verb: 'list', input: {} });
    expect(answers.slice(1).map(({ id }) => id)).toEqual([34, 35, 36, 37, 38, 39]);
    await say({ id: 2, verb: 'list', input: {} });
    expect(answers.at(-1)).toMatchObject({ kind: 'failed', id: 2 });
  });

  it('sends events until the client cancels', async () => {
    const calls: Call<'status'>[] = [];
    const { answers, say, greet } = aConversation({
      status: async (_input, call) => {
        calls.push(call);
        call.event({ servers: [] });
        await call.ended;
        return { servers: [] };
      },
    });
    await greet();
    await say({ id: 2, verb: 'status', input: { names: [], watch: true } });
    expect(answers.at(-1)).toEqual({ kind: 'event', id: 2, event: { servers: [] } });
    await say({ id: 2, cancel: true });
    expect(answers.at(-1)).toEqual({ kind: 'done', id: 2, value: { servers: [] } });
    calls[0]?.event({ servers: [] });
    expect(answers).toHaveLength(3);
  });

  it('ends running requests when the client is gone', async () => {
    let isOver = false;
    const { talk, say, greet } = aConversation({
      status: (_input, call) =>
        call.ended.then(() => {
          isOver = true;
          return { servers: [] };
        }),
    });
    await greet();
    await say({ id: 2, verb: 'status', input: { names: [], watch: true } });
    talk.close();
    await new Promise((next) => setImmediate(next));
    expect(isOver).toBe(true);
  });

  it("passes on Perch's problems, and hides the text of its own errors", async () => {
    const problem = {
      code: 'forbidden',
      message: sentence('remote.refused'),
      next: sentence('remote.refused-next'),
    } as const;
    let thrown: Error = new PerchError(problem);
    const { answers, log, say, greet } = aConversation({ list: () => Promise.reject(thrown) });
    await greet();
    await say({ id: 2, verb: 'list', input: {} });
    thrown = new Error('a secret place');
    await say({ id: 3, verb: 'list', input: {} });
    expect(answers[1]).toMatchObject({ failure: { cause: 'refused' } });
    expect(answers[2]).toMatchObject({ failure: { cause: 'failed' } });
    expect(JSON.stringify(answers)).not.toContain('secret');
    expect(log.text).toContain('secret');
  });

  it('ignores the cancellation of an unknown request', async () => {
    const { answers, say, greet } = aConversation();
    await greet();
    await say({ id: 9, cancel: true }, { id: 2, verb: 'list', input: {} });
    expect(answers[1]).toMatchObject({ kind: 'done', id: 2 });
  });

  it('refuses an input of another form, and answers nothing that was not agreed', async () => {
    const servers = [{ name: 'only a name' }] as never;
    const { answers, log, say, greet } = aConversation({ list: () => Promise.resolve({ servers }) });
    await greet();
    await say({ id: 2, verb: 'status', input: { names: 'all', watch: false } });
    await say({ id: 3, verb: 'list', input: {} });
    expect(answers.slice(1)).toMatchObject([
      { kind: 'failed', id: 2, failure: { cause: 'usage' } },
      { kind: 'failed', id: 3, failure: { cause: 'failed' } },
    ]);
    expect(log.lines).toHaveLength(1);
    expect(log.text).toMatch(/remote\.failed .*"list"/);
  });

  it('names its version to a client of another version', async () => {
    const { answers, say } = aConversation();
    const client = { kind: 'person', name: 'perch' };
    await say({ id: 2, verb: 'hello', input: { protocol: remoteProtocol + 1, client } });
    expect(answers[0]).toMatchObject({ failure: { message: expect.stringContaining('1.2.3') as string } });
  });

  it('leaves the name of a person as the client gives it', async () => {
    const names: string[] = [];
    const { say } = aConversation({
      list: (_input, { client }) => {
        names.push(client.name);
        return Promise.resolve({ servers: [] });
      },
    });
    const client = { kind: 'person', name: 'a “person”' };
    await say({ id: 1, verb: 'hello', input: { protocol: remoteProtocol, client } });
    await say({ id: 2, verb: 'list', input: {} });
    expect(names).toEqual(['a “person”']);
  });

  it('knows of each request whether its client still waits', async () => {
    const calls: Call<'list'>[] = [];
    const { say, greet, talk, answers } = aConversation({
      list: (_input, call) => {
        calls.push(call);
        return call.ended.then(() => ({ servers: [] }));
      },
    });
    await greet();
    await say({ id: 2, verb: 'list', input: {} });
    expect(calls[0]?.isEnded).toBe(false);
    talk.close();
    await new Promise((next) => setImmediate(next));
    expect(calls[0]?.isEnded).toBe(true);
    expect(answers).toHaveLength(1);
    await say({ id: 3, verb: 'list', input: {} });
    expect(calls).toHaveLength(1);
  });

  it('allows a finished number again, but no number in use', async () => {
    let finish = (): void => undefined;
    const { answers, say, greet } = aConversation({
      list: () => new Promise((resolve) => (finish = () => resolve({ servers: [] }))),
    });
    await greet();
    await say({ id: 2, verb: 'list', input: {} });
    await say({ id: 2, verb: 'list', input: {} });
    await say({ id: 2, verb: 'list', input: {} });
    expect(answers.slice(1).map(({ kind }) => kind)).toEqual(['failed', 'failed']);
    finish();
    await say();
    await say({ id: 2, verb: 'list', input: {} });
    finish();
    await say();
    expect(answers.slice(3).map(({ kind }) => kind)).toEqual(['done', 'done']);
  });
});

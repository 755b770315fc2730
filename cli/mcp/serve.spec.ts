/** A program's conversation with `perch mcp`, which asks a Perch that listens. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { say, speak } from '../../messages/messages.js';
import { ListeningPerch } from '../../tests/support/listening-perch.js';
import { mcpProgram } from '../../tests/support/mcp-program.js';
import type { Context } from '../context.js';
import { tools } from './tools.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

const often = { interval: 1, timeout: 20_000 };

let dataFolder: string;
let perch: ListeningPerch;
let end: () => Promise<void>;

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'perch-mcp-'));
  perch = new ListeningPerch(dataFolder);
  end = () => Promise.resolve();
});

afterEach(async () => {
  await end();
  await perch.close();
  speak(() => 'en');
  await removeFolder(dataFolder);
});

function program(fields: Partial<Context> = {}, name?: object) {
  const made = mcpProgram(dataFolder, fields, name);
  end = made.end;
  return made;
}

describe('perch mcp', () => {
  it('names itself and its tools, and marks the tools that make changes', async () => {
    const { greet, ask } = program();
    expect((await greet()).serverInfo).toEqual({ name: 'perch', version: '1.2.3' });
    const { tools: offered = [] } = await ask('tools/list');
    expect(offered.map(({ name }) => name)).toEqual(Object.keys(tools));
    const hints = Object.fromEntries(offered.map(({ name, annotations }) => [name, annotations]));
    const reads = { readOnlyHint: true, destructiveHint: false, openWorldHint: false };
    expect(hints).toMatchObject({ list: reads, startup: reads });
    const changes = { readOnlyHint: false, destructiveHint: true, openWorldHint: false };
    expect(hints).toMatchObject({ power: changes, send: changes });
    const power = offered.find(({ name }) => name === 'power');
    expect(power?.inputSchema).toMatchObject({
      required: ['server', 'signal'],
      properties: { signal: { enum: ['start', 'stop', 'restart', 'kill'] } },
    });
    expect(perch.received).toEqual([]);
  });

  it.each([
    [{ name: 'robot', title: 'Robot' }, 'Robot'],
    [{ name: 'robot' }, 'robot'],
    [{ name: 'r'.repeat(300) }, 'r'.repeat(200)],
  ])('asks Perch in the name of the program %j, over one connection', async (info, name) => {
    await perch.listen();
    perch.answers['list'] = { value: { servers: [] } };
    const { greet, call } = program({}, info);
    await greet();
    expect(await call('list')).toEqual({ text: '{"servers":[]}', isError: false });
    await call('list');
    expect(perch.received.map(({ verb }) => verb)).toEqual(['hello', 'list', 'list']);
    expect(perch.received[0]?.input).toMatchObject({ client: { kind: 'program', name } });
  });

  it('connects again after Perch has ended, and closes the connection at the end of the input', async () => {
    await perch.listen();
    perch.answers['list'] = { value: { servers: [] } };
    const { greet, call } = program();
    await greet();
    await call('list');
    perch.drop();
    await vi.waitFor(() => expect(perch.clients).toBe(0), often);
    await vi.waitFor(async () => expect((await call('list')).isError).toBe(false), often);
    expect(perch.clients).toBe(1);
    await end();
    await vi.waitFor(() => expect(perch.clients).toBe(0), often);
  });

  it('returns the failure, the next step, and the servers that may be meant', async () => {
    await perch.listen();
    const failure = { cause: 'no-server' as const, message: 'There is none.', next: '', candidates: ['A/B'] };
    perch.answers['status'] = { failure };
    const { greet, call } = program();
    await greet();
    expect(await call('status', { servers: ['X'] })).toEqual({ text: 'There is none.\nA/B', isError: true });
    perch.answers['status'] = { failure: { cause: 'refused', message: 'No.', next: 'Ask.' } };
    expect(await call('status')).toEqual({ text: 'No.\nAsk.', isError: true });
    expect(await call('erase')).toEqual({ text: 'Error: There is no tool erase.', isError: true });
  });

  it('reports that no Perch runs, and tries again with the next call', async () => {
    const { greet, call } = program();
    await greet();
    expect(await call('list')).toMatchObject({ isError: true });
    await perch.listen();
    perch.answers['list'] = { value: { servers: [] } };
    expect(await call('list')).toMatchObject({ isError: false });
  });

  it.each([
    ['de', 'de'],
    ['xx', 'en'],
  ] as const)('speaks the language of Perch (%s)', async (language, spoken) => {
    await perch.listen();
    perch.language = language;
    perch.answers['list'] = { value: { servers: [] } };
    const { greet, call } = program();
    await greet();
    await call('list');
    const now = say('command-line.usage');
    speak(() => spoken);
    expect(say('command-line.usage')).toBe(now);
  });

  it('cancels a request in Perch when the program cancels it', async () => {
    await perch.listen();
    const { greet, tell } = program();
    await greet();
    tell({
      id: 99,
      method: 'tools/call',
      params: { name: 'power', arguments: { server: 'A', signal: 'stop' } },
    });
    await vi.waitFor(() => expect(perch.received).toHaveLength(2), often);
    tell({ method: 'notifications/cancelled', params: { requestId: 99, reason: 'enough' } });
    await vi.waitFor(() => expect(perch.received[2]).toEqual({ id: 2, cancel: true }), often);
  });

  it('ends if the input breaks', async () => {
    const { greet, over, input } = program();
    await greet();
    input.emit('error', new Error('broken'));
    await over;
  });
});

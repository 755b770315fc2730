import { PassThrough } from 'node:stream';
import { expect, vi } from 'vitest';
import type { Context } from '../../cli/context.js';
import { serveMcp } from '../../cli/mcp/serve.js';

interface Message {
  readonly id?: number;
  readonly result?: {
    readonly content?: { readonly text: string }[];
    readonly isError?: boolean;
    readonly serverInfo?: unknown;
    readonly tools?: { name: string; annotations: unknown; inputSchema: { required?: string[] } }[];
  };
}

const often = { interval: 1, timeout: 20_000 };

/** A program that talks to `perch mcp`, which asks the Perch of this data folder. */
export function mcpProgram(
  dataFolder: string,
  fields: Partial<Context> = {},
  name: object = { name: 'robot' },
) {
  const input = new PassThrough();
  const said: Message[] = [];
  const terminal = {
    out: (text: string) => void said.push(JSON.parse(text) as Message),
    err: () => undefined,
    readLine: () => '',
    readAll: () => '',
    isShown: false,
    canAsk: false,
    hasColours: false,
  };
  const context = { words: [], version: '1.2.3', dataFolder, refused: null, launch: null, terminal };
  const over = serveMcp({ ...context, ...fields }, { mayStart: false, input });
  const tell = (message: object): void =>
    void input.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  let id = 0;
  const ask = async (method: string, params: object = {}): Promise<NonNullable<Message['result']>> => {
    const own = (id += 1);
    tell({ id: own, method, params });
    await vi.waitFor(() => expect(said.some((message) => message.id === own)).toBe(true), often);
    return said.find((message) => message.id === own)?.result ?? {};
  };
  const greet = () =>
    ask('initialize', {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { version: '1', ...name },
    });
  const call = async (tool: string, given: object = {}) => {
    const { content, isError = false } = await ask('tools/call', { name: tool, arguments: given });
    return { text: content?.map(({ text }) => text).join('\n') ?? '', isError };
  };
  const end = async (): Promise<void> => {
    input.end();
    await over;
  };
  return { greet, call, ask, tell, over, input, end };
}

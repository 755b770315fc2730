/** `perch mcp`: the verbs as a server of the Model Context Protocol on standard input and output. */
import { createReadStream } from 'node:fs';
import { Writable, type Readable } from 'node:stream';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema, type Tool } from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import { RemoteError } from '../../bridge/remote/remote-error.js';
import { speakAs } from '../language.js';
import { PerchConnection } from '../connection.js';
import type { Context } from '../context.js';
import { reachPerch } from '../reach-perch.js';
import { tools, useTool } from './tools.js';

/** Ends when the calling program closes the input. */
export async function serveMcp(
  context: Context,
  { mayStart, input = standardInput() }: { mayStart: boolean; input?: Readable },
): Promise<void> {
  // `Server`, not the SDK's `McpServer`, which needs a second schema library and is three times the size.
  const server = new Server({ name: 'perch', version: context.version }, { capabilities: { tools: {} } });
  const perch = new Reached(context, mayStart, () => nameOf(server));
  offer(server, perch);
  const output = new Writable({
    decodeStrings: false,
    write: (text: string, _encoding, done) => {
      context.terminal.out(text);
      done();
    },
  });
  const over = new Promise<void>((resolve) => {
    input.on('end', resolve);
    input.on('error', () => resolve());
    server.onclose = resolve;
  });
  await server.connect(new StdioServerTransport(input, output));
  await over;
  perch.close();
}

/** Uses a file descriptor, like all code of this thread (REMOTE "Client"). */
function standardInput(): Readable {
  return createReadStream('', { fd: 0, autoClose: false });
}

const offered: Tool[] = Object.entries(tools).map(([name, { title, description, input, changes }]) => ({
  name,
  title,
  description,
  inputSchema: z.toJSONSchema(input) as Tool['inputSchema'],
  annotations: { readOnlyHint: !changes, destructiveHint: changes, openWorldHint: false },
}));

function offer(server: Server, perch: Reached): void {
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: offered }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    // The program may have cancelled while Perch was being reached.
    const onBegun = (cancel: () => void): void => {
      if (signal.aborted) cancel();
      else signal.addEventListener('abort', cancel, { once: true });
    };
    try {
      const value = await useTool(params, { perch: () => perch.connection(), onBegun });
      return { content: [{ type: 'text', text: JSON.stringify(value) }] };
    } catch (error) {
      return { content: [{ type: 'text', text: wordsOf(error) }], isError: true };
    }
  });
}

function wordsOf(error: unknown): string {
  if (!(error instanceof RemoteError)) return String(error);
  const { message, next, candidates = [] } = error.failure;
  return [message, next, ...candidates].filter((line) => line !== '').join('\n');
}

/** Name that the program gives itself; Perch shows it to the user. */
function nameOf(server: Server): string {
  const client = server.getClientVersion();
  return (client?.title ?? client?.name ?? '').slice(0, 200);
}

/** Connection to Perch, made at first need and again after a restart of Perch. */
class Reached {
  #open: Promise<PerchConnection> | null = null;

  constructor(
    private readonly context: Context,
    private readonly mayStart: boolean,
    private readonly name: () => string,
  ) {}

  async connection(): Promise<PerchConnection> {
    const open = await this.#open?.catch(() => null);
    if (open?.isOpen === true) return open;
    this.#open = this.#reach();
    return this.#open;
  }

  close(): void {
    void this.#open?.then((connection) => connection.close()).catch(() => undefined);
  }

  async #reach(): Promise<PerchConnection> {
    const client = { kind: 'program', name: this.name() } as const;
    const connection = await reachPerch(this.context, { client, mayStart: this.mayStart });
    await speakAs(connection.language);
    return connection;
  }
}

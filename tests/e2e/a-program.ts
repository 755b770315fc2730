import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { resolve } from 'node:path';
import { electronPath } from './perch.js';

const root = resolve(import.meta.dirname, '../..');

/** Program that speaks MCP, with the SDK's own client. */
export async function aProgram(env: Record<string, string | undefined>, dataFolder: string, name: string) {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const known = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const transport = new StdioClientTransport({
    command: electronPath(),
    args: [...asRoot, root, 'mcp', '--no-start'],
    env: { ...Object.fromEntries(known), PERCH_DATA: dataFolder },
    stderr: 'ignore',
  });
  const client = new Client({ name, version: '1.0.0' });
  await client.connect(transport);
  const call = async (tool: string, input: Record<string, unknown> = {}) => {
    // The SDK gives up after a minute, which is hardly longer than a question of Perch is open.
    const answer = await client.callTool({ name: tool, arguments: input }, undefined, { timeout: 180_000 });
    const [content] = answer.content as { text: string }[];
    return { isError: answer.isError === true, text: content?.text ?? '' };
  };
  const read = async (tool: string, input: Record<string, unknown> = {}): Promise<unknown> =>
    JSON.parse((await call(tool, input)).text);
  return { client, call, read };
}

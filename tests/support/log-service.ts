/** Plays the log service mclo.gs on loopback: keeps texts, and deletes them for whoever has the token. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface KeptLog {
  readonly content: string;
  readonly token: string;
}

export interface LogService {
  /** Address for the setting `logService`. */
  readonly url: string;
  /** Logs by their id. */
  readonly logs: ReadonlyMap<string, KeptLog>;
  stop(): Promise<void>;
}

export async function startLogService(): Promise<LogService> {
  const logs = new Map<string, KeptLog>();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const id = /^\/1\/log\/(\w+)$/.exec(request.url ?? '')?.[1] ?? '';
    const log = logs.get(id);
    if (request.method === 'POST' && request.url === '/1/log') {
      const { content } = JSON.parse(await textOf(request)) as { content?: string };
      if (content === undefined || content === '')
        return send(400, { success: false, error: 'Required field "content" is empty.' });
      const own = randomBytes(4).toString('hex');
      const token = randomBytes(32).toString('hex');
      logs.set(own, { content, token });
      return send(200, { success: true, id: own, url: `${url}/${own}`, raw: `${url}/1/raw/${own}`, token });
    }
    if (request.method !== 'DELETE' || log === undefined)
      return send(404, { success: false, error: 'Log not found.' });
    if (request.headers.authorization !== `Bearer ${log.token}`)
      return send(403, { success: false, error: 'Invalid token.' });
    logs.delete(id);
    send(200, { success: true });
  }

  return {
    url,
    logs,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString();
}

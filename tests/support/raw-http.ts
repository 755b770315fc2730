import { request } from 'node:http';

export interface RawAnswer {
  status: number;
  /** Lower-case names; only `set-cookie` may have several values. */
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Sends exactly these headers plus Host and Content-Length; follows no redirects. */
export function rawRequest(
  base: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string | Buffer | null,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text: Buffer.concat(parts).toString('utf8'),
        }),
      );
    });
    sent.on('error', reject);
    if (body !== null) sent.setHeader('content-length', Buffer.byteLength(body));
    sent.end(body ?? undefined);
  });
}

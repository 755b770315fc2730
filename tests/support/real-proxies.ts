/** Minimal proxies on loopback. Every host name leads to loopback, so a test may use any name. */
import { createServer as createHttpServer } from 'node:http';
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';

export interface RunningProxy {
  /** `127.0.0.1:<port>` */
  readonly address: string;
  /** Requested targets as `host:port`. */
  readonly asked: string[];
  stop(): Promise<void>;
}

export interface ProxyRules {
  /** Login that the proxy requires; undefined = open to everybody. */
  login?: { user: string; password: string };
  /** True = refuses every connection. */
  refuses?: boolean;
}

/** Starts a proxy that knows CONNECT only. */
export async function startConnectProxy({ login, refuses = false }: ProxyRules = {}): Promise<RunningProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createHttpServer((_request, response) => response.writeHead(405).end());
  const wanted =
    login === undefined
      ? undefined
      : `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
  server.on('connect', ({ url = '', headers }, client: Socket, head): void => {
    sockets.add(client);
    client.on('error', () => undefined);
    if (wanted !== undefined && headers['proxy-authorization'] !== wanted) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
      return;
    }
    asked.push(url);
    if (refuses) {
      client.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const target = connect(Number(url.split(':').at(-1)), '127.0.0.1');
    sockets.add(target);
    target.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    target.once('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) target.write(head);
      target.pipe(client).pipe(target);
    });
  });
  return running(server, asked, sockets);
}

/** Starts a SOCKS 5 proxy for host names only, with or without a login (RFC 1928, 1929). */
export async function startSocksProxy({ login, refuses = false }: ProxyRules = {}): Promise<RunningProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const method = login === undefined ? 0 : 2;
  const server = createTcpServer((client) => {
    sockets.add(client);
    client.on('error', () => undefined);
    const connectTo = (request: Buffer): void => {
      const place = placeIn(request);
      asked.push(`${place.host}:${place.port}`);
      if (refuses) return void client.end(Buffer.from([5, 2, 0, 1, 0, 0, 0, 0, 0, 0]));
      const target = connect(place.port, '127.0.0.1');
      sockets.add(target);
      target.on('error', () => client.end(Buffer.from([5, 5, 0, 1, 0, 0, 0, 0, 0, 0])));
      target.once('connect', () => {
        client.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
        target.pipe(client).pipe(target);
      });
    };
    const checkLogin = (answer: Buffer): void => {
      const user = answer.subarray(2, 2 + (answer[1] ?? 0)).toString();
      const password = answer.subarray(3 + user.length).toString();
      if (user !== login?.user || password !== login.password) return void client.end(Buffer.from([1, 1]));
      client.once('data', connectTo);
      client.write(Buffer.from([1, 0]));
    };
    client.once('data', (greeting: Buffer) => {
      const fits = greeting.subarray(2).includes(method);
      if (fits) client.once('data', method === 0 ? connectTo : checkLogin);
      client.write(Buffer.from([5, fits ? method : 255]));
    });
  });
  return running(server, asked, sockets);
}

function placeIn(request: Buffer): { host: string; port: number } {
  const isName = request[3] === 3;
  const end = isName ? 5 + (request[4] ?? 0) : 8;
  const host = isName ? request.subarray(5, end).toString() : [...request.subarray(4, 8)].join('.');
  return { host, port: request.readUInt16BE(end) };
}

async function running(server: Server, asked: string[], sockets: Set<Socket>): Promise<RunningProxy> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

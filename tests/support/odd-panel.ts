import {
  createServer as createHttpServer,
  request,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { presentedOn, selfSigned } from './tls-front.js';

type Answer = (incoming: IncomingMessage, response: ServerResponse) => void;

const html = (status: number, body: string): Answer => {
  return (_incoming, response) => {
    response
      .writeHead(status, { 'content-type': 'text/html' })
      .end(`<!doctype html><title>Site</title>${body}`);
  };
};

/** Addresses that people type by mistake, and panels that misbehave. */
export const oddities = {
  /** Web page of a site that is no panel. */
  html: html(200, '<h1>Welcome to my site</h1>'),
  /** Panel's answer to a request without a valid key and JSON Accept header (PROTOCOL 1.3). */
  login: (incoming, response) => {
    response.writeHead(302, { location: `http://${incoming.headers.host ?? ''}/auth/login` }).end();
  },
  json: (_incoming, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok","version":3}');
  },
  /** Panel's answer to an application key on the client API (PROTOCOL 3.2). */
  applicationKey: (_incoming, response) => {
    const errors = [
      {
        code: 'AccessDeniedHttpException',
        status: '403',
        detail:
          'You are attempting to use an application API key on an endpoint that requires a client API key.',
      },
    ];
    response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify({ errors }));
  },
  silent: () => undefined,
} satisfies Record<string, Answer>;

export interface RunningPanel {
  readonly url: string;
  /** All received Authorization headers. */
  readonly authorizations: string[];
  stop(): Promise<void>;
}

export function startOddPanel(kind: keyof typeof oddities): Promise<RunningPanel> {
  return listen((answer) => createHttpServer(answer), 'http', oddities[kind]);
}

/** `target` behind TLS with a self-signed certificate. */
export async function startSelfSigned(
  target: string,
): Promise<RunningPanel & { renew(): Promise<string>; fingerprint: string; spokenTo: readonly string[] }> {
  const first = await selfSigned();
  let current = first.fingerprint;
  const spokenTo: string[] = [];
  const forwarding = forward(target, (body) => body);
  const server = createHttpsServer(first);
  // A handshake in progress during a renewal ends with the old certificate.
  server.on('secureConnection', (socket) => {
    if (presentedOn(socket) !== current) socket.destroy();
  });
  server.on('request', ({ socket }) => spokenTo.push(presentedOn(socket as TLSSocket)));
  const panel = await listen((answer) => server.on('request', answer), 'https', forwarding);
  return {
    ...panel,
    fingerprint: first.fingerprint,
    /** Fingerprints of the certificates that requests came over. */
    spokenTo,
    /** Switches to another certificate, as after a renewal; returns its fingerprint. */
    async renew() {
      const next = await selfSigned();
      current = next.fingerprint;
      server.setSecureContext(next);
      server.closeAllConnections();
      return next.fingerprint;
    },
  };
}

/** `target` with rewritten bodies: a panel with hostile texts about real servers. */
export function startTamperedPanel(
  target: string,
  tamper: (body: string, path: string) => string,
): Promise<RunningPanel> {
  return listen((answer) => createHttpServer(answer), 'http', forward(target, tamper));
}

function forward(target: string, tamper: (body: string, path: string) => string): Answer {
  return (incoming, response) => {
    const path = incoming.url ?? '/';
    const headers = { ...incoming.headers, host: new URL(target).host };
    const onward = request(new URL(path, target), { method: incoming.method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const kept = { ...answer.headers };
        delete kept['content-length'];
        delete kept['transfer-encoding'];
        const body = Buffer.concat(chunks).toString('utf8');
        response.writeHead(answer.statusCode ?? 502, kept).end(body === '' ? '' : tamper(body, path));
      });
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  };
}

async function listen(
  make: (answer: Answer) => Server & { closeAllConnections(): void },
  scheme: string,
  answer: Answer,
): Promise<RunningPanel> {
  const authorizations: string[] = [];
  const server = make((incoming, response) => {
    if (incoming.headers.authorization !== undefined) authorizations.push(incoming.headers.authorization);
    answer(incoming, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    authorizations,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

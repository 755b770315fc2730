/**
 * Types of three inner files of undici. Importing undici's entry would also load caches, mocks, `fetch` and WebSockets
 * (600 KiB).
 */
declare module 'undici/lib/dispatcher/agent.js' {
  import { Agent } from 'undici';
  export default Agent;
}

declare module 'undici/lib/api/api-request.js' {
  import type { Dispatcher } from 'undici';
  export default function request(
    this: Dispatcher,
    options: Dispatcher.RequestOptions,
  ): Promise<Dispatcher.ResponseData>;
}

declare module 'undici/lib/core/socks5-client.js' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';

  interface Told {
    authenticated: [];
    connected: [];
    close: [];
    error: [Error & { code?: string }];
  }

  export class Socks5Client extends EventEmitter<Told> {
    constructor(socket: Socket, login?: { username?: string; password?: string });
    handshake(): void;
    connect(host: string, port: number): void;
  }
}

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Service that is not a panel and records the keys that it receives. */
export class ForeignService {
  readonly heard: string[] = [];
  readonly #isSecret: (text: string) => boolean;
  readonly #server = createServer((request, response) => {
    this.#look(request);
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>');
  });

  constructor(isSecret: (text: string) => boolean) {
    this.#isSecret = isSecret;
    this.#server.on('upgrade', (request, socket) => {
      this.#look(request);
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
    });
  }

  /** Starts the service; returns its host and port. */
  start(): Promise<string> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', () =>
        resolve(`127.0.0.1:${(this.#server.address() as AddressInfo).port}`),
      );
    });
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #look({ url = '', rawHeaders }: IncomingMessage): void {
    if (this.#isSecret([url, ...rawHeaders].join('\n'))) this.heard.push(url);
  }
}

import { net, type ClientRequest, type IncomingMessage, type Session } from 'electron';
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js';
import type { ProxyLogin } from '../net/proxies.js';
import { isAsSafe } from './announcement.js';
import { UpdateFailure } from './source.js';

/** A feed is a few lines, and its notes some pages. */
const mostOfFeed = 512 * 1024;
/** A package is about 120 MB. */
const mostOfFile = 1024 * 1024 * 1024;

const mostRedirects = 10;

/** All that a request says beside its address: who asks, which version runs here and on what is nobody's business. */
const headers = { 'user-agent': 'Perch', accept: '*/*', 'cache-control': 'no-cache' };

type Options = Parameters<ElectronHttpExecutor['createRequest']>[0];

/**
 * The requests of electron-updater, through a session whose proxy is that of everything else. Electron-updater would send an id
 * of this computer with them; and it bounds no answer, nor does it mind a redirect away from TLS.
 */
export class FeedRequests extends ElectronHttpExecutor {
  readonly #session: Session;
  readonly #feed: string;
  readonly #open = new Set<ClientRequest>();
  /** Of proxies, by `host:port`. */
  logins: ReadonlyMap<string, ProxyLogin> = new Map();
  /** In a row. */
  #redirects = 0;

  constructor(session: Session, feed: string) {
    super();
    this.#session = session;
    this.#feed = feed;
  }

  /** Ends all that are on their way. */
  abort(): void {
    for (const request of this.#open) request.abort();
    this.#open.clear();
  }

  override createRequest(options: Options, callback: (response: never) => void): ClientRequest {
    const { protocol, hostname, port, path } = options;
    const place = port === undefined || port === null ? String(hostname) : `${hostname}:${port}`;
    const request = net.request({
      url: `${String(protocol ?? 'https:')}//${place}${path ?? '/'}`,
      redirect: 'manual',
      session: this.#session,
      credentials: 'omit',
      headers,
    });
    const most = /\.yml(?:\?|$)/.test(path ?? '') ? mostOfFeed : mostOfFile;
    this.#open.add(request);
    request.on('close', () => this.#open.delete(request));
    this.#logIn(request);
    request.on('response', (response) => {
      this.#redirects = 0;
      bound(request, response, most);
      callback(response as never);
    });
    return request;
  }

  /** Once for each request: a login that is refused is asked for again and again. */
  #logIn(request: ClientRequest): void {
    let isTold = false;
    request.on('login', ({ isProxy, host, port }, tell) => {
      const login = isProxy && !isTold ? this.logins.get(`${host}:${port}`) : undefined;
      isTold = true;
      if (login === undefined) tell();
      else tell(login.user, login.password);
    });
  }

  override addRedirectHandlers(...[request, options, reject, , handler]: RedirectWords): void {
    const heard = request as ClientRequest;
    heard.on('redirect', (_status: number, _method: string, to: string) => {
      heard.abort();
      this.#redirects += 1;
      const isSafe = URL.canParse(to) && isAsSafe(new URL(to).protocol, this.#feed);
      if (!isSafe || this.#redirects > mostRedirects)
        reject(new UpdateFailure('not-a-feed', isSafe ? 'too many redirects' : 'a redirect away from TLS'));
      else handler(ElectronHttpExecutor.prepareRedirectUrlOptions(to, options));
    });
  }
}

type RedirectWords = Parameters<ElectronHttpExecutor['addRedirectHandlers']>;

function bound(request: ClientRequest, response: IncomingMessage, most: number): void {
  let read = 0;
  response.on('data', (part: Buffer) => {
    read += part.length;
    if (read <= most) return;
    request.abort();
    request.emit('error', new UpdateFailure('not-a-feed', 'longer than it may be'));
  });
}

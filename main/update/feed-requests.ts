import type { ClientRequest, IncomingMessage, Net, Session } from 'electron';
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js';
import type { ProxyLogin } from '../net/proxies.js';
import { isAsSafe } from './announcement.js';
import { mayRepeatItself } from './feed-text.js';
import { UpdateFailure } from './source.js';

/** Limit of a feed with its notes, in bytes. */
const mostOfFeed = 512 * 1024;
/** Limit of a package, in bytes; packages have about 120 MB. */
const mostOfFile = 1024 * 1024 * 1024;

const mostRedirects = 10;

/** All headers of a request. They reveal no user id, no version and no operating system. */
const headers = { 'user-agent': 'Perch', accept: '*/*', 'cache-control': 'no-cache' };

type Options = Parameters<ElectronHttpExecutor['request']>[0];

/** Size limit and redirect count of a request, shared by its redirects. */
interface Chain {
  /** Size limit of the answer, in bytes. */
  readonly most: number;
  redirects: number;
}

/** The chain of a request. electron-updater copies its options, extra fields included, at each redirect. */
function chainOf(options: Options & { chain?: Chain }): Chain {
  return (options.chain ??= { most: mostOfFile, redirects: 0 });
}

/**
 * HTTP requests of electron-updater, through a session that uses Perch's proxy.
 *
 * electron-updater alone would send an id of this computer, read answers without a size limit, and follow redirects
 * away from TLS.
 */
export class FeedRequests extends ElectronHttpExecutor {
  readonly #open = new Set<ClientRequest>();
  /** Logins of proxies, by `host:port`. */
  logins: ReadonlyMap<string, ProxyLogin> = new Map();

  constructor(
    private readonly net: Pick<Net, 'request'>,
    private readonly session: Session,
    private readonly feed: string,
  ) {
    super();
  }

  /** Aborts all open requests. */
  abort(): void {
    for (const request of this.#open) request.abort();
    this.#open.clear();
  }

  /** Requests the feed. The files of the feed come through `download`. */
  override async request(...[options, ...more]: RequestWords): Promise<string | null> {
    const chain: Chain = { most: mostOfFeed, redirects: 0 };
    const text = await super.request(Object.assign(options, { chain }), ...more);
    if (text !== null && mayRepeatItself(text)) throw new UpdateFailure('not-a-feed', 'it repeats itself');
    return text;
  }

  override createRequest(options: Options, callback: (response: never) => void): ClientRequest {
    const { most } = chainOf(options);
    const { protocol, hostname, port, path } = options;
    const place = port === undefined || port === null ? String(hostname) : `${hostname}:${port}`;
    const request = this.net.request({
      url: `${String(protocol ?? 'https:')}//${place}${path ?? '/'}`,
      redirect: 'manual',
      session: this.session,
      credentials: 'omit',
      headers,
    });
    this.#open.add(request);
    request.on('close', () => this.#open.delete(request));
    this.#logIn(request);
    request.on('response', (response) => {
      bound(request, response, most);
      callback(response as never);
    });
    return request;
  }

  /** Answers the first login question of a request. A second question means that the proxy refused the login. */
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
    const chain = chainOf(options);
    heard.on('redirect', (_status: number, _method: string, to: string) => {
      heard.abort();
      chain.redirects += 1;
      const isSafe = URL.canParse(to) && isAsSafe(new URL(to).protocol, this.feed);
      if (!isSafe || chain.redirects > mostRedirects)
        reject(new UpdateFailure('not-a-feed', isSafe ? 'too many redirects' : 'a redirect away from TLS'));
      else handler(ElectronHttpExecutor.prepareRedirectUrlOptions(to, options));
    });
  }
}

type RequestWords = Parameters<ElectronHttpExecutor['request']>;
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

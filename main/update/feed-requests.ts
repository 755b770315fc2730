import type { ClientRequest, IncomingMessage, Net, Session } from 'electron';
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js';
import type { ProxyLogin } from '../net/proxies.js';
import { isAsSafe } from './announcement.js';
import { mayRepeatItself } from './feed-text.js';
import { UpdateFailure } from './source.js';

/** A feed is a few lines, and its notes some pages. */
const mostOfFeed = 512 * 1024;
/** A package is about 120 MB. */
const mostOfFile = 1024 * 1024 * 1024;

const mostRedirects = 10;

/** All that a request says beside its address: who asks, which version runs here and on what is nobody's business. */
const headers = { 'user-agent': 'Perch', accept: '*/*', 'cache-control': 'no-cache' };

type Options = Parameters<ElectronHttpExecutor['request']>[0];

/** A request, and those that it was redirected to. */
interface Chain {
  /** In bytes. */
  readonly most: number;
  redirects: number;
}

/** For each redirect electron-updater copies its options, and whatever else is in them. */
function chainOf(options: Options & { chain?: Chain }): Chain {
  return (options.chain ??= { most: mostOfFile, redirects: 0 });
}

/**
 * The requests of electron-updater, through a session whose proxy is that of everything else. Electron-updater would send an id
 * of this computer with them; and it bounds no answer, nor does it mind a redirect away from TLS.
 */
export class FeedRequests extends ElectronHttpExecutor {
  readonly #net: Pick<Net, 'request'>;
  readonly #session: Session;
  readonly #feed: string;
  readonly #open = new Set<ClientRequest>();
  /** Of proxies, by `host:port`. */
  logins: ReadonlyMap<string, ProxyLogin> = new Map();

  constructor(net: Pick<Net, 'request'>, session: Session, feed: string) {
    super();
    this.#net = net;
    this.#session = session;
    this.#feed = feed;
  }

  /** Ends all that are on their way. */
  abort(): void {
    for (const request of this.#open) request.abort();
    this.#open.clear();
  }

  /** Of the feed; what it names is asked for by `download`. */
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
    const request = this.#net.request({
      url: `${String(protocol ?? 'https:')}//${place}${path ?? '/'}`,
      redirect: 'manual',
      session: this.#session,
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
    const chain = chainOf(options);
    heard.on('redirect', (_status: number, _method: string, to: string) => {
      heard.abort();
      chain.redirects += 1;
      const isSafe = URL.canParse(to) && isAsSafe(new URL(to).protocol, this.#feed);
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

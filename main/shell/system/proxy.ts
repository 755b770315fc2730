import { inTime } from '../../base/in-time.js';
import type { Proxies } from '../../base/network-ports.js';
import type { Clock } from '../../base/ports.js';

/** Time in ms for which an answer is cached. Short, because a PAC file's answer or the user's settings may change. */
const knownForMs = 5000;

/** Timeout in ms: a PAC file that cannot be loaded must not block direct connections. */
const answerMs = 5000;

export interface SystemProxyDeps {
  clock: Clock;
  env: NodeJS.ProcessEnv;
  /** Asks Chromium, which reads the system's settings and its PAC file (PLATFORM "Security" 9). */
  ask(url: string): Promise<string>;
}

/**
 * Proxies from the system's settings.
 *
 * Chromium's answer already covers the exceptions, loopback included. It has no logins; the environment may add them.
 */
export class SystemProxy implements Proxies {
  readonly #known = new Map<string, { answer: Promise<string>; until: number }>();

  constructor(private readonly deps: SystemProxyDeps) {}

  resolve(url: string): Promise<string> {
    const now = this.deps.clock.now();
    const known = this.#known.get(url);
    if (known !== undefined && now < known.until) return known.answer;
    for (const [old, { until }] of this.#known) if (until <= now) this.#known.delete(old);
    const answer = this.#ask(url);
    this.#known.set(url, { answer, until: now + knownForMs });
    return answer;
  }

  forget(): void {
    this.#known.clear();
  }

  async #ask(url: string): Promise<string> {
    const { ask, env, clock } = this.deps;
    try {
      return withLogins(await inTime(clock, answerMs, ask(url), () => new Error('no answer in time')), env);
    } catch {
      return 'DIRECT';
    }
  }
}

const names = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'];

/** Adds the login from an environment variable that names the same proxy. */
function withLogins(answer: string, env: NodeJS.ProcessEnv): string {
  const logins = names.flatMap((name) => loginIn(env[name] ?? ''));
  return logins.reduce(
    (text, { place, login }) => text.replaceAll(` ${place}`, ` ${login}@${place}`),
    answer.replaceAll(/\s+/g, ' '),
  );
}

function loginIn(address: string): { place: string; login: string }[] {
  if (!URL.canParse(address)) return [];
  const { username, password, hostname, port, protocol } = new URL(address);
  if (username === '') return [];
  const standard = protocol === 'https:' ? '443' : protocol === 'http:' ? '80' : '1080';
  return [{ place: `${hostname}:${port === '' ? standard : port}`, login: `${username}:${password}` }];
}

/** One attempt to hand a message to a service. */
import type { Problem } from '../../bridge/errors.js';
import type { ChannelKind } from '../../bridge/alerts/channel-kinds.js';
import { withoutEchoes } from '../base/without-echoes.js';
import { HttpFailure, type HttpResponse, type Network } from '../base/network-ports.js';
import type { Clock } from '../base/ports.js';
import { answeredProblem, unansweredProblem } from './channel-failures.js';
import type { Answer, SendAttempt, ChannelSecret, ChannelSender, SendVerdict } from './channel-sender.js';
import { senders } from './senders.js';

const usualTimeoutMs = 20_000;
/** Answers are a few hundred bytes. */
const mostOfAnswer = 64 * 1024;

/** Names no version: the owner of a service learns nothing of this computer. */
const own = { accept: 'application/json', 'user-agent': 'Perch' };

export type Outcome =
  | { readonly is: 'taken'; readonly reference: string | null }
  /** `afterMs` = the pause that the service asked for; null = none. */
  | { readonly is: 'later'; readonly afterMs: number | null; readonly problem: Problem }
  | { readonly is: 'refused' | 'unfit'; readonly problem: Problem };

export interface ExchangeDeps {
  readonly clock: Pick<Clock, 'wall'>;
  readonly network: Pick<Network, 'http'>;
  /** Limit of one attempt in ms; missing = 20 s. */
  readonly timeoutMs?: number;
}

type Gone = Extract<SendVerdict, { readonly is: 'gone' }>;

/** A request to a service, and how to read the answer. */
interface Handing<V extends SendVerdict> {
  /** Problems name the host of its address only. */
  readonly secret: Pick<ChannelSecret, 'address' | 'token'>;
  readonly request: ReturnType<ChannelSender['request']>;
  readonly judge: (answer: Answer) => V;
}

/** Never rejects because of the network or the answer. */
export async function handOver<V extends SendVerdict>(
  { clock, network, timeoutMs = usualTimeoutMs }: ExchangeDeps,
  { secret, request, judge }: Handing<V>,
): Promise<Outcome | Extract<V, Gone>> {
  const { host } = new URL(secret.address);
  // No certificate that the person agreed to counts here: agreements are made for panels and nodes.
  const http = network.http({ agreed: () => null, outgrown: () => undefined });
  let response: HttpResponse;
  try {
    const headers = { ...own, ...request.headers };
    const answer = await http.send({ ...request, headers, timeoutMs, maxBytes: mostOfAnswer });
    response = withoutEchoes(answer, secretParts(secret));
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return { is: 'later', afterMs: null, problem: unansweredProblem(error, host) };
  } finally {
    await http.close();
  }
  const judged = judge({ ...response, now: clock.wall() });
  if (isGone(judged)) return judged;
  const verdict = judged as Exclude<SendVerdict, Gone>;
  if (verdict.is === 'taken') return verdict;
  const problem = answeredProblem(verdict, response.status, host);
  return verdict.is === 'later'
    ? { is: 'later', afterMs: verdict.afterMs, problem }
    : { is: verdict.is, problem };
}

/** Parts of a channel's secret that a service may repeat. Services name a channel by the end of its address. */
function secretParts({ address, token }: Pick<ChannelSecret, 'address' | 'token'>): string[] {
  const { pathname, search } = new URL(address);
  const path = pathname.replace(/^\/+|\/+$/g, '');
  return [address, path, path.slice(path.lastIndexOf('/') + 1), search.slice(1), token];
}

function isGone<V extends SendVerdict>(verdict: V): verdict is Extract<V, Gone> {
  return verdict.is === 'gone';
}

/** Hands a message of an incident over. Never rejects because of the network or the answer. */
export function exchange(
  deps: ExchangeDeps,
  kind: ChannelKind,
  attempt: Omit<SendAttempt, 'now'>,
): Promise<Outcome> {
  const sender = senders[kind];
  return handOver(deps, {
    secret: attempt.secret,
    request: sender.request({ ...attempt, now: deps.clock.wall() }),
    judge: (answer): Exclude<SendVerdict, Gone> => {
      const verdict = sender.judge(answer, attempt);
      // Nobody sees a deleted message, and nobody wants a new message in its place.
      if (verdict.is === 'gone') return { is: 'taken', reference: attempt.edits };
      if (verdict.is !== 'taken') return verdict;
      // Where a message keeps its id, a later text takes the place of the earlier one under this id.
      const ownId = sender.can.edit && sender.can.once ? attempt.message.id : null;
      return { is: 'taken', reference: verdict.reference ?? ownId };
    },
  });
}

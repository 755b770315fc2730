/**
 * Games that answer Valve's server queries (A2S), over UDP: Counter-Strike, Garry's Mod, Rust, Valheim, ARK, 7 Days to
 * Die and most games with a server browser of Steam (QUERIES "Source").
 */
import { ifAnswered, UdpTalk, usualSends, type Answered, type Ask } from './asking.js';
import { isSplit, single, SplitPackets } from './source-packets.js';
import { readInfo, readPlayers, readRules, rust, type SourceInfo } from './source-answers.js';
import { ByteReader } from './byte-reader.js';
import { NonsenseFailure, type QueryAnswer } from './query-answer.js';

const askInfo = Buffer.concat([single, Buffer.from('TSource Engine Query\0', 'latin1')]);
const askPlayers = Buffer.concat([single, Buffer.from('U', 'latin1')]);
const askRules = Buffer.concat([single, Buffer.from('V', 'latin1')]);
const noChallenge = single;

const challengeKind = 'A'.charCodeAt(0);
/** A server may send a new challenge instead of an answer, but not forever. */
const mostChallenges = 3;
/** Sendings of an optional question: many games never answer. */
const optionalSends = 2;

/** Squad reports in a rule whether a password is set. */
const squad = 393_380;

export const source: Ask = async (asking) => {
  const conversation = new Conversation(await UdpTalk.open(asking));
  const { value: info, pingMs } = await conversation.ask(askInfo, 'I', readInfo, Buffer.alloc(0));
  const names = info.appId === rust ? null : await namesOf(conversation, info);
  const hasPassword = info.hasPassword || (info.appId === squad && (await squadPassword(conversation)));
  return { ...info.answer, names, hasPassword, pingMs };
};

/** null if the server does not answer about players, or lists only players without names. */
async function namesOf(conversation: Conversation, info: SourceInfo): Promise<QueryAnswer['names']> {
  if (info.clients === 0) return [];
  const asked = await ifAnswered(conversation.ask(askPlayers, 'D', readPlayers));
  return asked === null || asked.length === 0 ? null : asked;
}

async function squadPassword(conversation: Conversation): Promise<boolean> {
  const asked = await ifAnswered(conversation.ask(askRules, 'E', readRules));
  return asked?.get('Password_b') === 'true';
}

/** Questions with challenges: the server wants its number back, to know that the question came from here. */
class Conversation {
  #challenge: Uint8Array | null = null;

  constructor(private readonly talk: UdpTalk) {}

  /**
   * The answer of this kind. `first` stands instead of the challenge until the server sends one. The ping is that of
   * the last question.
   */
  async ask<T>(
    question: Uint8Array,
    kind: string,
    read: (reader: ByteReader) => T,
    first: Uint8Array = noChallenge,
  ): Promise<Answered<T>> {
    for (let round = 0; round <= mostChallenges; round++) {
      const packets = new SplitPackets();
      const whole = Buffer.concat([question, this.#challenge ?? first]);
      const look = (datagram: Uint8Array): T | 'challenge' | null => {
        const message = isSplit(datagram) ? packets.add(datagram) : datagram;
        return message === null ? null : this.#read(message, kind, read);
      };
      const sends = first === noChallenge ? optionalSends : usualSends;
      const { value, pingMs } = await this.talk.ask(whole, look, sends);
      if (value !== 'challenge') return { value, pingMs };
    }
    throw new NonsenseFailure('only challenges');
  }

  /** null for a late answer to an earlier question. */
  #read<T>(message: Uint8Array, kind: string, read: (reader: ByteReader) => T): T | 'challenge' | null {
    const reader = new ByteReader(message);
    if (reader.int32Little() !== -1) throw new NonsenseFailure('no header');
    const answered = reader.uint8();
    if (answered === challengeKind) {
      this.#challenge = reader.bytes(4);
      return 'challenge';
    }
    return answered === kind.charCodeAt(0) ? read(reader) : null;
  }
}

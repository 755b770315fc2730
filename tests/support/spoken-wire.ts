/** The network of queries without a network: answers come at once, changed on the way. */
import {
  QueryFailure,
  type ByteStream,
  type Datagrams,
  type QueryPlace,
  type QueryWire,
} from '../../main/base/query-ports.js';
import type { Spoken } from './spoken-queries.js';

export class SpokenWire implements QueryWire {
  /** Number of sent questions. */
  asked = 0;

  constructor(
    private readonly spoken: Spoken,
    private readonly change: (answers: readonly Buffer[]) => readonly Buffer[] = (answers) => answers,
  ) {}

  datagrams(): Promise<Datagrams> {
    const waiting: Buffer[] = [];
    return Promise.resolve({
      send: (question) => void waiting.push(...this.#answersTo(Buffer.from(question))),
      receive: () => {
        const next = waiting.shift();
        return next === undefined ? Promise.reject(new QueryFailure('silent')) : Promise.resolve(next);
      },
    });
  }

  stream(_place?: QueryPlace): Promise<ByteStream> {
    const { greeting } = this.spoken;
    const waiting = greeting === undefined ? [] : [...this.change([Buffer.from(greeting)])];
    let asked = Buffer.alloc(0);
    return Promise.resolve({
      send: (question) => {
        asked = Buffer.concat([asked, question]);
        const answers = this.#answersTo(asked);
        if (answers.length > 0) asked = Buffer.alloc(0);
        waiting.push(...answers);
      },
      receive: () => Promise.resolve(waiting.shift() ?? null),
    });
  }

  addressOf(): Promise<null> {
    return Promise.resolve(null);
  }

  networkChanged(): void {
    // Names need no look-up here.
  }

  get(_place: QueryPlace, path: string): Promise<string> {
    const answers = this.spoken.respond(Buffer.from(`GET ${path} HTTP/1.1\r\n\r\n`)) ?? [];
    const body = Buffer.concat(answers).toString().split('\r\n\r\n')[1] ?? '';
    return Promise.resolve(Buffer.concat(this.change([Buffer.from(body)])).toString());
  }

  minecraftService(_host?: string): Promise<QueryPlace | null> {
    return Promise.resolve(null);
  }

  #answersTo(question: Buffer): readonly Buffer[] {
    this.asked += 1;
    const answers = this.spoken.respond(question);
    return answers === null ? [] : this.change(answers);
  }
}

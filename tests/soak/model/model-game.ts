import { bedrockPing } from '../../../sandbox/games/query/bedrock.js';
import type { DatagramTalk } from '../../../sandbox/games/query/door.js';
import type { QueriedGame } from '../../../sandbox/games/query/queried-game.js';
import { sourceQueries } from '../../../sandbox/games/query/source.js';
import type { SoakTime } from '../soak-time.js';
import { Timeline } from '../timeline.js';

/**
 * Where players and Perch find a game: at a name, at the public address of its allocation, behind its node's address,
 * or nowhere, because a stranger's server has the same port at the node's address.
 */
type GameSite = 'name' | 'address' | 'node' | 'stranger';
const sites: readonly GameSite[] = ['name', 'address', 'node', 'stranger'];

/** Players of a stranger's server; no game of the model has so many. */
const strangers = 17;
const slots = 12;

/** The game of one server, as players and questions find it. */
export class ModelGame {
  readonly players: Timeline<number>;
  /** A blocked game gets no datagram and sends none. */
  readonly blocked: Timeline<boolean>;
  readonly site: GameSite;
  readonly port: number;
  /** Share of lost datagrams in each direction. */
  loss = 0;
  readonly #talk: DatagramTalk;

  constructor(
    private readonly time: SoakTime,
    readonly number: number,
  ) {
    this.players = new Timeline(time.now, 0);
    this.blocked = new Timeline(time.now, false);
    this.site = sites[number % sites.length] ?? 'name';
    this.port = 20_000 + number;
    this.#talk = this.isBedrock
      ? bedrockPing(this.port, BigInt(number))
      : // A stranger's server reports the port on which its own players connect.
        sourceTalk(this.site === 'stranger' ? this.port + 1 : this.port);
  }

  get isBedrock(): boolean {
    return this.site === 'name' || this.site === 'node';
  }

  /** Address of the server's allocation in the panel. */
  get address(): string {
    const { number, site } = this;
    const end = `${number >> 8}.${number & 255}`;
    return site === 'name' || site === 'address' ? `203.0.${end}` : `10.20.${end}`;
  }

  /** The name that players type; null = none. */
  get alias(): string | null {
    return this.site === 'name' ? `play-${this.number}.example` : null;
  }

  /** Players come (1) or leave (-1); 0 = all leave. */
  move(by: 1 | -1 | 0): void {
    this.players.set(this.time.now, by === 0 ? 0 : Math.max(0, Math.min(slots, this.players.now + by)));
  }

  block(isBlocked: boolean): void {
    this.blocked.set(this.time.now, isBlocked);
  }

  answers(question: Uint8Array, from: string): readonly Buffer[] {
    const online = this.site === 'stranger' ? strangers : this.players.now;
    const game: QueriedGame = {
      title: `Game ${this.number}`,
      version: '1.21.10',
      map: 'world',
      slots,
      players: Array.from({ length: online }, (_, at) => ({ name: `Player ${at}`, seconds: 10 })),
      hasPassword: false,
      names: 'real',
    };
    return this.#talk(Buffer.from(question), game, from);
  }

  forgetPast(): void {
    this.players.forgetPast();
    this.blocked.forgetPast();
  }
}

function sourceTalk(gamePort: number): DatagramTalk {
  const facts = { gamePort, folder: 'cstrike', game: 'Counter-Strike', appId: 240, rules: {} };
  return sourceQueries({ ...facts, keywords: () => '' });
}

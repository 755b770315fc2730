import { unescapeBytes } from './escapes.js';
import { leave } from './leave.js';
import { paint, type Profile, type Scene } from './profile.js';

/** Functions of the game that commands use. */
export interface Stage {
  print(...lines: string[]): void;
  write(bytes: Buffer): void;
  scene(): Scene;
  stop(): void;
  /**
   * `join` is a no-op for a player who is online, `leave` for a player who is not. Without a name every player leaves.
   * At the first `join` the players who came by themselves leave, so whoever types it knows who is online.
   */
  join(player: string): void;
  leave(player: string): void;
  /** Runs a command about players; returns false for an unknown word. */
  moderate(word: string, text: string): boolean;
  /** Returns false for an unknown ailment. */
  ail(name: string): boolean;
}

const BURN_SLICE_MS = 25;
const MOST_LEAK_MB = 4096;
const MOST_LINES = 200_000;
const MOST_FLOOD = 20_000;
const FLOOD_SLICE_MS = 20;

/** Commands for the console of a demo server. */
export class Commands {
  readonly #leaked: Buffer[] = [];
  #deaf = false;
  #isSaving = true;
  #burnUntil = 0;

  constructor(
    private readonly profile: Profile,
    private readonly stopWord: string,
    private readonly stage: Stage,
  ) {}

  /** True after `hang`: the game ignores its stop word and SIGTERM. */
  get deaf(): boolean {
    return this.#deaf;
  }

  run(line: string): void {
    const [word = '', ...rest] = line.trim().split(' ');
    const text = rest.join(' ');
    const { print, write } = this.stage;
    const { info, list, said, unknown, crash } = this.profile;
    if (word === '') return;
    if (word === 'stop' || word === this.stopWord) return this.stage.stop();
    switch (word) {
      case 'help':
        print(info('Commands: help, list, say TEXT, stop'));
        print(
          info(
            'For trying things: burn [SECONDS], leak MB, crash, exit N, hang, ail NAME, join NAME, leave [NAME], spam N, flood PER_SECOND [SECONDS], long N, ansi, echo TEXT, raw TEXT',
          ),
        );
        return;
      case 'list':
        return print(...list(this.stage.scene()));
      case 'save-off':
      case 'save-on':
      case 'save-all':
        return this.#save(word);
      case 'say':
        return print(said(text));
      case 'echo':
        return print(line.replace(/^\s*echo ?/, ''));
      case 'burn':
        return this.#burn(amount(text, 10, 3600));
      case 'leak':
        return this.#leak(amount(text, 64, MOST_LEAK_MB));
      case 'crash':
        print(...crash());
        return leave(1);
      case 'ail':
        if (!this.stage.ail(text)) return print(unknown(line.trim()));
        return leave(1);
      case 'join':
        return this.stage.join(text || 'Olive');
      case 'leave':
        return this.stage.leave(text);
      case 'exit':
        return leave(amount(text, 0, 255));
      case 'hang':
        this.#deaf = true;
        return print(info('From now on this server is deaf to stop'));
      case 'spam':
        return print(
          ...Array.from({ length: amount(text, 100, MOST_LINES) }, (_, index) => `line ${index + 1}`),
        );
      case 'flood':
        return this.#flood(amount(rest[0] ?? '', 1000, MOST_FLOOD), amount(rest[1] ?? '', 10, 600));
      case 'long': {
        const length = amount(text, 1000, 1_000_000);
        return print('0123456789'.repeat(Math.ceil(length / 10)).slice(0, length));
      }
      case 'ansi':
        return print(...swatches());
      case 'raw':
        return write(unescapeBytes(text));
      default:
        if (!this.#isForPlayers(word, text)) print(unknown(word));
    }
  }

  #isForPlayers(word: string, text: string): boolean {
    if (word !== this.profile.listWord) return this.stage.moderate(word, text);
    this.stage.print(...this.profile.list(this.stage.scene()));
    return true;
  }

  /** Answers as Minecraft does; other games do not know these commands. */
  #save(command: 'save-off' | 'save-on' | 'save-all'): void {
    const { print } = this.stage;
    const { info, unknown, canSave = false } = this.profile;
    if (!canSave) return print(unknown(command));
    if (command === 'save-all') {
      print(info('Saving the game (this may take a moment!)'));
      return print(info('Saved the game'));
    }
    const isOn = command === 'save-on';
    const state = isOn ? 'on' : 'off';
    print(
      info(
        this.#isSaving === isOn
          ? `Saving is already turned ${state}`
          : `Automatic saving is now ${isOn ? 'enabled' : 'disabled'}`,
      ),
    );
    this.#isSaving = isOn;
  }

  /** Keeps one core busy, in slices so that the game still reads commands. */
  #burn(seconds: number): void {
    this.stage.print(this.profile.info(`Burning one core for ${seconds} s`));
    const idle = this.#burnUntil < Date.now();
    this.#burnUntil = Date.now() + seconds * 1000;
    if (!idle) return;
    const slice = () => {
      const end = Math.min(Date.now() + BURN_SLICE_MS, this.#burnUntil);
      let sum = 0;
      while (Date.now() < end) sum += Math.sqrt(sum + 1);
      if (Date.now() < this.#burnUntil) setImmediate(slice);
      else this.stage.print(this.profile.info('The core is cold again'));
    };
    slice();
  }

  /** Prints numbered lines with the time at a constant rate. Catches up if the computer is slow. */
  #flood(perSecond: number, seconds: number): void {
    const began = Date.now();
    let told = 0;
    const slice = () => {
      const due = Math.min(seconds * perSecond, Math.floor(((Date.now() - began) / 1000) * perSecond));
      this.stage.print(
        ...Array.from({ length: due - told }, (_, index) => `flood ${told + index + 1} ${Date.now()}`),
      );
      told = due;
      if (told < seconds * perSecond) setTimeout(slice, FLOOD_SLICE_MS);
      else this.stage.print(this.profile.info(`The flood is over after ${told} lines`));
    };
    slice();
  }

  /** Fills the memory, so that the system really assigns the pages. Kept until the process ends. */
  #leak(megabytes: number): void {
    for (let index = 0; index < megabytes; index++) this.#leaked.push(Buffer.alloc(1024 * 1024, 1));
    this.stage.print(this.profile.info(`${this.#leaked.length} MB leaked so far`));
  }
}

/** Whole number after a command, limited to reasonable bounds. */
function amount(text: string, otherwise: number, most: number): number {
  const number = Number.parseInt(text, 10);
  return Number.isFinite(number) ? Math.min(Math.max(number, 0), most) : otherwise;
}

function swatches(): string[] {
  const row = (codes: number[]) => codes.map((code) => paint(code, ` ${code} `)).join('');
  const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
  return [
    row(range(30, 8)),
    row(range(90, 8)),
    row(range(40, 8)),
    range(16, 36)
      .map((code) => `\u001b[48;5;${code}m \u001b[0m`)
      .join(''),
    range(0, 36)
      .map((step) => `\u001b[38;2;${step * 7};${255 - step * 7};160m#\u001b[0m`)
      .join(''),
    `${paint(1, 'bold')} ${paint(2, 'dim')} ${paint(3, 'italic')} ${paint(4, 'underlined')} ${paint(7, 'reversed')}`,
  ];
}

import { setTimeout as pause } from 'node:timers/promises';
import { Dice } from '../../soak/dice.js';
import { Person } from '../../soak/person.js';
import type { Recorder } from '../../soak/recorder.js';
import { NotificationAlerts } from '../../soak/real/notification-alerts.js';
import { unsettledIn } from '../../soak/unsettled.js';
import type { Desktop } from '../../support/desktop/desktop.mjs';
import { RealLife } from './real-life.js';
import { nodeNamed, type RealPanel } from './real-panel.js';
import { troubles } from './real-weather.js';
import type { RealWindow } from './real-window.js';

export interface RealHistoryDeps {
  seed: number;
  /** Duration after the first moment with a correct view, in ms. */
  ms: number;
  panels: readonly RealPanel[];
  elsewhere: string;
  window: RealWindow;
  recorder: Recorder;
  desktop: Desktop;
  time: { readonly now: number };
}

/** Time for Perch to be right after the last trouble, in ms (RETRIES "Retry table"). */
const settleMs = 120_000;
/**
 * Time in ms before the end of the history in which changes of each kind no longer begin. Lists are read once a minute.
 */
const quietMs = { lists: 70_000, troubles: 70_000, slowTroubles: 110_000, life: 15_000, clicks: 15_000 };

/** One history in real time: troubles, other people, the person, and Perch. */
export class RealHistory {
  readonly #deps: RealHistoryDeps;
  readonly #dice: Dice;
  readonly #end: number;
  readonly #busy = new Set<RealPanel>();
  /** Actions that are not finished. */
  readonly #later = new Set<Promise<void>>();
  /** Time of the last trouble's end or the last action. */
  #lastAt = 0;
  #isOver = false;

  constructor(deps: RealHistoryDeps) {
    this.#deps = deps;
    this.#dice = new Dice(deps.seed);
    this.#end = deps.time.now + deps.ms;
  }

  /** The time of the last record, and the differences at that time. */
  async run(): Promise<{ ms: number; unsettled: { serverId: string; what: string }[] }> {
    const following = this.#followWorld();
    const [lifeDice, listDice, personDice] = [this.#dice.fork(), this.#dice.fork(), this.#dice.fork()];
    const person = new Person(this.#deps.window, personDice, this.#deps.recorder);
    const life = this.#life(lifeDice);
    const isLong = this.#deps.ms > 200_000;
    const gaps = isLong ? ([5000, 40_000] as const) : ([500, 4000] as const);
    await Promise.all([
      this.#again(listDice, [150, 1500], quietMs.life, () =>
        life.happen(this.#end - this.#deps.time.now > quietMs.lists),
      ),
      this.#again(personDice, [500, 2500], quietMs.clicks, () => Promise.resolve(person.act())),
      this.#troubles(this.#dice.fork(), gaps),
      this.#troubles(this.#dice.fork(), gaps),
    ]);
    person.leave();
    await Promise.all(this.#later);
    const unsettled = await this.#settle();
    this.#isOver = true;
    await following;
    return { ms: await this.#recordLast(), unsettled };
  }

  #life(dice: Dice): RealLife {
    const { panels, recorder, time } = this.#deps;
    const after = (ms: number, run: () => Promise<void>): void => {
      const done = pause(ms).then(run);
      this.#later.add(done);
      void done.finally(() => this.#later.delete(done));
    };
    return new RealLife({ panels, dice, recorder, time, after });
  }

  /** Runs troubles one after another; slow ones first, so that enough time remains. */
  #troubles(dice: Dice, gaps: readonly [number, number]): Promise<void> {
    return this.#again(dice, gaps, quietMs.troubles, async () => {
      const free = this.#deps.panels.filter((panel) => !this.#busy.has(panel));
      const remainingMs = this.#end - this.#deps.time.now;
      const isEarly = remainingMs > quietMs.slowTroubles;
      const names = Object.keys(troubles).filter((name) => isEarly || troubles[name]?.isSlow !== true);
      const slow = names.filter((name) => troubles[name]?.isSlow === true);
      const panel = dice.pick(free);
      this.#busy.add(panel);
      try {
        const isShort = this.#deps.ms <= 200_000;
        await this.#trouble(dice.pick(isEarly && isShort ? slow : names), panel, dice);
      } finally {
        this.#busy.delete(panel);
      }
    });
  }

  async #trouble(kind: string, panel: RealPanel, dice: Dice): Promise<void> {
    const trouble = troubles[kind];
    if (trouble === undefined) return;
    const { recorder, elsewhere, time } = this.#deps;
    const spot = { panel, node: dice.pick(panel.nodes), dice, elsewhere };
    const where = trouble.ofPanel === true ? panel.id : nodeNamed(panel.id, spot.node);
    const from = time.now;
    recorder.event(`TROUBLE ${kind}`, where);
    await trouble.begin(spot);
    const longestMs = this.#deps.ms > 200_000 ? 30_000 : 6000;
    if (trouble.end !== undefined) {
      await pause(dice.between(1000, longestMs));
      await trouble.end(spot);
    }
    recorder.event(`over: ${kind}`, where);
    recorder.troubles.push({ from, to: time.now, kind, where });
    this.#lastAt = Math.max(this.#lastAt, time.now);
  }

  async #again(
    dice: Dice,
    [least, most]: readonly [number, number],
    quiet: number,
    act: () => Promise<unknown>,
  ): Promise<void> {
    for (;;) {
      const ms = dice.between(least, most);
      if (this.#deps.time.now + ms >= this.#end - quiet) return;
      await pause(ms);
      await act();
    }
  }

  /** Differences at the end, after the time that Perch has to correct them. */
  async #settle(): Promise<{ serverId: string; what: string }[]> {
    const { time, panels, window } = this.#deps;
    await pause(Math.max(0, this.#end - time.now));
    const last = Math.max(this.#lastAt + settleMs, this.#end - quietMs.life + 60_000);
    for (;;) {
      for (const panel of panels) await panel.read();
      const unsettled = unsettledIn(
        window.state,
        panels.flatMap(({ truths }) => truths),
      );
      if (unsettled.length === 0 || time.now > last) return [...unsettled];
      await pause(500);
    }
  }

  async #followWorld(): Promise<void> {
    while (!this.#isOver) {
      for (const panel of this.#deps.panels) await panel.read();
      await pause(300);
    }
  }

  /**
   * Ends the record of the windows and alerts first and that of the true course last, so that the true course is never
   * older. Then records the alerts of the whole history. Returns the time of the end.
   */
  async #recordLast(): Promise<number> {
    const { recorder, panels, desktop, time, window } = this.#deps;
    window.endRecord();
    const ms = time.now;
    const since = Date.now() - ms;
    const shown = await desktop.notifications();
    for (const panel of panels) await panel.read();
    const servers = panels
      .flatMap((panel) => panel.servers)
      .map(({ id, node, names, course }) => ({ id, node, names, ends: course.ends }));
    new NotificationAlerts(servers, recorder).record(shown.map((one) => ({ ...one, at: one.at - since })));
    return ms;
  }
}

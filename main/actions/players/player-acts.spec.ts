import { describe, expect, it } from 'vitest';
import type { HandlerInput } from '../../../bridge/schema/contract.js';
import type { OwnVerbs } from '../../../bridge/players/player-verbs.js';
import { plainName, type PlainName } from '../../../bridge/players/plain-name.js';
import { PerchError } from '../../../bridge/errors.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { aFleet, aPanelServer, FakePanel } from '../../../tests/support/fleet-fakes.js';
import type { Server } from '../../../bridge/schema/domain.js';
import type { ReportedFact } from '../../base/server-fact.js';
import { sendCommand } from '../servers/send-command.js';
import { ConsoleTurns } from './console-turns.js';
import { PlayerActs } from './player-acts.js';

const serverId = 'home/u0';
type Order = Omit<HandlerInput<'players.act'>, 'serverId'>;

async function rig(
  fields: Partial<Server> = { game: 'minecraft' },
  own: OwnVerbs = {},
  names: readonly PlainName[] | null = null,
) {
  const panel = new FakePanel();
  panel.list = [aPanelServer('u0')];
  const fleet = aFleet(panel);
  await fleet.live();
  const change = (patch: Partial<Server>): void =>
    fleet.store.apply([{ kind: 'server-upserted', server: { ...fleet.server('u0'), ...patch } }]);
  change(fields);
  const told: ReportedFact[] = [];
  const deps = { store: fleet.store, fleet: fleet.fleet, clock: fleet.clock };
  const acts = new PlayerActs({
    ...deps,
    consoles: fleet.fleet.consoles,
    settings: { current: { playerVerbs: { [serverId]: own } } },
    turns: new ConsoleTurns(),
    namesOf: () => names,
    facts: { emit: (fact) => told.push(fact) },
    sendCommand: (id, command) =>
      sendCommand({ ...deps, histories: { add: () => undefined } }, { serverId: id, command, again: true }),
  });
  const wire = fleet.session('u0');
  const says = (text: string, source: 'server' | 'history' = 'server'): void =>
    wire.tell({ kind: 'lines', lines: [{ at: 1, source, text }] });
  const act = (order: Order): ReturnType<typeof acts.act> => acts.act({ serverId, ...order });
  /** Sends the order, and lets the console say the lines a moment later. */
  const answered = async (order: Order, ...lines: string[]) => {
    const acting = act(order);
    await fleet.clock.advance(50);
    for (const line of lines) says(line);
    await fleet.clock.advance(6000);
    return acting;
  };
  return { ...fleet, panel, told, wire, says, act, answered, change };
}

const refusal = async (acting: Promise<unknown>): Promise<string> => {
  const error: unknown = await acting.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PerchError)) throw new Error('The act was not refused.');
  return error.problem.message.id;
};

const kick: Order = { verb: 'kick', player: 'Anna', text: 'be nice' };
const me = { kind: 'me', bulk: false };

describe('PlayerActs', () => {
  it("sends the game's command and reports the answer of the console", async () => {
    const { answered, told, wire } = await rig();
    const answer = await answered(kick, 'something else', '[12:00:00 INFO]: Kicked Anna: be nice');
    expect(wire.sent).toEqual(['kick Anna be nice']);
    expect(answer).toEqual({ outcome: 'done', line: 'Kicked Anna: be nice' });
    const fact = { kind: 'player-act', verb: 'kick', player: 'Anna', text: 'be nice', by: me };
    expect(told).toEqual([{ serverId, fact: { ...fact, outcome: 'done', line: 'Kicked Anna: be nice' } }]);
  });

  it.each([
    ['[12:00:00 INFO]: No player was found', 'no-player'],
    ['[12:00:00 INFO]: Nothing changed. The player is already banned', 'refused'],
  ] as const)('reports the refusal: %s', async (line, outcome) => {
    const { answered, told } = await rig();
    expect(await answered({ verb: 'ban', player: 'Anna' }, line)).toMatchObject({ outcome });
    expect(told).toMatchObject([{ fact: { outcome } }]);
  });

  it('says that no answer was seen, after five seconds', async () => {
    const { act, clock, told } = await rig();
    let answer: unknown = null;
    void act(kick).then((value) => (answer = value));
    await clock.advance(4990);
    expect(answer).toBeNull();
    await clock.advance(20);
    expect(answer).toEqual({ outcome: 'no-answer', line: null });
    expect(told).toMatchObject([{ fact: { outcome: 'no-answer' } }]);
  });

  it('believes neither lines from before nor lines that the node replays', async () => {
    const { act, clock, says } = await rig();
    says('[12:00:00 INFO]: Kicked Anna: yesterday');
    const acting = act(kick);
    await clock.advance(10);
    says('[12:00:00 INFO]: Kicked Anna: replayed', 'history');
    await clock.advance(6000);
    expect(await acting).toEqual({ outcome: 'no-answer', line: null });
  });

  it('keeps a message to a player out of the event log', async () => {
    const { answered, told, wire } = await rig();
    await answered(
      { verb: 'message', player: 'Anna', text: 'the code is 1234' },
      '[12:00:00 INFO]: You whisper to Anna: the code is 1234',
    );
    expect(wire.sent).toEqual(['tell Anna the code is 1234']);
    expect(JSON.stringify(told)).not.toContain('1234');
    expect(told).toMatchObject([{ fact: { verb: 'message', outcome: 'done' } }]);
  });

  it.each([
    [
      'a name that would begin a second command',
      { verb: 'kick', player: 'Anna\nop Bob' },
      'actions.player-unsafe-name',
    ],
    ['a selector', { verb: 'ban', player: '@a' }, 'actions.player-unsafe-name'],
    ['a message without text', { verb: 'message', player: 'Anna' }, 'actions.player-no-text'],
  ] as const)('refuses %s and sends nothing', async (_what, order, id) => {
    const { act, told, wire } = await rig();
    expect(await refusal(act(order))).toBe(id);
    expect(wire.sent).toEqual([]);
    expect(told).toEqual([]);
  });

  it('refuses the name of a player whom the game knows by another one', async () => {
    const impostor = plainName('An\u200bna');
    const { act, wire, answered } = await rig({ game: 'source' }, {}, impostor === null ? [] : [impostor]);
    expect(await refusal(act({ verb: 'kick', player: 'anna' }))).toBe('actions.player-altered');
    expect(wire.sent).toEqual([]);
    await answered({ verb: 'kick', player: 'Bob' });
    expect(wire.sent).toEqual(['kick "Bob"']);
  });

  it('refuses verbs that the game does not have', async () => {
    const { act } = await rig({ game: 'valheim' });
    expect(await refusal(act(kick))).toBe('actions.player-no-verb');
  });

  it("uses the user's own command", async () => {
    const { answered, wire } = await rig({ game: 'valheim' }, { kick: 'kick {player}' });
    await answered(kick);
    expect(wire.sent).toEqual(['kick Anna']);
  });

  it('refuses without the permission, and for a server that is offline', async () => {
    const { act, change, wire } = await rig();
    change({ permissions: ['websocket.connect'] });
    expect(await refusal(act(kick))).toContain('permission');
    change({ permissions: ['*'], power: 'offline' });
    expect(await refusal(act(kick))).toBe('blocks.is-offline');
    expect(wire.sent).toEqual([]);
  });

  it('writes into the event log that a command may have arrived', async () => {
    const { act, clock, panel, told, wire } = await rig();
    wire.accepts = false;
    panel.problems.set('command', aProblem('timeout', { maybeDone: true }));
    const acting = refusal(act(kick));
    await clock.advance(20_000);
    await acting;
    expect(told).toMatchObject([{ fact: { verb: 'kick', outcome: 'no-answer' } }]);
  });

  it('acts one after the other, so that no answer counts for two players', async () => {
    const { act, clock, says, told, wire } = await rig();
    const bob = act({ verb: 'kick', player: 'Bob' });
    const anna = act({ verb: 'kick', player: 'Anna' });
    await clock.advance(10);
    expect(wire.sent).toEqual(['kick Bob']);
    says('[12:00:00 INFO]: No player was found');
    await clock.advance(100);
    expect(wire.sent).toEqual(['kick Bob', 'kick Anna']);
    says('[12:00:00 INFO]: Kicked Anna');
    await clock.advance(100);
    expect(await bob).toMatchObject({ outcome: 'no-player' });
    expect(await anna).toMatchObject({ outcome: 'done' });
    expect(told).toMatchObject([
      { fact: { player: 'Bob', outcome: 'no-player' } },
      { fact: { player: 'Anna', outcome: 'done' } },
    ]);
  });

  it('acts on after an act that was refused', async () => {
    const { act, answered } = await rig();
    const bad = refusal(act({ verb: 'kick', player: '@a' }));
    const good = answered(kick, '[12:00:00 INFO]: Kicked Anna: be nice');
    expect(await bad).toBe('actions.player-unsafe-name');
    expect(await good).toMatchObject({ outcome: 'done' });
  });

  it('waits for a console that is still closed', async () => {
    const { act, clock, says, wire } = await rig();
    wire.tell({ kind: 'link', link: { kind: 'connecting' } });
    const acting = act(kick);
    await clock.advance(1000);
    expect(wire.sent).toEqual([]);
    wire.tell({ kind: 'link', link: { kind: 'live' } });
    await clock.advance(10);
    expect(wire.sent).toEqual(['kick Anna be nice']);
    says('[12:00:00 INFO]: Kicked Anna: be nice');
    await clock.advance(100);
    expect(await acting).toMatchObject({ outcome: 'done' });
  });
});

/** The status board of a Discord channel, with a fake Discord and the fake clock. */
import { describe, expect, it } from 'vitest';
import type { Server } from '../../bridge/schema/domain.js';
import type { StatusBoard } from '../../bridge/schema/status-board.js';
import { anAccount, aServer, playersOnline } from '../../tests/support/entities.js';
import { aChannelsWorld, startChannels, type ChannelsWorld } from '../../tests/support/channels-rig.js';
import { settle } from '../../tests/support/fake-clock.js';
import { answer, FakeHttp, type Answer } from '../../tests/support/fake-http.js';
import { HttpFailure, type HttpRequest } from '../base/network-ports.js';

const address = 'https://discord.com/api/webhooks/1/abcd';
const all: StatusBoard = { servers: { kind: 'all' }, showsPlayers: true, showsAddresses: false };
const survival = aServer({ power: 'running', players: playersOnline(3, { slots: 20 }) });
const unknownMessage = answer(404, { message: 'Unknown Message', code: 10_008 });

/** A world with one running server, and a Discord whose answers the test gives; null = Discord takes the message. */
function aWorld(): ChannelsWorld {
  const world = aChannelsWorld();
  world.fleet.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server: survival },
  ]);
  return world;
}

/** Lets time pass in steps: an attempt has many steps of its own, for disk, keychain and answer. */
async function passIn({ clock }: Pick<ChannelsWorld, 'clock'>, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 500) await clock.advance(500);
}

async function aRun(world = aWorld()) {
  const answers: (Answer | null)[] = [];
  const http = new FakeHttp(() => answers.shift() ?? answer(200, { id: '77' }));
  const rig = await startChannels({ http: () => http }, world);
  const [known] = world.settings.current.channels;
  const { id } = known ?? (await rig.add('discord', { address }));
  http.requests.length = 0;
  const { fleet } = world;
  const patch = (fields: Partial<Server>, serverId = survival.id): void =>
    fleet.apply([{ kind: 'server-patched', serverId, patch: fields }]);
  return {
    ...rig,
    id,
    http,
    answers,
    patch,
    set: (board: StatusBoard | null) => rig.calls['channels.setBoard']({ id, board }),
    sent: () =>
      http.requests.map(({ method, url }) => `${method} ${new URL(url).pathname.split('/').at(-1) ?? ''}`),
    text: () => textOf(http.requests.at(-1)),
    pass: (ms: number) => passIn(world, ms),
    settleBoard: () => passIn(world, 6000),
  };
}

function textOf(request: HttpRequest | undefined): string {
  const { embeds } = JSON.parse(String(request?.body)) as { embeds: { description: string }[] };
  return embeds[0]?.description ?? '';
}

/** A run whose board is shown. */
async function aBoard(world = aWorld()) {
  const run = await aRun(world);
  await run.set(all);
  await run.settleBoard();
  return run;
}

describe('the message of a status board', () => {
  it('is not sent before somebody set a board up', async () => {
    const { http, patch, settleBoard } = await aRun();
    patch({ power: 'stopping' });
    await settleBoard();
    expect(http.requests).toEqual([]);
  });

  it('is made once, and is edited only on a change', async () => {
    const { sent, text, patch, clock, pass, settleBoard, state } = await aBoard();
    expect(sent()).toEqual(['POST abcd']);
    expect(text()).toMatch(/^🟢 \*\*Survival\*\*: running · 3 of 20 players\n/u);
    await pass(600_000);
    expect(sent()).toHaveLength(1);
    patch({ power: 'offline', players: null });
    await settleBoard();
    expect(sent()).toEqual(['POST abcd', 'PATCH 77']);
    const at = Math.floor((clock.now() - 6000) / 1000);
    expect(text()).toContain(`⚫ **Survival**: offline since <t:${at}:f>`);
    expect(state()?.board).toMatchObject({ reference: '77', stopped: null });
  });

  it('waits until the servers are read, a minute at most', async () => {
    const world = aWorld();
    world.fleet.apply([{ kind: 'account-upserted', account: anAccount({ state: { kind: 'loading' } }) }]);
    const { set, sent, settleBoard, pass } = await aRun(world);
    await set(all);
    await settleBoard();
    expect(sent()).toEqual([]);
    await pass(60_000);
    expect(sent()).toEqual(['POST abcd']);
  });

  it('changes at once for a state, and once a minute for players alone', async () => {
    const { sent, patch, pass } = await aBoard();
    for (let count = 4; count < 14; count += 1) {
      patch({ players: playersOnline(count, { slots: 20 }) });
      await pass(12_000);
    }
    expect(sent().length).toBeLessThanOrEqual(4);
    const before = sent().length;
    patch({ power: 'stopping' });
    await pass(9000);
    expect(sent()).toHaveLength(before + 1);
  });

  it('stays the same message for other servers, groups and no servers', async () => {
    const { set, sent, text, settleBoard, settings, patch, fleet } = await aBoard();
    fleet.apply([
      { kind: 'server-upserted', server: aServer({ id: 'home/2', name: 'Lobby', power: 'offline' }) },
    ]);
    await settings.update({ groups: [{ id: 'g', name: 'G', isCollapsed: false, serverIds: ['home/2'] }] });
    await set({ ...all, servers: { kind: 'group', groupId: 'g' }, showsAddresses: true });
    await settleBoard();
    expect(text()).toMatch(/^⚫ \*\*Lobby\*\*: offline · 203\\\.0\\\.113\\\.10:25565\n/u);
    await set({ ...all, servers: { kind: 'some', serverIds: [survival.id] } });
    await settleBoard();
    expect(text()).toMatch(/^🟢 \*\*Survival\*\*/u);
    await set(null);
    patch({ power: 'offline' });
    await settleBoard();
    await set(all);
    await settleBoard();
    expect(sent().filter((one) => one.startsWith('POST'))).toHaveLength(1);
    expect(sent()).toHaveLength(4);
  });
});

describe('Discord answers', () => {
  it('429: waits as long as Discord wants, also when the network comes back', async () => {
    const { sent, answers, patch, pass, channels, state } = await aBoard();
    answers.push(answer(429, { retry_after: 90.5 }));
    patch({ power: 'stopping' });
    await pass(4000);
    expect([sent().length, state()?.boardProblem?.code]).toEqual([2, 'rate-limited']);
    channels.hurry();
    patch({ power: 'offline' });
    await pass(86_000);
    expect(sent()).toHaveLength(2);
    await pass(10_000);
    expect([sent().length, state()?.boardProblem]).toEqual([3, null]);
  });

  it('a deleted message is made again once a day, and after that when the person says so', async () => {
    const { sent, answers, patch, pass, state, calls, id } = await aBoard();
    answers.push(unknownMessage);
    patch({ power: 'offline' });
    await pass(20_000);
    expect(sent()).toEqual(['POST abcd', 'PATCH 77', 'POST abcd']);
    answers.push(unknownMessage);
    patch({ power: 'starting' });
    await pass(600_000);
    expect(sent()).toHaveLength(4);
    expect(state()?.board).toMatchObject({ reference: null, stopped: 'deleted' });
    calls['channels.resume']({ id });
    await pass(1000);
    expect(sent()).toEqual(['POST abcd', 'PATCH 77', 'POST abcd', 'PATCH 77', 'POST abcd']);
  });

  it('stop after the deletion of the webhook, which pauses the channel', async () => {
    const { sent, answers, patch, pass, state } = await aBoard();
    answers.push(answer(404, { message: 'Unknown Webhook', code: 10_015 }));
    patch({ power: 'offline' });
    await pass(60_000);
    patch({ power: 'starting' });
    await pass(60_000);
    expect(sent()).toHaveLength(2);
    expect(state()?.paused?.code).toBe('not-found');
  });

  it('a refused text is not sent again, a changed text is', async () => {
    const { sent, answers, patch, pass, state } = await aBoard();
    answers.push(answer(400, { message: 'Invalid Form Body', code: 50_035 }));
    patch({ power: 'offline' });
    await pass(600_000);
    expect([sent().length, state()?.boardProblem?.code]).toEqual([2, 'conflict']);
    patch({ power: 'starting' });
    await pass(10_000);
    expect([sent().length, state()?.boardProblem]).toEqual([3, null]);
  });
});

describe('no second message', () => {
  it.each<[string, Answer]>([
    ['no answer', new HttpFailure('timeout', 'x')],
    ['a broken connection', new HttpFailure('reset', 'x')],
    ['status 500', answer(500, 'oops')],
    ['an answer without an id', answer(200, {})],
  ])('after %s, also after a restart, until the person wants one', async (_what, lost) => {
    const world = aWorld();
    const { set, answers, sent, settleBoard, patch, state, pass, channels } = await aRun(world);
    answers.push(lost);
    await set(all);
    await settleBoard();
    patch({ power: 'offline' });
    await pass(600_000);
    expect(sent()).toEqual(['POST abcd']);
    expect(state()?.board?.stopped).toBe('unsure');
    channels.stop();
    const later = await aRun(world);
    patch({ power: 'starting' });
    await pass(600_000);
    expect(later.sent()).toEqual([]);
    later.calls['channels.resume']({ id: later.id });
    await pass(1000);
    expect(later.sent()).toEqual(['POST abcd']);
  });

  it('after Perch ended between request and answer', async () => {
    const world = aWorld();
    const run = await aRun(world);
    // The text on disk while the request is on its way.
    let onDisk = '';
    run.http.send = (request) => {
      run.http.requests.push(request);
      onDisk = world.store.text;
      return new Promise(() => undefined);
    };
    await run.set(all);
    await run.settleBoard();
    expect(run.sent()).toEqual(['POST abcd']);
    // A message on its way is no trouble.
    expect(run.state()?.board?.stopped ?? null).toBeNull();
    run.channels.stop();
    world.store.text = onDisk;
    const later = await aRun(world);
    await passIn(world, 600_000);
    expect(later.sent()).toEqual([]);
    expect(later.state()?.board?.stopped).toBe('unsure');
  });

  it('after a restart: no message for the same text, an edit for a new text', async () => {
    const world = aWorld();
    const { channels, pass } = await aBoard(world);
    channels.stop();
    const later = await aRun(world);
    await pass(600_000);
    expect(later.sent()).toEqual([]);
    later.patch({ power: 'offline' });
    await later.settleBoard();
    expect(later.sent()).toEqual(['PATCH 77']);
  });

  it('while the first message is on its way and the board is switched off and on', async () => {
    const run = await aRun();
    run.http.send = (request) => {
      run.http.requests.push(request);
      return new Promise((resolve) => void run.clock.after(15_000, () => resolve(answer(200, { id: '77' }))));
    };
    await run.set(all);
    await run.pass(4000);
    await run.set(null);
    await run.set(all);
    await run.pass(60_000);
    expect(run.sent()).toEqual(['POST abcd']);
    expect(run.state()?.board).toMatchObject({ reference: '77', stopped: null });
  });

  it('while the disk refuses the file: none at all, and one when the disk takes the file', async () => {
    const { set, sent, store, settleBoard, pass, state } = await aRun();
    store.refuses = new Error('no space');
    await set(all);
    await settleBoard();
    expect(sent()).toEqual([]);
    expect(state()?.boardProblem).not.toBeNull();
    store.refuses = null;
    await pass(60_000);
    expect(sent()).toEqual(['POST abcd']);
  });

  it('before Discord could be reached: tried again', async () => {
    const { set, sent, answers, pass, state } = await aRun();
    answers.push(new HttpFailure('unreachable', 'x'));
    await set(all);
    await pass(2000);
    expect(state()?.boardProblem?.code).toBe('offline');
    await pass(20_000);
    expect(sent()).toEqual(['POST abcd', 'POST abcd']);
    expect(state()?.board?.reference).toBe('77');
  });
});

it('a removed channel leaves nothing on disk, and a switched-off one changes nothing', async () => {
  const { calls, id, patch, clock, pass, sent, store, http } = await aBoard();
  await calls['channels.change']({ id, isOn: false });
  patch({ power: 'offline' });
  await pass(60_000);
  expect(sent()).toHaveLength(1);
  http.send = () =>
    new Promise((resolve) => void clock.after(5000, () => resolve(answer(200, { id: '77' }))));
  await calls['channels.change']({ id, isOn: true });
  await pass(4000);
  await calls['channels.remove']({ id });
  await pass(60_000);
  await settle();
  expect(JSON.parse(store.text)).toEqual({ posts: [], channels: [] });
});

it('other services have no board', async () => {
  const http = new FakeHttp(() => answer(200, {}));
  const { add, calls } = await startChannels({ http: () => http });
  const { id } = await add('ntfy', { address: 'https://ntfy.sh/perch-topic-7351' });
  await expect(calls['channels.setBoard']({ id, board: all })).rejects.toMatchObject({
    problem: { code: 'invalid' },
  });
});

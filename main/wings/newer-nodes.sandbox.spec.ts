/** The session with every kind of node: limits, suspensions and revocations (PROTOCOL 4.9, 4.10). */
import { afterEach, describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { verbatim } from '../../messages/messages.js';
import {
  aRealSession,
  pause,
  until,
  type RealSession,
  type RealSessionOptions,
} from '../../tests/support/wings-real-session.js';
import { saying } from '../../tests/support/spoken-problem.js';
import { limited, NODE_KINDS, SURVIVAL, WINGS_112, WingsRig } from '../../tests/support/wings-rig.js';
import type { SessionLink } from './api.js';

type StartOptions = Parameters<typeof WingsRig.start>[0];

let rig: WingsRig;
const opened: RealSession[] = [];

afterEach(async () => {
  for (const { session } of opened.splice(0)) session.stop();
  await rig.end();
});

function aSession(options: RealSessionOptions = {}): RealSession {
  const made = aRealSession(rig, options);
  opened.push(made);
  made.session.start();
  return made;
}

async function live(options: RealSessionOptions = {}): Promise<RealSession> {
  const made = aSession(options);
  await until('live', () => made.listener.lastLink?.kind === 'live');
  return made;
}

/** Session of a running server. */
async function running(options: StartOptions): Promise<RealSession> {
  rig = await WingsRig.start(options);
  const made = await live();
  made.session.sendPower('start');
  await until('running', () => made.listener.powers.at(-1) === 'running');
  return made;
}

function problemOf(link: SessionLink | undefined) {
  return link?.kind === 'refused' || link?.kind === 'reconnecting' ? link.problem : null;
}

const echoesOf = ({ listener }: RealSession, start: string) =>
  listener.texts().filter((text) => text.startsWith(start));

describe.each(NODE_KINDS)('with %s', (_name, dialect) => {
  const isNewer = dialect.limits !== null;
  const ownSecond = () => pause(1050);

  it('a paste of many lines arrives in order', async () => {
    const made = await running({ dialect });
    // 30 commands take half a minute, so only one kind of node gets this many.
    const many = dialect === WINGS_112 ? 30 : 9;
    const wanted = Array.from({ length: many }, (_, count) => `say line ${String(count)}`);
    for (const command of wanted) expect(made.session.sendCommand(command)).toBe(true);
    await until('all echoes', () => echoesOf(made, 'say line').length === wanted.length, 120_000);
    expect(echoesOf(made, 'say line')).toEqual(wanted);
    expect(made.listener.notices).toEqual([]);
    expect(made.log.count('wings.throttled')).toBe(0);
    expect(made.listener.links.map((link) => link.kind)).toEqual(['connecting', 'live']);
  });

  it('a long command is left to REST, and the longest allowed one keeps the socket', async () => {
    const made = await running({ dialect });
    expect(made.session.sendCommand('x'.repeat(4100))).toBe(false);
    expect(made.session.sendCommand(`say ${'x'.repeat(3900)}`)).toBe(true);
    await until('its echo', () => echoesOf(made, 'say xxx').length === 1);
    expect(made.listener.lastLink).toEqual({ kind: 'live' });
  });

  it('a suspension reported by the node ends the session without another attempt', async () => {
    const made = await running({ dialect });
    rig.panel.change(SURVIVAL, { suspended: true });
    rig.node.sync(SURVIVAL);
    if (!isNewer) {
      await until('offline', () => made.listener.powers.at(-1) === 'offline');
      expect(made.listener.lastLink).toEqual({ kind: 'live' });
      return;
    }
    await until('a refusal', () => made.listener.lastLink?.kind === 'refused');
    expect(problemOf(made.listener.lastLink)).toMatchObject({ code: 'conflict', condition: 'suspended' });
    // The session learned of the suspension with its first token.
    expect(made.tickets()).toBe(1);
    expect(made.listener.changes).toBe(1);
    const links = made.listener.links.length;
    await pause(2500);
    expect(made.listener.links).toHaveLength(links);
    rig.panel.change(SURVIVAL, { suspended: false });
    made.session.start();
    await until('live again', () => made.listener.lastLink?.kind === 'live');
  });

  it('a suspension reported by the panel ends the session, too', async () => {
    rig = await WingsRig.start({ dialect });
    await ownSecond();
    const suspended = () =>
      Promise.reject(
        new PerchError({
          code: 'conflict',
          condition: 'suspended',
          message: verbatim('No.'),
          next: verbatim('Ask.'),
        }),
      );
    const made = await live({ ticket: (call) => (call === 0 ? undefined : suspended()) });
    // The revocation voids the current token, so Perch asks the panel.
    await ownSecond();
    rig.node.revoke('bbbbbbbb-0000-4000-8000-000000000002', SURVIVAL);
    made.session.sendPower('kill');
    await until('a refusal', () => made.listener.lastLink?.kind === 'refused');
    expect(problemOf(made.listener.lastLink)).toMatchObject({ condition: 'suspended' });
    expect(made.tickets()).toBe(2);
  });

  it('changed permissions arrive with a new token', async () => {
    rig = await WingsRig.start({ dialect });
    const who = { userId: 3, permissions: ['websocket.connect'] };
    const owner = await live();
    const made = await live({ who });
    await ownSecond();
    who.permissions = ['websocket.connect', 'control.console'];
    rig.node.revoke('bbbbbbbb-0000-4000-8000-000000000003', SURVIVAL);
    // Up to 1.11 a token is revoked without notice; the next event shows it.
    rig.node.power(SURVIVAL, 'start');
    await until('a new token', () => made.listener.permissionLists.at(-1)?.length === 2);
    await until('live', () => made.listener.lastLink?.kind === 'live');
    await until('the owner is live', () => owner.listener.lastLink?.kind === 'live');
    expect(made.tickets()).toBe(2);
    // The owner's socket was closed too, but the token is still valid.
    expect(owner.tickets()).toBe(1);
  });

  it('a deletion is reported, however the socket ends', async () => {
    rig = await WingsRig.start({ dialect });
    const made = await live();
    rig.node.remove(SURVIVAL);
    await until('the deletion', () => made.listener.deletions === 1);
    expect(made.listener.lastLink?.kind).toBe('reconnecting');
  });

  it('a panel with a token of another server is asked once more only', async () => {
    rig = await WingsRig.start({ dialect });
    const url = `${rig.node.socketBase}/api/servers/${SURVIVAL}/ws`;
    const foreign = async () => ({
      token: await rig.token({ server: 'aaaaaaaa-0000-4000-8000-000000000002' }),
      url,
    });
    const made = aSession({ ticket: () => foreign() });
    await until('a refusal', () => made.listener.lastLink?.kind === 'refused');
    expect(made.tickets()).toBe(2);
  });
});

describe.each(NODE_KINDS.filter(([, { limits }]) => limits !== null))(
  'the limits of %s',
  (_name, dialect) => {
    it('that are stricter than usual lose a command: it is reported, and the rest arrives', async () => {
      const events = { 'send command': { size: 1, everyMs: 1000 }, '*': { size: 4, everyMs: 1000 } };
      const made = await running({ dialect: limited(dialect, { events }) });
      for (let count = 0; count < 4; count++) made.session.sendCommand(`say no ${String(count)}`);
      await until('a notice', () => made.listener.notices.length > 0);
      expect(made.listener.notices[0]).toMatch(
        /^The node dropped a command .* the last one sent was “say no \d”/,
      );
      await until('the last one', () => echoesOf(made, 'say no 3').length === 1);
      expect(made.listener.lastLink).toEqual({ kind: 'live' });
      // The session has learned the limit: the next commands stay within it.
      const told = made.listener.notices.length;
      for (let count = 0; count < 2; count++) made.session.sendCommand(`say yes ${String(count)}`);
      await until('all of them', () => echoesOf(made, 'say yes').length === 2);
      expect(made.listener.notices).toHaveLength(told);
    });

    it('that lose all messages report the lost signal', async () => {
      const connection = { size: 2, everyMs: 60_000 };
      rig = await WingsRig.start({ dialect: limited(dialect, { connection }) });
      const made = await live();
      expect(made.session.sendPower('start')).toBe(true);
      await until('a notice', () => made.listener.notices.length > 0);
      expect(made.listener.notices).toEqual([
        'The node dropped the last action because it received too many at once. Try again.',
      ]);
      expect(made.listener.noticesAbout).toEqual(['signal']);
    });

    it('of sockets: a socket above the limit is reported and waits a minute', async () => {
      rig = await WingsRig.start({ dialect: limited(dialect, { socketsPerServer: 2 }) });
      await live();
      await live();
      const made = aSession();
      await until('an answer', () => made.listener.lastLink?.kind === 'reconnecting');
      const link = made.listener.lastLink;
      expect(problemOf(link)?.message).toEqual(
        saying('The node refuses another live connection to this server: too many are open.'),
      );
      const wait = link?.kind === 'reconnecting' ? link.retryAt - Date.now() : 0;
      expect(wait).toBeGreaterThan(58_000);
      expect(made.tickets()).toBe(1);
    });

    it('of time: a node that stops waiting is asked again when the panel allows it', async () => {
      rig = await WingsRig.start({ dialect, tuning: { authMs: 1800 } });
      const retryAt = Date.now() + 5000;
      const stale = { token: await rig.token(), url: `${rig.node.socketBase}/api/servers/${SURVIVAL}/ws` };
      await pause(1050);
      rig.node.revoke('bbbbbbbb-0000-4000-8000-000000000002', SURVIVAL);
      const limit = () =>
        Promise.reject(
          new PerchError({
            code: 'rate-limited',
            message: verbatim('No.'),
            next: verbatim('Wait.'),
            retryAt,
          }),
        );
      const made = aSession({
        ticket: (call) => (call === 0 ? Promise.resolve(stale) : Date.now() < retryAt ? limit() : undefined),
      });
      await until('the pause', () => problemOf(made.listener.lastLink)?.code === 'rate-limited');
      // On a busy machine the session learns of the pause slightly later, but never retries before `retryAt`.
      const told = made.listener.lastLink;
      expect(told?.kind === 'reconnecting' ? told.retryAt : 0).toBeGreaterThanOrEqual(retryAt);
      await until('live', () => made.listener.lastLink?.kind === 'live');
      expect(Date.now()).toBeGreaterThanOrEqual(retryAt);
      expect(made.tickets()).toBe(3);
    });
  },
);

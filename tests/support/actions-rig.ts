import type { CertificateFacts } from '../../bridge/schema/certificate.js';
import type { HandlerInput } from '../../bridge/schema/contract.js';
import { PerchError, type ProblemCode } from '../../bridge/errors.js';
import { AccountBook } from '../../main/actions/account-book.js';
import { createActions } from '../../main/actions/actions.js';
import { CopiedKeys } from '../../main/actions/copied-keys.js';
import { Backups } from '../../main/backups/backups.js';
import type { PanelProbe } from '../../main/panel/api.js';
import type { TrustedCertificate } from '../../main/base/network-ports.js';
import type { AccountRecord } from '../../main/base/ports.js';
import { FakeLog } from './fake-log.js';
import { aProblem } from './a-problem.js';
import { aFleet, FakeHistories, FakePanel } from './fleet-fakes.js';

/** Client API key of the demo account. */
export const key = 'ptlc_abcdefghijklmnopqrstuvwxyz';
export const certificate: TrustedCertificate = { pem: 'PEM', fingerprint: 'AA:BB:CC' };
export const certificateFacts: CertificateFacts = {
  fingerprint: certificate.fingerprint,
  issuer: 'Example',
  from: 0,
  until: 1,
};

/** Window that makes the calls. */
const page = { webContentsId: 7 };

/** Verbs on a fleet whose panel, disk and keychain can be made to fail. */
export async function anActionsRig(records: AccountRecord[] = []) {
  const panel = new FakePanel();
  const fleet = aFleet(panel);
  const saved: AccountRecord[][] = [];
  const stored = new Map<string, string>();
  /** Origin stored with each key, by account id. */
  const boundTo = new Map<string, string>();
  const forgotten: string[] = [];
  const probes: PanelProbe[] = [];
  const looks: Omit<PanelProbe, 'key'>[] = [];
  const log = new FakeLog();
  const histories = new FakeHistories();
  const removed: string[] = [];
  /** Calls about SFTP keys. */
  const sftp: string[] = [];
  const unlocked = { times: 0 };
  const failures: {
    store?: ProblemCode;
    forget?: ProblemCode;
    putBack?: ProblemCode;
    withdraw?: ProblemCode;
    save?: boolean;
    certificate?: Error;
  } = {};
  const demo = { starts: 0, stops: 0 };
  const clipboard = { text: '' };
  const fail = (code: ProblemCode | undefined): void => {
    if (code !== undefined) throw new PerchError(aProblem(code));
  };
  const book = new AccountBook({
    load: async () => records,
    save: async (all) => {
      if (failures.save === true) throw new Error('The disk is full.');
      saved.push([...all]);
    },
  });
  book.listen((record) => fleet.fleet.recordChanged(record));
  fleet.fleet.start(await book.load());
  await fleet.clock.advance(0);
  let ids = 0;
  const backups = new Backups({ ...fleet, facts: fleet.fleet.facts, madeByRule: () => [] });
  backups.start();
  const actions = createActions({
    store: fleet.store,
    fleet: fleet.fleet,
    book,
    clock: fleet.clock,
    log,
    vault: {
      store: async ({ id, keyStorage, goesTo }, value) => {
        fail(failures.store);
        const before = stored.get(id);
        stored.set(id, `${keyStorage}:${value}`);
        boundTo.set(id, goesTo);
        return async () => {
          fail(failures.putBack);
          if (before === undefined) stored.delete(id);
          else stored.set(id, before);
        };
      },
      use: async ({ id }, run) => run((stored.get(id) ?? '').replace(/^\w+:/, '')),
      forget: async (id, where) => {
        forgotten.push(id);
        fail(failures.forget);
        if (where !== 'keychain' || stored.get(id)?.startsWith('keychain:') === true) stored.delete(id);
      },
      unlock: () => void (unlocked.times += 1),
    },
    network: {
      certificateOf: async () => {
        if (failures.certificate !== undefined) throw failures.certificate;
        return { pem: certificate.pem, facts: certificateFacts };
      },
      routeTo: async () => [{ kind: 'direct' }],
    },
    sftpKeys: {
      withdraw: async (accountId) => {
        sftp.push(`withdraw ${accountId}`);
        fail(failures.withdraw);
      },
      drop: async (accountId) => void sftp.push(`drop ${accountId}`),
    },
    copyText: async (text) => void (clipboard.text = text),
    computer: () => 'desk',
    copiedKeys: new CopiedKeys({ clock: fleet.clock, copied: { read: async () => clipboard.text } }),
    histories,
    startupSet: () => undefined,
    schedulesChanged: () => undefined,
    peopleChanged: () => undefined,
    backups,
    actorOf: () => ({ kind: 'me', bulk: false }),
    accountRemoved: async (accountId) => void removed.push(accountId),
    demo: {
      start: async () => ({ panelUrl: `http://127.0.0.1:${9000 + demo.starts++}`, key }),
      stop: async () => void (demo.stops += 1),
    },
    probePanel: (probe) => {
      probes.push(probe);
      return panel;
    },
    panelKind: async (panelUrl, trusted) => {
      looks.push({ panelUrl, trusted });
      return 'pelican';
    },
    newId: () => `new${++ids}`,
  });
  const add = (input: Partial<HandlerInput<'accounts.add'>> = {}) =>
    actions['accounts.add'](
      { url: 'panel.example.com/', key: ` ${key}\n`, keep: 'keychain', ...input },
      page,
    );
  /** Takes the offer to use the copied key. */
  const take = (accountId: string | null = null) => actions['clipboard.take']({ accountId }, page);
  const untouched = () => ({
    stored: stored.size,
    saved: saved.length,
    accounts: fleet.store.state.accounts.size - records.length,
  });
  return {
    ...fleet,
    actions,
    add,
    backups,
    book,
    boundTo,
    clipboard,
    demo,
    failures,
    forgotten,
    histories,
    log,
    page,
    looks,
    probes,
    removed,
    sftp,
    unlocked,
    saved,
    stored,
    take,
    untouched,
  };
}

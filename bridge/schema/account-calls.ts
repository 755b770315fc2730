/** Calls about panels and the accounts on them. No output contains a key. */
import * as z from 'zod';
import { panelKinds } from '../panel/panel-kind.js';
import { agreementRefSchema } from './agreement.js';
import { accountSchema } from './domain.js';
import { permissionGroupSchema } from './permission-groups.js';
import { problemSchema } from './problem.js';
import { routeTakenSchema } from './proxy.js';

const nothing = z.void();
/** API key as typed; null = the key that main took from the clipboard before (`clipboard.take`). */
const enteredKey = z.string().max(1000).nullable();
export const accountRef = z.object({ accountId: z.string().min(1).max(100) });

export const accountContract = {
  /** Checks address and key against `/account`, stores the key, and starts watching. */
  'accounts.add': {
    input: z.object({
      url: z.string().max(2000),
      key: enteredKey,
      /** Fingerprint that the user accepted after a `tls-untrusted` problem showed it. */
      trustFingerprint: z.string().max(200).optional(),
      /** `memory` only after a keychain problem was shown and the user chose it. */
      keep: z.enum(['keychain', 'memory']),
    }),
    output: accountSchema.pick({ id: true }),
  },
  /**
   * Replaces the key of a panel once the panel has accepted it; pins, groups and all other settings stay. If the new
   * key belongs to another user, Perch stores no key and `otherUser` names that user. A second call with that name as
   * `user` confirms.
   */
  'accounts.replaceKey': {
    input: accountRef.extend({
      key: enteredKey,
      keep: z.enum(['keychain', 'memory']),
      user: z.string().max(300).optional(),
    }),
    output: z.object({ otherUser: z.string().nullable() }),
  },
  /** Detects the panel at a typed address, without a key. Null = no panel recognised, which is not an error. */
  'panel.probe': {
    input: z.object({ url: z.string().max(2000) }),
    output: z.object({ panelUrl: z.string(), kind: z.enum(panelKinds) }).nullable(),
  },
  /** Sets the user's label for a panel. */
  'accounts.rename': { input: accountRef.extend({ label: z.string().max(1000) }), output: nothing },
  /** Chooses which servers an administrator sees: all servers of the panel, or only own and shared servers. */
  'accounts.setAllServers': { input: accountRef.extend({ allServers: z.boolean() }), output: nothing },
  /** Allows unencrypted connections to the panel's nodes, after a `node-unencrypted` problem was shown. */
  'accounts.allowUnencrypted': { input: accountRef, output: nothing },
  /**
   * Removes a panel, with Perch's SFTP key there. Rejects with `sftp.not-withdrawn` if the panel does not drop that key;
   * `leavesSftpKey` = the person leaves the key with the panel.
   */
  'accounts.remove': {
    input: accountRef.extend({ leavesSftpKey: z.boolean().optional() }),
    output: nothing,
  },
  /** Reads the key again (after the keyring was unlocked) and asks the panel again. */
  'accounts.retry': { input: accountRef, output: nothing },
  /**
   * Trusts the certificate that the panel or one of its nodes presents.
   * `fingerprint` = the fingerprint that the user compared; main refuses if the host presents another certificate
   * by now.
   */
  'accounts.trust': {
    input: accountRef.extend({ host: z.string().max(300), fingerprint: z.string().max(200) }),
    output: nothing,
  },
  /** Asks the panel now and returns the connection's route and the problem; `problem` is null if the panel answered. */
  'accounts.tryRoute': {
    input: accountRef,
    output: z.object({ ways: z.array(routeTakenSchema), problem: problemSchema.nullable() }),
  },
  /** Withdraws an agreement and closes the connections that depend on it. */
  'accounts.withdraw': { input: accountRef.extend({ agreement: agreementRefSchema }), output: nothing },
  /** Starts the sandbox on this machine and connects to it. */
  'demo.start': { input: nothing, output: accountSchema },
  /** All permissions that the account's panel knows. */
  'permissions.read': { input: accountRef, output: z.array(permissionGroupSchema) },
  /**
   * Opens the panel's page in the browser: of one server, of the account (`accountOn` = where this kind of panel has that
   * page), or its start page.
   */
  'panel.open': {
    input: accountRef.extend({
      serverId: z.string().max(300).optional(),
      accountOn: z.enum(panelKinds).optional(),
    }),
    output: nothing,
  },
  /**
   * Opens the panel's page for API keys in the browser.
   * Only for panels that `panel.probe` found or that are connected.
   */
  'panel.openKeyPage': {
    input: z.object({ panelUrl: z.string().max(2000), kind: z.enum(panelKinds) }),
    output: nothing,
  },
};

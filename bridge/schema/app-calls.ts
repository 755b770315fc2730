/** Calls about Perch itself: windows, clipboard, programs, updates, diagnostics, exports and settings. */
import * as z from 'zod';
import { heldKeys } from '../panel/held-key.js';
import { accountRef } from './account-calls.js';
import { alertScopeSchema } from './alerts.js';
import { backupChoicesSchema } from './backup-rules.js';
import { draftsSchema } from './drafts.js';
import { importPreviewSchema } from './import-preview.js';
import { memoryNoteSchema } from './memory.js';
import { proxyPlaceSchema, proxySettingSchema } from './proxy.js';
import { consentAnswers } from './remote-consent.js';
import { settingsPatchSchema, settingsSchema } from './settings.js';
import { viewSchema } from './view.js';

const nothing = z.void();
const keyTaker = z.object({ accountId: accountRef.shape.accountId.nullable() });

export const appContract = {
  'app.info': {
    input: nothing,
    output: z.object({
      version: z.string(),
      platform: z.string(),
      hasTray: z.boolean(),
      dataFolder: z.string(),
      /** True if the data folder lies beside the program. */
      isPortable: z.boolean(),
    }),
  },
  /** Shows the log folder in the system's file manager. */
  'app.openLogs': { input: nothing, output: nothing },
  'app.quit': { input: nothing, output: nothing },
  /** Whether the desktop session starts Perch, as the system reports it now. */
  'autostart.read': { input: nothing, output: z.object({ isOn: z.boolean() }) },
  'autostart.set': { input: z.object({ on: z.boolean() }), output: nothing },
  'window.open': { input: z.object({ view: viewSchema }), output: nothing },
  'window.close': { input: nothing, output: nothing },
  /** Reports that this window has drawn its first picture and may be shown. */
  'window.drawn': { input: nothing, output: nothing },
  /**
   * Sets the popover's height to that of its page (pixels); main limits it to the available space.
   * Other windows ignore it.
   */
  'window.setHeight': {
    input: z.object({ height: z.number().int().min(1).max(1_000_000) }),
    output: nothing,
  },
  'notices.dismiss': { input: z.object({ id: z.string().max(5000) }), output: nothing },
  /** Stores the main window's view, so that it opens there again. */
  'window.setView': { input: z.object({ view: viewSchema }), output: nothing },
  /**
   * Reports the main window's drafts whenever they change.
   * While there are drafts, closing the window only hides it.
   */
  'window.setDrafts': { input: draftsSchema, output: nothing },
  /** Reports the servers visible in this window; main updates visible servers first. */
  'window.setShown': {
    input: z.object({ serverIds: z.array(z.string().min(1).max(300)).max(500) }),
    output: nothing,
  },
  /** Logs an uncaught error or rejection of the window, or a view that failed to render. */
  'window.failed': {
    input: z.object({
      kind: z.enum(['error', 'rejection', 'render']),
      view: z.string().max(100),
      message: z.string().max(2000),
      stack: z.string().max(8000),
    }),
    output: nothing,
  },
  /** Opens a link from the console after asking the user; https only. */
  'link.open': { input: z.object({ url: z.url({ protocol: /^https$/ }).max(2000) }), output: nothing },
  /**
   * Whether the clipboard holds an API key, while a window of Perch has the focus.
   * Windows never get the key itself.
   */
  'clipboard.peek': { input: nothing, output: z.object({ holds: z.enum(heldKeys) }) },
  /**
   * Takes the key from the clipboard for an account; null = for a panel that is not connected yet.
   * Main keeps it for at most ten minutes, until the key is used, given back, or the page unloads. Rejects with
   * `fields.key` without a key.
   */
  'clipboard.take': { input: keyTaker, output: nothing },
  'clipboard.giveBack': { input: keyTaker, output: nothing },
  'clipboard.write': { input: z.object({ text: z.string().max(4_000_000) }), output: nothing },
  /** Answers a program's question; ignored if the question is no longer open. */
  'consent.answer': {
    input: z.object({ id: z.string().max(100), answer: z.enum(consentAnswers) }),
    output: nothing,
  },
  /** Withdraws a temporary permission of a program. */
  'consent.withdraw': { input: z.object({ id: z.string().max(100) }), output: nothing },
  /** Checks for a newer version of Perch now; does nothing if updates are off. The feed `updates` has the result. */
  'updates.check': { input: nothing, output: nothing },
  /** Downloads the available version; Perch installs it on quit. */
  'updates.download': { input: nothing, output: nothing },
  'updates.cancel': { input: nothing, output: nothing },
  /** Skips a version, or offers it again. */
  'updates.skip': {
    input: z.object({ version: z.string().max(100), isSkipped: z.boolean() }),
    output: nothing,
  },
  /** Quits, installs the downloaded version, and starts again. Asks first if typed text would be lost. */
  'updates.restart': { input: nothing, output: nothing },
  /** Opens the download page in the browser. */
  'updates.openPage': { input: nothing, output: nothing },
  /** Runs the diagnostics; resolves after the last step. The feed `diagnosis` has the steps. */
  'diagnosis.run': { input: nothing, output: nothing },
  /** The diagnostics as a text to pass on: without keys, addresses and names. */
  'diagnosis.report': { input: nothing, output: z.object({ text: z.string() }) },
  /** Asks for a file and writes the report to it; `path` null = no file chosen. */
  'diagnosis.save': { input: nothing, output: z.object({ path: z.string().nullable() }) },
  /** Asks for a file and exports all settings to it, without keys; `path` null = no file chosen. */
  'exports.save': { input: nothing, output: z.object({ path: z.string().nullable() }) },
  /** Asks for an exported file and returns a preview of its changes; null = no file chosen. */
  'exports.choose': { input: nothing, output: importPreviewSchema.nullable() },
  /** Imports the file of the last preview. */
  'exports.apply': { input: nothing, output: nothing },
  /** Changes the proxy for panels and nodes at once; all connections are reopened. */
  'network.setProxy': {
    input: z.object({
      use: proxySettingSchema.shape.use,
      /** Missing = unchanged. */
      own: proxyPlaceSchema.optional(),
      /**
       * Missing = keeps the stored password if kind, host, port and user are the same, otherwise uses none; empty = no
       * password.
       */
      password: z.string().max(255).optional(),
      /** `memory` only after a keychain problem was shown and the user chose it. */
      keep: z.enum(['keychain', 'memory']),
    }),
    output: nothing,
  },
  /** Records events that the user has seen. The feed `memory` has the result. */
  'memory.note': { input: memoryNoteSchema, output: nothing },
  /** Replaces the choices for backups of a scope; null = all servers. Empty choices inherit everything. */
  'backupRules.set': {
    input: z.object({ scope: alertScopeSchema.nullable(), choices: backupChoicesSchema }),
    output: nothing,
  },
  'settings.update': { input: settingsPatchSchema, output: settingsSchema },
};

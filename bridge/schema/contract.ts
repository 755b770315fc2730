/**
 * All calls and feeds between main and the windows.
 * A missing handler in main does not compile, the windows' client takes its types from here, and both directions
 * are parsed.
 */
import * as z from 'zod';
import { languages } from '../../messages/messages.js';
import { agreementRefSchema } from './agreement.js';
import { backupPreviewSchema } from './backup.js';
import { changeSchema, fleetSnapshotSchema } from './changes.js';
import { diagnosisSchema } from './diagnosis.js';
import {
  accountSchema,
  bulkRunSchema,
  consoleLineSchema,
  linkSchema,
  permissionGroupSchema,
  powerSignalSchema,
  startupSchema,
} from './domain.js';
import { settingsPatchSchema, settingsSchema } from './settings.js';
import { draftsSchema } from './drafts.js';
import { historyEventSchema } from './events.js';
import { heldKeys } from '../panel/held-key.js';
import { historyRangeSchema, stateRunSchema, usageStretchSchema } from './history.js';
import { panelKinds } from '../panel/panel-kind.js';
import { problemSchema } from './problem.js';
import { proxyPlaceSchema, proxySettingSchema, routeTakenSchema } from './proxy.js';
import { consentAnswers, remoteConsentSchema } from './remote-consent.js';
import { sentenceSchema } from './sentence.js';
import { viewSchema } from './view.js';
import { warnedRestartSchema, warningSchema } from './warned-restart.js';
import { updatesSchema } from './updates.js';

const nothing = z.void();
const serverRef = z.object({ serverId: z.string().min(1).max(300) });
/** API key as typed; null = the key that main took from the clipboard before (`clipboard.take`). */
const enteredKey = z.string().max(1000).nullable();
const accountRef = z.object({ accountId: z.string().min(1).max(100) });
const keyTaker = z.object({ accountId: accountRef.shape.accountId.nullable() });

/** Notice about something that the user should know but need not act on. */
export const noticeSchema = z.object({ id: z.string(), message: sentenceSchema, next: sentenceSchema });
export type Notice = z.infer<typeof noticeSchema>;

/**
 * Time during which nobody looked at the window (ms since the epoch).
 * `from` is 0 if it began before this run of Perch.
 */
const absenceSchema = z.object({ from: z.number(), to: z.number() });
export type Absence = z.infer<typeof absenceSchema>;

/** Call name -> input and output. No output contains a key. */
export const calls = {
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
   * Replaces the key of a panel once the panel has accepted it; pins, groups and everything else stay.
   * If the new key belongs to another user, nothing is stored and `otherUser` names that user. A second call with
   * that name as `user` confirms.
   */
  'accounts.replaceKey': {
    input: accountRef.extend({
      key: enteredKey,
      keep: z.enum(['keychain', 'memory']),
      user: z.string().max(300).optional(),
    }),
    output: z.object({ otherUser: z.string().nullable() }),
  },
  /** Finds out what runs at a typed address, without a key. Null = no panel recognised, which is not an error. */
  'panel.look': {
    input: z.object({ url: z.string().max(2000) }),
    output: z.object({ panelUrl: z.string(), kind: z.enum(panelKinds) }).nullable(),
  },
  /** Sets the user's label for a panel. */
  'accounts.rename': { input: accountRef.extend({ label: z.string().max(1000) }), output: nothing },
  /** Chooses which servers an administrator sees: all servers of the panel, or only own and shared servers. */
  'accounts.setAllServers': { input: accountRef.extend({ allServers: z.boolean() }), output: nothing },
  /** Allows unencrypted connections to the panel's nodes, after a `node-unencrypted` problem was shown. */
  'accounts.allowUnencrypted': { input: accountRef, output: nothing },
  'accounts.remove': { input: accountRef, output: nothing },
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
  'power.send': {
    input: serverRef.extend({
      signal: powerSignalSchema,
      /** The user agreed to a start or restart although the panel does not answer; refused otherwise. */
      despitePanel: z.boolean().optional(),
    }),
    output: nothing,
  },
  'command.send': {
    input: serverRef.extend({
      command: z.string().min(1).max(65_536),
      /** Start of the run of commands that contains this command. Refused if an earlier command of the run failed. */
      runSince: z.number().optional(),
      /** The user agreed to repeat a command that may have been sent already. */
      again: z.boolean().optional(),
    }),
    /** False = not sent. The command may have been sent earlier, and the user must agree to repeat it. */
    output: z.object({ isTaken: z.boolean() }),
  },
  /** Commands sent to this server, oldest first, also from earlier runs of Perch. */
  'command.history': { input: serverRef, output: z.object({ commands: z.array(z.string()) }) },
  'command.forgetHistory': { input: serverRef, output: nothing },
  /** Removes a command (perhaps a password) from the server's history, however often it was sent. */
  'command.forget': { input: serverRef.extend({ command: z.string().min(1).max(65_536) }), output: nothing },
  /** Asks for a file and writes the console's text to it; `path` null = the user chose no file. */
  'console.save': {
    input: serverRef.extend({ text: z.string().max(50_000_000) }),
    output: z.object({ path: z.string().nullable() }),
  },
  /**
   * Asks for a file and writes a chart to it: figures as text (`csv`) or a picture as base64 (`png`).
   * `path` null = no file chosen.
   */
  'chart.save': {
    input: serverRef.extend({ kind: z.enum(['csv', 'png']), content: z.string().max(20_000_000) }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** Renames a server within the limits of `Server.naming`; missing fields stay as they are. */
  'server.rename': {
    input: serverRef.extend({
      name: z.string().max(10_000).optional(),
      description: z.string().max(100_000).optional(),
    }),
    output: nothing,
  },
  'server.reinstall': { input: serverRef, output: nothing },
  'server.setDockerImage': {
    input: serverRef.extend({ image: z.string().min(1).max(1000) }),
    output: nothing,
  },
  /** The user read and accepted Mojang's licence; Perch writes that into the server's files. */
  'server.acceptEula': { input: serverRef, output: nothing },
  'startup.read': { input: serverRef, output: startupSchema },
  /** Sets a startup variable and returns the startup after the change. Problems of the value are in `fields.value`. */
  'startup.setVariable': {
    input: serverRef.extend({ key: z.string().min(1).max(200), value: z.string().max(65_536) }),
    output: startupSchema,
  },
  /** All permissions that the account's panel knows. */
  'permissions.read': { input: accountRef, output: z.array(permissionGroupSchema) },
  /**
   * Sends one power signal to many servers; refused while another bulk action runs.
   * The feed `bulk` reports the progress.
   */
  'bulk.start': {
    input: z.object({
      serverIds: z.array(z.string().min(1).max(300)).min(1).max(10_000),
      signal: powerSignalSchema,
      /** Waits until each server runs before the next one. Only for start and restart. */
      waitsForEach: z.boolean(),
    }),
    output: nothing,
  },
  /** Cancels the bulk action for the servers that still wait. */
  'bulk.cancel': { input: nothing, output: nothing },
  /** Dismisses the result of a finished bulk action. */
  'bulk.dismiss': { input: nothing, output: nothing },
  /**
   * Warns the players of a server and restarts it later.
   * Resolves after the first warning; the feed `warned` reports the rest.
   */
  'warned.begin': { input: warningSchema.extend(serverRef.shape), output: nothing },
  /** Cancels the restart and tells the players. */
  'warned.callOff': { input: serverRef, output: nothing },
  /** Dismisses the result of a warned restart. */
  'warned.dismiss': { input: serverRef, output: nothing },
  /** Reports how much of a console feed the terminal has drawn (back-pressure), in units of `consoleCost`. */
  'console.acknowledge': {
    input: serverRef.extend({ cost: z.number().int().nonnegative() }),
    output: nothing,
  },
  /** Stored usage of a server, oldest first; the longer the range, the longer each averaged stretch. */
  'history.usage': {
    input: serverRef.extend({ range: historyRangeSchema }),
    output: z.object({ stretches: z.array(usageStretchSchema) }),
  },
  /** CPU and memory of many servers during the last hour, a few points each, for sparklines. */
  'history.sparks': {
    input: z.object({ serverIds: z.array(z.string().min(1).max(300)).max(500) }),
    output: z.object({
      lines: z.array(
        z.object({
          serverId: z.string(),
          points: z.array(
            z.object({
              at: z.number(),
              cpuPercent: z.number(),
              memoryBytes: z.number(),
              afterGap: z.boolean(),
            }),
          ),
        }),
      ),
    }),
  },
  /** States of a server between two times without a gap; at most 92 days back. */
  'history.states': {
    input: serverRef.extend({ from: z.number(), to: z.number() }),
    output: z.object({ runs: z.array(stateRunSchema) }),
  },
  /** States of several servers; servers without stored states are missing. */
  'history.statesOf': {
    input: z.object({
      serverIds: z.array(z.string().min(1).max(300)).max(500),
      from: z.number(),
      to: z.number(),
    }),
    output: z.object({ servers: z.array(z.object({ serverId: z.string(), runs: z.array(stateRunSchema) })) }),
  },
  /** Asks for a file and writes events to it, as the window formatted them; `path` null = no file chosen. */
  'events.save': {
    input: z.object({ format: z.enum(['csv', 'json']), text: z.string().max(50_000_000) }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** Events before the event with the id `before`, newest first: of one server, or of all. */
  'events.older': {
    input: z.object({
      before: z.string().min(1).max(100),
      limit: z.number().int().min(1).max(500),
      serverId: z.string().min(1).max(300).optional(),
    }),
    output: z.object({ events: z.array(historyEventSchema), isEnd: z.boolean() }),
  },
  /** Events of a server, its node and its panel since `from` (wall-clock time, ms since the epoch), newest first. */
  'events.ofServer': {
    input: serverRef.extend({ from: z.number() }),
    output: z.object({ events: z.array(historyEventSchema) }),
  },
  'server.retry': { input: serverRef, output: nothing },
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
  /** Opens the panel's page in the browser, of one server or its start page. */
  'panel.open': { input: accountRef.extend({ serverId: z.string().max(300).optional() }), output: nothing },
  /**
   * Opens the panel's page for API keys in the browser.
   * Only for panels that `panel.look` found or that are connected.
   */
  'panel.openKeyPage': {
    input: z.object({ panelUrl: z.string().max(2000), kind: z.enum(panelKinds) }),
    output: nothing,
  },
  /** Opens a link from the console after asking the user; https only. */
  'link.open': { input: z.object({ url: z.url({ protocol: /^https$/ }).max(2000) }), output: nothing },
  /**
   * Whether the clipboard holds an API key, while a window of Perch has the focus.
   * Windows never get the key itself.
   */
  'clipboard.look': { input: nothing, output: z.object({ holds: z.enum(heldKeys) }) },
  /**
   * Takes the key from the clipboard for an account; null = for a panel that is not connected yet.
   * Main keeps it for at most ten minutes, until the key is used, given back, or the page unloads. Rejects with
   * `fields.key` if there is no key.
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
  'backup.save': { input: nothing, output: z.object({ path: z.string().nullable() }) },
  /** Asks for an exported file and returns a preview of its changes; null = no file chosen. */
  'backup.choose': { input: nothing, output: backupPreviewSchema.nullable() },
  /** Imports the file of the last preview. */
  'backup.apply': { input: nothing, output: nothing },
  /** Changes the proxy for panels and nodes at once; all connections are reopened. */
  'network.setProxy': {
    input: z.object({
      use: proxySettingSchema.shape.use,
      /** Missing = unchanged. */
      own: proxyPlaceSchema.optional(),
      /** Missing = unchanged if kind, host, port and user are the same, otherwise none; empty = no password. */
      password: z.string().max(255).optional(),
      /** `memory` only after a keychain problem was shown and the user chose it. */
      keep: z.enum(['keychain', 'memory']),
    }),
    output: nothing,
  },
  'settings.update': { input: settingsPatchSchema, output: settingsSchema },
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

/**
 * Feed name -> params, snapshot (always the first event) and change (each later event).
 * With `leavesOut`, list elements that do not parse are left out; otherwise the feed ends with a problem.
 */
export const feeds = {
  /** Contains several accounts: invalid data of one panel must not hide the others. */
  fleet: {
    params: nothing,
    snapshot: fleetSnapshotSchema,
    change: z.array(changeSchema),
    leavesOut: true,
  },
  /** Console of one server: the lines that main holds, then batches of new lines. */
  console: {
    params: serverRef,
    snapshot: z.object({ lines: z.array(consoleLineSchema), link: linkSchema }),
    change: z.object({
      lines: z.array(consoleLineSchema).optional(),
      link: linkSchema.optional(),
      /** True = clear first; the lines of a new start follow. */
      reset: z.boolean().optional(),
    }),
  },
  /** Usage of one server: the last hour from the history, then new samples. */
  usage: {
    params: serverRef,
    snapshot: z.object({ samples: z.array(usageStretchSchema) }),
    change: z.object({ samples: z.array(usageStretchSchema) }),
  },
  /** The current bulk action, or the last one until it is dismissed. */
  bulk: { params: nothing, snapshot: bulkRunSchema.nullable(), change: bulkRunSchema.nullable() },
  /** Warned restarts: those that count down, and results until they are dismissed. */
  warned: {
    params: nothing,
    snapshot: z.array(warnedRestartSchema),
    change: z.array(warnedRestartSchema),
  },
  /** Recent events, oldest first; then new and updated events. */
  events: {
    params: nothing,
    snapshot: z.array(historyEventSchema),
    change: z.array(historyEventSchema),
    leavesOut: true,
  },
  /** The latest period in which nobody looked at this window; null if it was shorter than 10 minutes. */
  absence: { params: nothing, snapshot: absenceSchema.nullable(), change: absenceSchema.nullable() },
  /** Notices about problems of Perch's own files, until dismissed. */
  notices: { params: nothing, snapshot: z.array(noticeSchema), change: z.array(noticeSchema) },
  /** The diagnostics of this run of Perch; null before the first. */
  diagnosis: {
    params: nothing,
    snapshot: diagnosisSchema.nullable(),
    change: diagnosisSchema.nullable(),
  },
  /** Open questions of programs, and temporary permissions. */
  consent: { params: nothing, snapshot: remoteConsentSchema, change: remoteConsentSchema },
  settings: { params: nothing, snapshot: settingsSchema, change: settingsSchema },
  updates: { params: nothing, snapshot: updatesSchema, change: updatesSchema },
  /** Language of the windows; may change at any time. */
  language: { params: nothing, snapshot: z.enum(languages), change: z.enum(languages) },
  /** Main's monotonic time (ms since the epoch), the basis of all timestamps. Sent again after each sleep. */
  clock: { params: nothing, snapshot: z.number(), change: z.number() },
  navigation: { params: nothing, snapshot: viewSchema, change: viewSchema },
  /** State of the global shortcut; `taken` = another program holds its keys. */
  shortcut: {
    params: nothing,
    snapshot: z.enum(['none', 'active', 'taken']),
    change: z.enum(['none', 'active', 'taken']),
  },
  /** Counts how often a palette was requested for this window from outside. */
  palette: { params: nothing, snapshot: z.number(), change: z.number() },
  /** True if the user closed this window and it stays hidden because of its drafts. */
  closed: { params: nothing, snapshot: z.boolean(), change: z.boolean() },
} satisfies Record<string, { params: z.ZodType; snapshot: z.ZodType; change: z.ZodType; leavesOut?: true }>;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>;

/** Types on main's side: the input is parsed already, the output is not. */
export type HandlerInput<N extends CallName> = z.output<Calls[N]['input']>;
export type HandlerOutput<N extends CallName> = z.input<Calls[N]['output']>;

export type Feeds = typeof feeds;
export type FeedName = keyof Feeds;
export type FeedParams<N extends FeedName> = z.input<Feeds[N]['params']>;
export type FeedSnapshot<N extends FeedName> = z.output<Feeds[N]['snapshot']>;
export type FeedChange<N extends FeedName> = z.output<Feeds[N]['change']>;

/** Types of a feed's source in main: params are parsed already, events are not. */
export type SourceParams<N extends FeedName> = z.output<Feeds[N]['params']>;
export type SourceSnapshot<N extends FeedName> = z.input<Feeds[N]['snapshot']>;
export type SourceChange<N extends FeedName> = z.input<Feeds[N]['change']>;

/** Event that a subscriber receives. `revision` grows by one per event; after a gap the client subscribes again. */
export type FeedEvent<N extends FeedName> =
  | { kind: 'snapshot'; revision: number; snapshot: FeedSnapshot<N> }
  | { kind: 'change'; revision: number; change: FeedChange<N> }
  | { kind: 'failed'; problem: z.infer<typeof problemSchema> };

export { invokeChannel, pushChannel } from '../channels.js';

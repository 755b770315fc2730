/**
 * Every call and every feed that crosses the process wall, once. Main must register a handler for each (a missing
 * one does not compile), the renderer's client is typed from here, and both directions are parsed.
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
import { proxyPlaceSchema, proxySettingSchema, wayTakenSchema } from './proxy.js';
import { consentAnswers, remoteConsentSchema } from './remote-consent.js';
import { sentenceSchema } from './sentence.js';
import { viewSchema } from './view.js';
import { warnedRestartSchema, warningSchema } from './warned-restart.js';
import { updatesSchema } from './updates.js';

const nothing = z.void();
const serverRef = z.object({ serverId: z.string().min(1).max(300) });
/** As it was typed; null = the one that was taken from the clipboard for this (`clipboard.take`), which main has. */
const enteredKey = z.string().max(1000).nullable();
const accountRef = z.object({ accountId: z.string().min(1).max(100) });
const keyTaker = z.object({ accountId: accountRef.shape.accountId.nullable() });

/** What a person should know, though nothing is to be done about it. */
export const noticeSchema = z.object({ id: z.string(), message: sentenceSchema, next: sentenceSchema });
export type Notice = z.infer<typeof noticeSchema>;

/** From when to when; from 0 where it was since the run before. */
const absenceSchema = z.object({ from: z.number(), to: z.number() });
export type Absence = z.infer<typeof absenceSchema>;

/** Name -> input and output. No output holds a key. */
export const calls = {
  'app.info': {
    input: nothing,
    output: z.object({
      version: z.string(),
      platform: z.string(),
      hasTray: z.boolean(),
      dataFolder: z.string(),
      /** The data folder lies beside the program. */
      isPortable: z.boolean(),
    }),
  },
  /** Shows the folder of the log in the system's file viewer. */
  'app.openLogs': { input: nothing, output: nothing },
  'app.quit': { input: nothing, output: nothing },
  /** Whether the session starts Perch, as the system has it now. */
  'autostart.read': { input: nothing, output: z.object({ isOn: z.boolean() }) },
  'autostart.set': { input: z.object({ on: z.boolean() }), output: nothing },
  /** Checks URL and key against `/account`, stores the key, and starts watching. */
  'accounts.add': {
    input: z.object({
      url: z.string().max(2000),
      key: enteredKey,
      /** Fingerprint that the person has agreed to after a `tls-untrusted` problem showed it. */
      trustFingerprint: z.string().max(200).optional(),
      /** `memory` only after a keychain problem was shown and the person chose it. */
      keep: z.enum(['keychain', 'memory']),
    }),
    output: accountSchema.pick({ id: true }),
  },
  /**
   * Gives a panel another key, once the panel has accepted it; pins, groups and all else stay. Where it is the key of
   * another user than before, nothing is stored and that user is answered: `user` says that the person agreed to it.
   */
  'accounts.replaceKey': {
    input: accountRef.extend({
      key: enteredKey,
      keep: z.enum(['keychain', 'memory']),
      user: z.string().max(300).optional(),
    }),
    output: z.object({ otherUser: z.string().nullable() }),
  },
  /** What can be told of a panel by the address that was typed, without a key. Nothing is wrong with one that tells nothing. */
  'panel.look': {
    input: z.object({ url: z.string().max(2000) }),
    output: z.object({ panelUrl: z.string(), kind: z.enum(panelKinds) }).nullable(),
  },
  /** What the person calls this panel. */
  'accounts.rename': { input: accountRef.extend({ label: z.string().max(1000) }), output: nothing },
  /** Whether an administrator sees every server of this panel, or the own and shared ones alone. */
  'accounts.setAllServers': { input: accountRef.extend({ allServers: z.boolean() }), output: nothing },
  /** After a `node-unencrypted` problem was shown: its nodes may be spoken to without encryption. */
  'accounts.allowUnencrypted': { input: accountRef, output: nothing },
  'accounts.remove': { input: accountRef, output: nothing },
  /** Reads the key again (after the keyring was unlocked) and asks the panel again. */
  'accounts.retry': { input: accountRef, output: nothing },
  /**
   * Trusts the certificate that the panel, or a node of its servers, presents, and goes on. `fingerprint` is the one that
   * the person has compared: another one that is presented by now is refused.
   */
  'accounts.trust': {
    input: accountRef.extend({ host: z.string().max(300), fingerprint: z.string().max(200) }),
    output: nothing,
  },
  /** Which way leads to this panel, and what came of asking it just now; null = it has answered. */
  'accounts.tryWay': {
    input: accountRef,
    output: z.object({ ways: z.array(wayTakenSchema), problem: problemSchema.nullable() }),
  },
  /** Takes back what the person agreed to; what is connected on the strength of it ends. */
  'accounts.withdraw': { input: accountRef.extend({ agreement: agreementRefSchema }), output: nothing },
  /** Starts the sandbox on this machine and connects to it. */
  'demo.start': { input: nothing, output: accountSchema },
  'power.send': {
    input: serverRef.extend({
      signal: powerSignalSchema,
      /** The person has agreed to a start or restart although the panel does not answer: without this it is refused. */
      despitePanel: z.boolean().optional(),
    }),
    output: nothing,
  },
  'command.send': {
    input: serverRef.extend({
      command: z.string().min(1).max(65_536),
      /** When the run began that this command belongs to: it is refused where an earlier one of the run has failed. */
      runSince: z.number().optional(),
      /** The person agreed to send what may have been sent already. */
      again: z.boolean().optional(),
    }),
    /** Not taken = not sent: it may have been sent already, and the person has to agree to send it again. */
    output: z.object({ isTaken: z.boolean() }),
  },
  /** What was sent to this server, oldest first, across restarts of Perch. */
  'command.history': { input: serverRef, output: z.object({ commands: z.array(z.string()) }) },
  'command.forgetHistory': { input: serverRef, output: nothing },
  /** Forgets one command, however often it was sent to this server: a password, perhaps. */
  'command.forget': { input: serverRef.extend({ command: z.string().min(1).max(65_536) }), output: nothing },
  /** Asks for a file and writes what the console shows to it; null = the person chose none. */
  'console.save': {
    input: serverRef.extend({ text: z.string().max(50_000_000) }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** Asks for a file and writes to it what charts show, figures as text or a picture as base64; null = none was chosen. */
  'chart.save': {
    input: serverRef.extend({ kind: z.enum(['csv', 'png']), content: z.string().max(20_000_000) }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** Limits are those of `Server.naming`; what is left out stays. */
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
  /** The person has read and accepted Mojang's licence: Perch writes that down in the server's files. */
  'server.acceptEula': { input: serverRef, output: nothing },
  'startup.read': { input: serverRef, output: startupSchema },
  /** Answers the startup as it is after the change. Problems of the value are at the field `value`. */
  'startup.setVariable': {
    input: serverRef.extend({ key: z.string().min(1).max(200), value: z.string().max(65_536) }),
    output: startupSchema,
  },
  /** Every permission that the panel of this account knows. */
  'permissions.read': { input: accountRef, output: z.array(permissionGroupSchema) },
  /** One signal to many servers; refused while another bulk action runs. The feed `bulk` tells how it goes. */
  'bulk.start': {
    input: z.object({
      serverIds: z.array(z.string().min(1).max(300)).min(1).max(10_000),
      signal: powerSignalSchema,
      /** Only a start or restart has something to wait for. */
      waitsForEach: z.boolean(),
    }),
    output: nothing,
  },
  /** Those that wait for their turn are left alone. */
  'bulk.cancel': { input: nothing, output: nothing },
  /** Dismisses the result of a finished one. */
  'bulk.dismiss': { input: nothing, output: nothing },
  /** Warns the players of a server, and restarts it then. Resolves once they have the first warning; the feed `warned` tells the rest. */
  'warned.begin': { input: warningSchema.extend(serverRef.shape), output: nothing },
  /** Tells the players that it does not come to it. */
  'warned.callOff': { input: serverRef, output: nothing },
  /** How one ended need not be said any more. */
  'warned.dismiss': { input: serverRef, output: nothing },
  /** Tells main that the terminal has drawn this much of a console feed (back-pressure), by `consoleCost`. */
  'console.acknowledge': {
    input: serverRef.extend({ cost: z.number().int().nonnegative() }),
    output: nothing,
  },
  /** What is kept of a server's usage: oldest first, in longer stretches the further back the range reaches. */
  'history.usage': {
    input: serverRef.extend({ range: historyRangeSchema }),
    output: z.object({ stretches: z.array(usageStretchSchema) }),
  },
  /** Processor and memory in the last hour of many servers, in few points each, for the small lines of a list. */
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
  /** What a server was between two moments, without a gap; at most 92 days back. */
  'history.states': {
    input: serverRef.extend({ from: z.number(), to: z.number() }),
    output: z.object({ runs: z.array(stateRunSchema) }),
  },
  /** The same of several servers, for a list of them; one that nothing is kept of is left out. */
  'history.statesOf': {
    input: z.object({
      serverIds: z.array(z.string().min(1).max(300)).max(500),
      from: z.number(),
      to: z.number(),
    }),
    output: z.object({ servers: z.array(z.object({ serverId: z.string(), runs: z.array(stateRunSchema) })) }),
  },
  /** Asks for a file and writes events to it, as the window has put them; null = the person chose none. */
  'events.save': {
    input: z.object({ format: z.enum(['csv', 'json']), text: z.string().max(50_000_000) }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** What happened before the entry of that id, newest first: to one server, or to all. */
  'events.older': {
    input: z.object({
      before: z.string().min(1).max(100),
      limit: z.number().int().min(1).max(500),
      serverId: z.string().min(1).max(300).optional(),
    }),
    output: z.object({ events: z.array(historyEventSchema), isEnd: z.boolean() }),
  },
  /** What happened to one server, its node and its panel since then, the system's time; newest first. */
  'events.ofServer': {
    input: serverRef.extend({ from: z.number() }),
    output: z.object({ events: z.array(historyEventSchema) }),
  },
  'server.retry': { input: serverRef, output: nothing },
  'window.open': { input: z.object({ view: viewSchema }), output: nothing },
  'window.close': { input: nothing, output: nothing },
  /** This window has drawn its first picture, and may be seen. */
  'window.drawn': { input: nothing, output: nothing },
  /** How high the popover's page is as a whole, in pixels; main gives it as much as there is room for. No other window has one. */
  'window.setHeight': {
    input: z.object({ height: z.number().int().min(1).max(1_000_000) }),
    output: nothing,
  },
  /** The person has read it. */
  'notices.dismiss': { input: z.object({ id: z.string().max(5000) }), output: nothing },
  /** What the main window shows now, so that it comes back to it. */
  'window.setView': { input: z.object({ view: viewSchema }), output: nothing },
  /** The main window says it whenever it changes: while it holds drafts, closing it only hides it. */
  'window.setDrafts': { input: draftsSchema, output: nothing },
  /** The servers that this window has in sight: what is looked at is kept up to date first. */
  'window.setShown': {
    input: z.object({ serverIds: z.array(z.string().min(1).max(300)).max(500) }),
    output: nothing,
  },
  /** An error or a rejection that nobody in the window caught, or a view that could not be shown; for the log. */
  'window.failed': {
    input: z.object({
      kind: z.enum(['error', 'rejection', 'render']),
      view: z.string().max(100),
      message: z.string().max(2000),
      stack: z.string().max(8000),
    }),
    output: nothing,
  },
  /** Opens the panel's own page in the browser, of one server or as a whole. */
  'panel.open': { input: accountRef.extend({ serverId: z.string().max(300).optional() }), output: nothing },
  /** Opens the page of a panel where a person makes keys, in the browser: of one that `panel.look` has found, or is connected. */
  'panel.openKeyPage': {
    input: z.object({ panelUrl: z.string().max(2000), kind: z.enum(panelKinds) }),
    output: nothing,
  },
  /** Opens a link that the console showed, after asking. https only. */
  'link.open': { input: z.object({ url: z.url({ protocol: /^https$/ }).max(2000) }), output: nothing },
  /** Whether the clipboard holds a key, while a window of Perch is in front; which one, no window is told. */
  'clipboard.look': { input: nothing, output: z.object({ holds: z.enum(heldKeys) }) },
  /**
   * Takes the key in the clipboard for this account, or with null for a panel that is not connected yet. Main keeps it for
   * ten minutes at most, until it is used, given back, or the page leaves. Rejects where there is none, with `fields.key`.
   */
  'clipboard.take': { input: keyTaker, output: nothing },
  'clipboard.giveBack': { input: keyTaker, output: nothing },
  'clipboard.write': { input: z.object({ text: z.string().max(4_000_000) }), output: nothing },
  /** What the person says to a program that wants to change something; one that is not asked any more is passed over. */
  'consent.answer': {
    input: z.object({ id: z.string().max(100), answer: z.enum(consentAnswers) }),
    output: nothing,
  },
  /** Takes back what a program was allowed for a time. */
  'consent.withdraw': { input: z.object({ id: z.string().max(100) }), output: nothing },
  /** Looks for a newer version of Perch now; nothing where that is switched off. What is found comes by the feed. */
  'updates.check': { input: nothing, output: nothing },
  /** Downloads the version that was found; it is installed when Perch quits. */
  'updates.download': { input: nothing, output: nothing },
  'updates.cancel': { input: nothing, output: nothing },
  /** Whether the person is told of this version again. */
  'updates.skip': {
    input: z.object({ version: z.string().max(100), isSkipped: z.boolean() }),
    output: nothing,
  },
  /** Quits, installs what is ready, and starts again. Asks first where something typed would be lost. */
  'updates.restart': { input: nothing, output: nothing },
  /** Opens the page that new versions are downloaded from, in the browser. */
  'updates.openPage': { input: nothing, output: nothing },
  /** Resolves when every step has ended; the feed `diagnosis` tells each. */
  'diagnosis.run': { input: nothing, output: nothing },
  /** What the person may give away of it: no keys, addresses or names. */
  'diagnosis.report': { input: nothing, output: z.object({ text: z.string() }) },
  /** Asks for a file and writes that to it; null = none was chosen. */
  'diagnosis.save': { input: nothing, output: z.object({ path: z.string().nullable() }) },
  /** Asks for a file and writes everything to it that the person made, without keys; null = none was chosen. */
  'backup.save': { input: nothing, output: z.object({ path: z.string().nullable() }) },
  /** Asks for such a file and says what it would change; null = none was chosen. */
  'backup.choose': { input: nothing, output: backupPreviewSchema.nullable() },
  /** Takes in what was chosen last. */
  'backup.apply': { input: nothing, output: nothing },
  /** Takes another way to panels and nodes, at once: connections are made anew. */
  'network.setProxy': {
    input: z.object({
      use: proxySettingSchema.shape.use,
      /** Left out = as it is kept. */
      own: proxyPlaceSchema.optional(),
      /** Left out = as it is kept, for the same host and port; empty = none any more. */
      password: z.string().max(255).optional(),
      /** `memory` only after a keychain problem was shown and the person chose it. */
      keep: z.enum(['keychain', 'memory']),
    }),
    output: nothing,
  },
  'settings.update': { input: settingsPatchSchema, output: settingsSchema },
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

/**
 * Name -> params, snapshot (always the first event) and change (each later event). With `leavesOut`, elements of lists
 * that do not fit are left out; without it, the feed ends with a problem.
 */
export const feeds = {
  /** Of many accounts: what one panel sends must not take the others from a window. */
  fleet: {
    params: nothing,
    snapshot: fleetSnapshotSchema,
    change: z.array(changeSchema),
    leavesOut: true,
  },
  /** Console of one server: what main still remembers, then batches. */
  console: {
    params: serverRef,
    snapshot: z.object({ lines: z.array(consoleLineSchema), link: linkSchema }),
    change: z.object({
      lines: z.array(consoleLineSchema).optional(),
      link: linkSchema.optional(),
      /** True when the history of a new start follows: clear first. */
      reset: z.boolean().optional(),
    }),
  },
  /** The last hour of one server, from the history that main keeps; then what is added to it. */
  usage: {
    params: serverRef,
    snapshot: z.object({ samples: z.array(usageStretchSchema) }),
    change: z.object({ samples: z.array(usageStretchSchema) }),
  },
  /** The bulk action under way, or the last one until it is dismissed. */
  bulk: { params: nothing, snapshot: bulkRunSchema.nullable(), change: bulkRunSchema.nullable() },
  /** Restarts that players were warned of: those that count down, and how others ended until that is dismissed. */
  warned: {
    params: nothing,
    snapshot: z.array(warnedRestartSchema),
    change: z.array(warnedRestartSchema),
  },
  /** What happened lately, oldest first; then what is new, or known better. */
  events: {
    params: nothing,
    snapshot: z.array(historyEventSchema),
    change: z.array(historyEventSchema),
    leavesOut: true,
  },
  /** When nobody looked at this window before they came to it now, in the system's time; null where that was short. */
  absence: { params: nothing, snapshot: absenceSchema.nullable(), change: absenceSchema.nullable() },
  /** What Perch has found amiss with its own files, until it is dismissed. */
  notices: { params: nothing, snapshot: z.array(noticeSchema), change: z.array(noticeSchema) },
  /** The diagnostics of this run of Perch; null before they were run. */
  diagnosis: {
    params: nothing,
    snapshot: diagnosisSchema.nullable(),
    change: diagnosisSchema.nullable(),
  },
  /** What programs want to do, and what they are allowed to for a time. */
  consent: { params: nothing, snapshot: remoteConsentSchema, change: remoteConsentSchema },
  settings: { params: nothing, snapshot: settingsSchema, change: settingsSchema },
  /** What is known of newer versions of Perch. */
  updates: { params: nothing, snapshot: updatesSchema, change: updatesSchema },
  /** What windows speak; it may change at any time. */
  language: { params: nothing, snapshot: z.enum(languages), change: z.enum(languages) },
  /** The time that stamps are made of; again after each sleep. */
  clock: { params: nothing, snapshot: z.number(), change: z.number() },
  navigation: { params: nothing, snapshot: viewSchema, change: viewSchema },
  /** Whether the system has given Perch the keys of its global shortcut; `taken` = somebody else has them. */
  shortcut: {
    params: nothing,
    snapshot: z.enum(['none', 'active', 'taken']),
    change: z.enum(['none', 'active', 'taken']),
  },
  /** How often this window was asked for its palette from outside. */
  palette: { params: nothing, snapshot: z.number(), change: z.number() },
  /** Whether this window was closed by the person and stays, hidden, for its drafts. */
  closed: { params: nothing, snapshot: z.boolean(), change: z.boolean() },
} satisfies Record<string, { params: z.ZodType; snapshot: z.ZodType; change: z.ZodType; leavesOut?: true }>;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>;

/** The same as main has it: the input is parsed already, the output is not. */
export type HandlerInput<N extends CallName> = z.output<Calls[N]['input']>;
export type HandlerOutput<N extends CallName> = z.input<Calls[N]['output']>;

export type Feeds = typeof feeds;
export type FeedName = keyof Feeds;
export type FeedParams<N extends FeedName> = z.input<Feeds[N]['params']>;
export type FeedSnapshot<N extends FeedName> = z.output<Feeds[N]['snapshot']>;
export type FeedChange<N extends FeedName> = z.output<Feeds[N]['change']>;

/** The same for the source in main: params are parsed already, events are not. */
export type SourceParams<N extends FeedName> = z.output<Feeds[N]['params']>;
export type SourceSnapshot<N extends FeedName> = z.input<Feeds[N]['snapshot']>;
export type SourceChange<N extends FeedName> = z.input<Feeds[N]['change']>;

/** What a watcher receives. `revision` counts up by one per event of a feed; on a gap the client watches anew. */
export type FeedEvent<N extends FeedName> =
  | { kind: 'snapshot'; revision: number; snapshot: FeedSnapshot<N> }
  | { kind: 'change'; revision: number; change: FeedChange<N> }
  | { kind: 'failed'; problem: z.infer<typeof problemSchema> };

export { invokeChannel, pushChannel } from '../channels.js';

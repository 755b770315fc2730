import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { ActivityEntry } from '../schema/activity.js';
import { speak, spoken, writtenLanguages } from '../../messages/messages.js';
import { clientOf } from '../../tests/support/asked-client.js';
import '../../tests/support/every-language.js';
import { readJsonFiles, recordedFixtures } from '../../tests/support/fixtures.js';
import { countRecorded } from '../../tests/support/recorded-cases.js';
import { activityWords, knownActivity } from './activity-words.js';

const entry = (event: string, properties: ActivityEntry['properties'] = {}): ActivityEntry => ({
  id: '1',
  at: 0,
  event,
  by: 'olive',
  isApi: true,
  ip: null,
  properties,
});
const said = (event: string, properties?: ActivityEntry['properties']): string =>
  spoken(activityWords(entry(event, properties)));

afterEach(() => speak(() => 'en'));

const body = z.looseObject({ data: z.array(z.looseObject({ object: z.literal('activity_log') })).min(1) });
const recordedPage = z.union([
  z.object({ response: z.object({ body }) }).transform(({ response }) => response.body),
  z.object({ body }).transform((one) => one.body),
]);

describe('activity in words', () => {
  for (const recorder of ['pterodactyl', 'pelican']) {
    const folder = recordedFixtures(`client-api-2026-11/${recorder}`);
    it.runIf(folder !== null)(`knows each event recorded of ${recorder}`, async (context) => {
      const pages = readJsonFiles(folder ?? '').flatMap(({ content }) => {
        const read = recordedPage.safeParse(content);
        return read.success ? [read.data] : [];
      });
      countRecorded(context, { answers: pages.length });
      for (const page of pages) {
        const response = { status: 200, headers: { 'content-type': 'application/json' }, body: page };
        const { client } = clientOf({ request: { method: '', path: '', body: null }, response });
        for (const one of (await client.accountActivity({ page: 1 })).entries) {
          expect(knownActivity).toContain(one.event);
          expect(spoken(activityWords(one))).not.toMatch(/undefined|null|\[object| {2}/);
        }
      }
    });
  }

  it('names the changed fields, and none if the entry has none', () => {
    expect(said('server:startup.edit', { variable: 'JAR', old: null, new: 'paper.jar' })).toBe(
      'Changed the variable JAR from nothing to paper.jar',
    );
    expect(said('server:allocation.primary', { allocation: '127.0.0.1:25565' })).toBe(
      'Made 127.0.0.1:25565 the default address',
    );
  });

  it('names three files and counts the others, also those that the panel left out', () => {
    const files = ['a', 'b', 'c', 'd'];
    expect(said('server:file.delete', { files })).toBe('Deleted a, b, c and 1 more');
    expect(said('server:sftp.create', { files: ['a'], count: 40 })).toBe('Created a and 39 more over SFTP');
    expect(said('server:file.decompress', { files: 'a.zip' })).toBe('Unpacked a.zip');
  });

  it('names an archive and a backup as Pelican writes them', () => {
    expect(said('server:file.decompress', { directory: '/', file: 'a.zip' })).toBe('Unpacked a.zip');
    expect(said('server:backup.rename', { old_name: 'before', new_name: 'after' })).toBe(
      said('server:backup.rename', { old_name: 'before', new_name: 'after', old: 'x', new: 'y' }),
    );
    expect(said('server:backup.rename', { old_name: 'before', new_name: 'after' })).toMatch(/before.*after/);
  });

  it('shows an unknown event by its name and properties', () => {
    expect(said('server:mystery.box')).toBe('server:mystery.box');
    expect(said('server:mystery.box', { colour: 'red', sizes: ['1', '2'] })).toBe(
      'server:mystery.box (colour: red, sizes: 1, 2)',
    );
    expect(said('constructor')).toBe('constructor');
  });

  it.each(writtenLanguages.filter((language) => language !== 'en'))(
    'has every sentence in %s',
    (language) => {
      const english = knownActivity.map((event) => said(event));
      speak(() => language);
      const other = knownActivity.map((event) => said(event));
      expect(other.filter((text, at) => text === english[at])).toEqual([]);
    },
  );
});

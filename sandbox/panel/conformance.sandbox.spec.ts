/** The sandbox's panel beside the answers of the contract set, and beside those recorded from a real panel. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerDifferences } from '../../tests/support/answer-differences.js';
import { ContractPanel } from '../../tests/support/contract-panel.js';
import { recordedFixtures } from '../../tests/support/fixtures.js';
import { ownAnswers } from '../../tests/support/own-answers.js';
import { namedServers, panelRecordings } from '../../tests/support/panel-recordings.js';
import { countRecorded } from '../../tests/support/recorded-cases.js';
import { RecordedStage } from '../../tests/support/recorded-stage.js';
import { dialects } from './dialects.js';

describe.each(Object.keys(dialects))('our own answers: %s', (dialect) => {
  test.each(ownAnswers(dialect).map((one) => [one.case, one] as const))('%s', async (_, one) => {
    const { answer, url } = await new ContractPanel(dialect, one).answer();
    expect(answerDifferences(one, answer, url)).toEqual([]);
  });
});

/** What the sandbox does not play, by the reason. */
const leftOut: Readonly<Record<string, string>> = {
  'auth-client-key-on-application-api': 'the application API is no part of the sandbox',
};

const folder = recordedFixtures('panel-1.11.7');

describe.each(folder === null ? [] : [folder])('panel-1.11.7, replayed', (from) => {
  const recordings = panelRecordings(from);
  const played = recordings.filter((recording) => leftOut[recording.case] === undefined);
  const stage = new RecordedStage(recordings, namedServers(from));
  beforeAll(() => stage.start());
  afterAll(() => stage.stop());

  for (const recording of played) {
    test(recording.case, async (context) => {
      countRecorded(context, { answers: 1 });
      const { answer, url } = await stage.play(recording);
      expect(answerDifferences(recording, answer, url)).toEqual([]);
    });
  }

  test('enough of them', () => {
    expect(played.length).toBeGreaterThanOrEqual(250);
  });
});

/** Kinds of recordings for the tests, besides the repository's contract set, in the order of the output. */
const kinds = ['answers', 'sessions', 'verdicts'];

/**
 * Sentence with the number of recorded cases that ran, from the tests' notes in Vitest's report
 * (tests/support/recorded-cases.ts).
 *
 * @param {{ testResults?: { assertionResults: { meta?: unknown }[] }[] }} report
 * @returns {string}
 */
export function recordedCases(report) {
  const files = report.testResults ?? [];
  const notes = files.flatMap((file) =>
    file.assertionResults.map(
      ({ meta }) => /** @type {{ recordedCases?: Record<string, number> } | undefined} */ (meta),
    ),
  );
  const counts = kinds.flatMap((kind) => {
    const count = notes.reduce((sum, meta) => sum + Number(meta?.recordedCases?.[kind] ?? 0), 0);
    return count === 0 ? [] : [`${count.toLocaleString('en')} ${kind}`];
  });
  return counts.length === 0
    ? 'recorded cases: 0 (no recordings here; PERCH_FIXTURES names their folder)'
    : `recorded cases: ${counts.join(', ')}`;
}

import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Specs that take 20 s or more, most of it waiting for real clocks and processes. */
const long = [
  'main/players/when-empty',
  'main/players/panel-counts',
  'main/history/killed',
  'main/wings/newer-nodes',
  'sandbox/wings/shape',
  'main/sftp/folders',
  'cli/backup',
  'main/transfers/real-archives',
  'main/fleet/coming-back',
  'main/rules/rules',
  'main/rules/rules-killed',
  'main/sftp/sftp',
  'sandbox/wings/backups/backups',
  'main/wings/session',
  'sandbox/sandbox',
  'main/players/players',
].map((name) => `/${name}.sandbox.spec.ts`);

/** Begins with the long specs, so that no worker runs one of them alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => long.some((end) => moduleId.endsWith(end));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

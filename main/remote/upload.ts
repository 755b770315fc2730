import { replaceLines } from '../../bridge/transfers/replace-lines.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import { sentence } from '../../messages/messages.js';
import type { UploadPlan, WantedUpload } from '../base/upload-plan.js';
import type { Clock } from '../base/ports.js';
import { stillWanted, type Call } from './call.js';
import { refusePrograms, whenDone, type DownloadDeps } from './download.js';
import { settledServer } from './named-servers.js';
import { shownServer } from './shown-server.js';

export interface UploadDeps extends DownloadDeps {
  readonly clock: Clock;
  readonly uploads: {
    plan(serverId: string, wanted: WantedUpload): Promise<UploadPlan>;
    begin(plan: UploadPlan): Promise<string[]>;
  };
}

/** Uploads and resolves when the server has all files. A client that goes away leaves the uploads to Perch. */
export async function putFile(
  deps: UploadDeps,
  { name, source, folder, as, replace }: RemoteInput<'putFile'>,
  call: Call<'putFile'>,
): Promise<RemoteOutput<'putFile'>> {
  refusePrograms(call);
  const server = await settledServer(deps, name);
  stillWanted(call);
  const plan = await deps.uploads.plan(server.id, { folder, sources: [source], as });
  const { taken } = plan;
  if (taken.length > 0 && !replace) {
    const failure = newFailure('needs-yes', sentence('remote.taken', { count: taken.length }));
    throw new RemoteError({ ...failure, candidates: replaceLines(taken, deps.clock.wall()) });
  }
  stillWanted(call);
  const transfers = await whenDone(deps, () => deps.uploads.begin(plan), call);
  return { server: shownServer(server, deps), transfers };
}

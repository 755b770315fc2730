import type { Source } from '../base/feed-source.js';
import type { RevisionsArchive } from './revisions-archive.js';

/** The feed `revisions`: the kept contents of one file, again after each that is added. */
export function revisionsSource(archive: Pick<RevisionsArchive, 'list' | 'changed'>): Source<'revisions'> {
  return (file, sink) => {
    let isWatched = true;
    const read = async (): Promise<void> => {
      // A disk that refuses is as good as no revision; the log has the reason.
      const revisions = await archive.list(file).catch(() => []);
      if (isWatched) sink.change(revisions);
    };
    sink.snapshot(null);
    const unlisten = archive.changed.listen(({ serverId, path }) => {
      if (serverId === file.serverId && path === file.path) void read();
    });
    void read();
    return () => {
      isWatched = false;
      unlisten();
    };
  };
}

import { isSignedIn } from '#lib/domain/account/policy.ts';
import type { IndexKind } from '#lib/domain/search/document.ts';
import type { ExportFormat } from '#lib/domain/search/export.ts';
import { command } from '#lib/server/platform/command.ts';
import { done } from '#lib/server/platform/result.ts';

/**
 * Notes who took how much away. What was searched for is not noted: search terms are not kept with a person. The file
 * holds companies and notices, no personal data, and only what its reader may see.
 */
export const recordExport = command({
  name: 'search.export',
  policy: isSignedIn,
  async run(tx, input: { kind: IndexKind; format: ExportFormat; rows: number }) {
    const { kind, format, rows } = input;
    await tx.audit({
      action: 'search.export',
      object: { kind: 'search', id: kind },
      after: { format, rows },
    });
    return done(null);
  },
});

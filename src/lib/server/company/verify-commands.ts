import { isOfficial } from '#lib/domain/account/policy.ts';
import type { SnapshotCertification } from '#lib/domain/company/snapshot.ts';
import { command } from '#lib/server/platform/command.ts';
import { done } from '#lib/server/platform/result.ts';
import { readCertifications, setVerified } from '#lib/server/company/repository.ts';

/**
 * Officials found the submitted certificates right: those that still say what was submitted are verified, the file
 * they rest on included. Answers how many became so. A later change of what one says takes it back
 * (`putCertificationEntry`).
 */
export const verifyCertificates = command({
  name: 'company.verify-certificates',
  policy: isOfficial,
  async run(tx, input: { organisationId: string; submitted: readonly SnapshotCertification[] }) {
    const rows = await readCertifications(tx.db, input.organisationId);
    const ids = rows
      .filter((row) => !row.verified)
      .filter((row) =>
        input.submitted.some(
          (one) =>
            one.id === row.id &&
            one.certification === row.certification &&
            one.number === row.number &&
            one.scope === row.scope &&
            one.validTo === row.valid_to &&
            (one.file?.id ?? null) === row.file_id,
        ),
      )
      .map((row) => row.id);
    if (ids.length === 0) return done(0);
    await setVerified(tx.db, ids);
    await tx.audit({
      action: 'company.verify-certificates',
      object: { kind: 'organisation', id: input.organisationId },
      after: { certificates: ids },
    });
    await tx.changed('company', input.organisationId);
    return done(ids.length);
  },
});

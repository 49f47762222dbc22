import type { Instant } from '#domain/time/instant.ts';
import type { Enrollment } from '#domain/wire/answers.ts';

/** An enrollment as it is kept: boxes of an earlier one are sent with its own key. */
export interface KeptEnrollment extends Omit<Enrollment, 'auditKey'> {
  readonly schema: 2;
  /** absent in an enrollment of before the tablet kept a trail of its own */
  readonly auditKey?: Enrollment['auditKey'];
  /** by it headquarters knows this tablet, and it signs the audit trail; it opens nothing. Absent: it was lost */
  readonly deviceKey?: CryptoKey;
  readonly enrolledAt: Instant;
}

/** Schema 1 had a token, which headquarters accepts no more. */
export function enrollmentOfNow(row: object): object {
  const { deviceToken: _, ...rest } = row as { readonly deviceToken?: string };
  return { ...rest, schema: 2 };
}

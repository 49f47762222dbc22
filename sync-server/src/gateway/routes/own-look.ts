import { uuid } from '#domain/check/common.ts';
import type { AuditAction, AuditEntry } from '#domain/records/audit.ts';
import { HOUR_MS, instantOf, msOf } from '#domain/time/instant.ts';
import type { House } from '../../house.ts';
import type { Prepared } from '../door.ts';
import type { Person } from '../who.ts';

/** How long pictures may be asked for under a look: a shift. */
const LOOK_MS = 12 * HOUR_MS;

/** The entry of a look of this kind that this person made in the last twelve hours; undefined where there is none (426.5(b)). */
export async function ownLook(
  { trail, given }: Pick<House, 'trail' | 'given'>,
  {
    id = '',
    action,
    person
  }: { readonly id: string | undefined; readonly action: AuditAction; readonly person: Person | undefined }
): Promise<AuditEntry | undefined> {
  const since = instantOf(msOf(given.now()) - LOOK_MS);
  const look = uuid(id) === null ? await trail.find(id, since) : undefined;
  const isTheirs =
    look?.action === action && look.outcome === 'ok' && look.actor.id === person?.member._id && look.at >= since;
  return isTheirs ? look : undefined;
}

/** A picture shown under a look: written down with the purpose and the case of that look. */
export function pictureUnder(
  look: AuditEntry,
  object: NonNullable<AuditEntry['object']>,
  picture: { readonly bytes: Uint8Array }
): Prepared {
  return {
    kind: 'ready',
    act: {
      object,
      ...(look.purpose && { purpose: look.purpose }),
      ...(look.caseNumber && { caseNumber: look.caseNumber })
    },
    answer: () => ({ type: 'image/jpeg', body: Buffer.from(picture.bytes) })
  };
}

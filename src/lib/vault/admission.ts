import { collectionOf } from '#domain/policy/collection-fields.ts';
import { periodAdmission } from '#domain/policy/period-of-use.ts';
import { boxDateOf, mayEnterBox } from '#domain/policy/retention.ts';
import { checkCorrection } from '#domain/records/correction.ts';
import { checkHit } from '#domain/records/hit.ts';
import { MAX_PICTURE_BYTES, type Pictures } from '#domain/records/read.ts';
import { recordOf, type SealedContent } from '#domain/records/sealed.ts';
import { localDateOf, type Instant, type LocalDate } from '#domain/time/instant.ts';

export type ContentAdmission =
  | { readonly kind: 'admitted'; readonly localDate: LocalDate; readonly utcOffsetMinutes: number }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string };

const refused = (code: string, reason: string): ContentAdmission => ({ kind: 'refused', code, reason });

/**
 * Whether the tablet may keep a content, and in the box of which local date: only what the law lists (426.3.1(a)), only
 * until a date the law allows and not past it (426.4), and a period only as the policy states it (426.3). The server asks
 * the same rules again.
 */
export function admissionOf(content: SealedContent, now: Instant): ContentAdmission {
  if (content.kind === 'period') {
    const found = periodAdmission(content.period);
    if (found.kind === 'refused') return found;
    const { utcOffsetMinutes } = content.period;
    return { kind: 'admitted', localDate: localDateOf(now, utcOffsetMinutes), utcOffsetMinutes };
  }
  if (content.kind === 'read') {
    const found = collectionOf(content.read);
    if (found.kind === 'refused') return found;
    if (!arePictures(content.pictures)) return refused('improperPictures', 'a picture is missing or too large');
  } else if (content.kind === 'hit') {
    const found = checkHit(content.hit);
    if (found !== null) return refused('improperHit', `${found.path} ${found.message}`);
  } else {
    const found = checkCorrection(content.correction);
    if (found !== null) return refused('improperCorrection', `${found.path} ${found.message}`);
  }
  const record = recordOf(content);
  const localDate = boxDateOf(record);
  const found = mayEnterBox(record, localDate, now);
  return found.kind === 'refused' ? found : { kind: 'admitted', localDate, utcOffsetMinutes: record.utcOffsetMinutes };
}

const arePictures = (pictures: Pictures): boolean =>
  [pictures.plateImage, pictures.contextImage].every(
    (picture: unknown) => picture instanceof Uint8Array && picture.length > 0 && picture.length <= MAX_PICTURE_BYTES
  );

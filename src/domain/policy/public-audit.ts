import type { AuditEntry } from '../records/audit.ts';

/** A field of an entry in the public export: shown, or withheld for a reason that the law gives. */
export type PublicField =
  { readonly kind: 'shown'; readonly text: string } | { readonly kind: 'withheld'; readonly reason: string };

type FieldName =
  | 'at'
  | 'name'
  | 'roles'
  | 'action'
  | 'outcome'
  | 'purpose'
  | 'caseNumber'
  | 'factualBasis'
  | 'authority'
  | 'plate'
  | 'object'
  | 'results'
  | 'note';

/** The fields of the export in their order. */
export const PUBLIC_AUDIT_FIELDS: readonly FieldName[] = [
  'at',
  'name',
  'roles',
  'action',
  'outcome',
  'purpose',
  'caseNumber',
  'factualBasis',
  'authority',
  'plate',
  'object',
  'results',
  'note'
];

const PLATE_REASON = 'private or nonpublic data on a vehicle, Minn. Stat. 13.824 subd. 2(b)';
const BASIS_REASON = 'active criminal investigative data, Minn. Stat. 13.82 subd. 7';

const shown = (text: string | undefined): PublicField => ({ kind: 'shown', text: text === undefined ? '' : text });

/**
 * The data audit trail is public unless otherwise classified (13.824 subd. 7(c); 13.03): each field of an entry is shown, or withheld
 * with its reason; never a whole column without one. Shown: who, when, for what purpose and case. Withheld: the plate that was
 * searched, the facts of the case, and the warrant or exigency that allowed a further look (LAW A17).
 */
export function publicFields(entry: AuditEntry): Readonly<Record<FieldName, PublicField>> {
  const withheld = (isThere: boolean, reason: string): PublicField =>
    isThere ? { kind: 'withheld', reason } : { kind: 'shown', text: '' };
  return {
    at: shown(entry.at),
    name: shown(entry.actorName),
    roles: shown(entry.actor.roles.join(', ')),
    action: shown(entry.action),
    outcome: shown(entry.outcome),
    purpose: shown(entry.purpose),
    caseNumber: shown(entry.caseNumber),
    factualBasis: withheld(entry.factualBasis !== undefined, BASIS_REASON),
    authority: withheld(entry.authority !== undefined, BASIS_REASON),
    plate: withheld(entry.plateTag !== undefined, PLATE_REASON),
    object: shown(entry.object === null ? '' : entry.object.type),
    results: shown(entry.response === undefined ? '' : String(entry.response.count)),
    note: shown(entry.note)
  };
}

/** Object types whose very existence is private data: their entries are not in the public export at all (13.824 subd. 3(c)). */
const PRIVATE_OBJECTS: readonly string[] = ['acpRequest'];

/** Whether an entry is in the public export. Places in the trail are not exported, so that nobody can count what is left out. */
export function isInPublicExport(entry: AuditEntry): boolean {
  return entry.object === null || PRIVATE_OBJECTS.indexOf(entry.object.type) < 0;
}

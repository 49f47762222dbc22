import type { Role } from '#domain/records/agency.ts';

/** The invented people of the demo: one for each kind of work there is. */
export const DEMO_PEOPLE: readonly {
  readonly name: string;
  readonly signInName: string;
  readonly roles: readonly Role[];
  readonly work: string;
}[] = [
  { name: 'Ofc. Ada Example', signInName: 'operator', roles: ['operator'], work: 'captures with the tablet' },
  { name: 'Sgt. Sam Sample', signInName: 'supervisor', roles: ['supervisor'], work: 'captures and searches' },
  { name: 'Inv. Ines Invented', signInName: 'investigator', roles: ['investigator'], work: 'searches for a case' },
  {
    name: 'Sgt. Alma Admin',
    signInName: 'sergeant',
    roles: ['administrator', 'supervisor'],
    work: 'Administration Sergeant: people, tablets, lists, policy'
  },
  {
    name: 'Chief Casey Chief',
    signInName: 'chief',
    roles: ['chief'],
    work: 'signs authorizations, sees hits and the trail'
  },
  { name: 'Avery Auditor', signInName: 'auditor', roles: ['auditor'], work: 'reads the audit trail' }
];

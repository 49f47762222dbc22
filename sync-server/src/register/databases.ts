import type { LocalDate } from '#domain/time/instant.ts';
import type { UserContext } from '#server/store/store.ts';

/** Names of the databases (DESIGN 5). A day box and an inbox are destroyed whole; the others live by schedule. */
export const REGISTER = 'register';
export const ACCOUNTS = 'accounts';
export const CASEWORK = 'casework';
/** the department's own hotlist entries, without their plates */
export const ENTRIES = 'entries';
/** what stays of hits: counted by month, without plates */
export const FIGURES = 'figures';
export const PUBLIC = 'public';
/** the tree over the audit trail: tiles of hashes and signed heads */
export const LEDGER = 'ledger';

export const inboxOf = (boxId: string): string => `inbox-${boxId}`;
export const dayBoxOf = (date: LocalDate): string => `reads-${date}`;
export const holdBoxOf = (holdId: string): string => `hold-${holdId}`;
export const quarantineBoxOf = (destroyDate: LocalDate): string => `quarantine-${destroyDate}`;
export const hotlistBoxOf = (versionId: string): string => `hotlist-${versionId}`;
/** the plate of one own entry of the department, alone */
export const entryBoxOf = (entryId: string): string => `entry-${entryId}`;
export const auditMonthOf = (month: string): string => `audit-${month}`;

/** The server's own duties, as the engine and its design documents know them. */
export const GATEWAY: UserContext = { name: 'gateway', roles: ['gateway'] };
export const INGEST: UserContext = { name: 'ingest', roles: ['ingest'] };
export const DESTROYER: UserContext = { name: 'destroyer', roles: ['destroyer'] };

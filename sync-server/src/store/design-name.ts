import type { DesignDocument } from './store.ts';

/** The plain name of a published design document: `_design/retention.3f2a…` is `retention`. */
export function nameOfDesign(design: Pick<DesignDocument, '_id'>): string {
  return design._id.replace(/^_design\//, '').replace(/\.[0-9a-f]+$/, '');
}

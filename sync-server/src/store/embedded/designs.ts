import type { DesignDocument } from '../store.ts';
import { nameOfDesign } from '../design-name.ts';
import type { OpenDatabase } from './open-database.ts';
import { fillViews } from './index-rows.ts';
import { readDesigns } from './published.ts';

/**
 * Brings the designs up to date in one transaction: a new hash replaces the old one of the same name, with its index filled;
 * what is published already is left alone. Throws DesignFault when a function does not compile; then nothing has changed.
 */
export function publishDesigns(database: OpenDatabase, wanted: readonly DesignDocument[]): void {
  const fresh = wanted.filter((w) => !database.designs.documents.some((d) => d._id === w._id));
  if (fresh.length === 0) return;
  try {
    database.db.transaction(() => {
      for (const design of fresh) publish(database, design);
    });
  } finally {
    database.designs = readDesigns(database.db);
  }
}

function publish(database: OpenDatabase, design: DesignDocument): void {
  const { db, functions } = database;
  const name = nameOfDesign(design);
  const views = Object.entries(design.views ?? {});
  const sources = [design.validate_doc_update, ...Object.values(design.updates ?? {}), ...views.map(([, v]) => v.map)];
  for (const source of sources) if (source !== undefined) functions.check(source);
  db.run('DELETE FROM rows WHERE view IN (SELECT number FROM views WHERE design = ?)', name);
  db.run('DELETE FROM views WHERE design = ?', name);
  db.run('INSERT OR REPLACE INTO designs (name, id, body) VALUES (?, ?, ?)', name, design._id, JSON.stringify(design));
  for (const [viewName] of views) db.run('INSERT INTO views (design, name) VALUES (?, ?)', name, viewName);
  fillViews(
    database,
    readDesigns(db).views.filter((view) => view.design === name)
  );
}

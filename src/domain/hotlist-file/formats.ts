import type { HotlistCategory } from '../records/hotlist.ts';

/** A cell of a file that an entry is made from. */
export type Column =
  | 'ref'
  | 'enteringAgency'
  | 'enteredOn'
  | 'plate'
  | 'jurisdiction'
  | 'plateYear'
  | 'plateType'
  | 'year'
  | 'make'
  | 'model'
  | 'style'
  | 'color'
  | 'category'
  | 'caution'
  | 'expiresAt'
  | 'information';

/** How the rows of a file are laid out. A new layout is a new row of FORMATS, not new code. */
export interface FileFormat {
  /** the cells of a row in their order; 'named': the first row names them */
  readonly columns: readonly Column[] | 'named';
  /** what a row is wanted for */
  readonly category:
    | { readonly by: 'column' }
    /** by the first letter of the record number; null: a restricted file, kept from whoever is not entitled */
    | { readonly by: 'firstLetterOfRef'; readonly letters: Readonly<Record<string, HotlistCategory | null>> };
}

/**
 * The layouts that are known. `mnNcic` is the public row layout of a Minnesota NCIC hot file (LAW section 7): record number, originating agency,
 * date, plate, jurisdiction, plate year, plate type, vehicle year, make, model, style, color. What each first letter stands for is our reading
 * of the files that the FBI names in its extract; the restricted ones (gang, threat, supervised release, offender registry, immigration) are
 * dropped unless the department is entitled to them (CJIS 4.2.2).
 */
export const FORMATS = {
  mnNcic: {
    columns: [
      'ref',
      'enteringAgency',
      'enteredOn',
      'plate',
      'jurisdiction',
      'plateYear',
      'plateType',
      'year',
      'make',
      'model',
      'style',
      'color'
    ],
    category: {
      by: 'firstLetterOfRef',
      letters: {
        V: 'stolenVehicle',
        P: 'stolenPlate',
        W: 'wantedPerson',
        R: 'wantedPerson',
        M: 'missingPerson',
        H: 'other',
        T: null,
        C: null,
        X: null,
        N: null,
        L: null
      }
    }
  },
  csv: { columns: 'named', category: { by: 'column' } }
} as const satisfies Readonly<Record<string, FileFormat>>;

export type FormatName = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

/** How people head the columns of a file with a first row of names. */
export const COLUMN_NAMES: Readonly<Record<string, Column>> = {
  plate: 'plate',
  jurisdiction: 'jurisdiction',
  state: 'jurisdiction',
  category: 'category',
  reference: 'ref',
  record: 'ref',
  year: 'year',
  make: 'make',
  model: 'model',
  style: 'style',
  color: 'color',
  entered: 'enteredOn',
  agency: 'enteringAgency',
  caution: 'caution',
  expires: 'expiresAt',
  type: 'plateType',
  'plate year': 'plateYear',
  information: 'information'
};
/** Without these a row says nothing. */
export const NEEDED_COLUMNS: readonly Column[] = ['plate', 'jurisdiction', 'category'];
